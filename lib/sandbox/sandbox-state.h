/// SandboxState: what can be changed while the Sandbox runs, shared by its parts.
#pragma once

#include "sandbox/carelessness.h"
#include "sandbox/faults.h"
#include "sandbox/persona.h"
#include "sandbox/registrations.h"
#include "sandbox/switches.h"
#include "sandbox/tenant-keys.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <chrono>
#include <map>
#include <vector>

namespace bookdesk::sandbox {

/// One thread.
class SandboxState
{
public:
    explicit SandboxState(TenantKeys keys);

    const Registrations &registrations() const { return m_registrations; }
    const std::vector<Persona> &personas() const { return m_personas; }
    const Persona *findPersona(const QString &id) const;
    /// False for an unknown persona.
    bool grantRole(const QString &personaId, const QString &role);
    bool revokeRole(const QString &personaId, const QString &role);
    bool rename(const QString &personaId, const QString &name);

    /// The API's scopes that an admin has consented to for a persona: a refresh may ask for them, although no sign-in
    /// has. False for an unknown persona or scope.
    bool consent(const QString &personaId, const QString &scope);
    bool withdrawConsent(const QString &personaId, const QString &scope);
    QStringList consentsFor(const QString &personaId) const { return m_consents.value(personaId); }

    const Faults &faults() const { return m_faults; }
    void arm(Fault fault, FaultSpan span);
    void clearFaults();
    /// True if the fault is due now; a fault that was armed once is then used up.
    bool take(Fault fault);

    /// What the books API leaves out when it checks a token; nothing at first.
    const CarelessnessSet &carelessness() const { return m_carelessness; }
    void beCareless(Carelessness carelessness);
    void beCareful(Carelessness carelessness);
    void beCarefulAgain();

    /// What the tenant does that Entra does not; nothing at first.
    const SwitchSet &switches() const { return m_switches; }
    bool isOn(Switch which) const { return m_switches.contains(which); }
    void switchOn(Switch which);
    void switchOff(Switch which);

    /// How long tokens and books take to come; no time at first.
    std::chrono::milliseconds slowness() const { return m_slowness; }
    void slowDown(std::chrono::milliseconds slowness);

    /// Ends all sessions of a persona: the refresh tokens that were issued are worth nothing from now on. False for an
    /// unknown persona.
    bool endSessions(const QString &personaId);
    /// How often that has happened; what was issued under another number is over.
    int endedSessions(const QString &personaId) const;

    const TenantKeys &keys() const { return m_keys; }
    void rotateKeys(jose::SigningKey next);

    /// Grows with every change.
    int revision() const { return m_revision; }

private:
    Persona *personaFor(const QString &id);

    Registrations m_registrations;
    std::vector<Persona> m_personas = defaultPersonas();
    QHash<QString, QStringList> m_consents; ///< By the persona's ID.
    Faults m_faults;
    CarelessnessSet m_carelessness;
    SwitchSet m_switches;
    std::chrono::milliseconds m_slowness{};
    std::map<QString, int> m_endedSessions; ///< By persona.
    TenantKeys m_keys;
    int m_revision = 0;
};

} // namespace bookdesk::sandbox
