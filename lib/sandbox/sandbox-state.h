/// SandboxState: what can be changed while the Sandbox runs, shared by its parts.
#pragma once

#include "sandbox/carelessness.h"
#include "sandbox/faults.h"
#include "sandbox/persona.h"
#include "sandbox/registrations.h"
#include "sandbox/tenant-keys.h"

#include <QString>

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

    const TenantKeys &keys() const { return m_keys; }
    void rotateKeys(jose::SigningKey next);

    /// Grows with every change.
    int revision() const { return m_revision; }

private:
    Persona *personaFor(const QString &id);

    Registrations m_registrations;
    std::vector<Persona> m_personas = defaultPersonas();
    Faults m_faults;
    CarelessnessSet m_carelessness;
    TenantKeys m_keys;
    int m_revision = 0;
};

} // namespace bookdesk::sandbox
