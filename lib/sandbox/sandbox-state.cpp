#include "sandbox/sandbox-state.h"

#include <algorithm>

namespace bookdesk::sandbox {

SandboxState::SandboxState(TenantKeys keys)
    : m_keys(std::move(keys))
{}

Persona *SandboxState::personaFor(const QString &id)
{
    const auto found =
        std::find_if(m_personas.begin(), m_personas.end(), [&id](const Persona &persona) { return persona.id == id; });
    return found == m_personas.end() ? nullptr : &*found;
}

const Persona *SandboxState::findPersona(const QString &id) const
{
    const auto found =
        std::find_if(m_personas.begin(), m_personas.end(), [&id](const Persona &persona) { return persona.id == id; });
    return found == m_personas.end() ? nullptr : &*found;
}

bool SandboxState::grantRole(const QString &personaId, const QString &role)
{
    Persona *persona = personaFor(personaId);
    if (!persona)
        return false;
    if (!persona->roles.contains(role)) {
        persona->roles.append(role);
        ++m_revision;
    }
    return true;
}

bool SandboxState::rename(const QString &personaId, const QString &name)
{
    Persona *persona = personaFor(personaId);
    if (!persona)
        return false;
    persona->name = name;
    ++m_revision;
    return true;
}

bool SandboxState::revokeRole(const QString &personaId, const QString &role)
{
    Persona *persona = personaFor(personaId);
    if (!persona)
        return false;
    if (persona->roles.removeAll(role) > 0)
        ++m_revision;
    return true;
}

bool SandboxState::consent(const QString &personaId, const QString &scope)
{
    if (!findPersona(personaId) || !m_registrations.apiScopes.contains(scope))
        return false;
    QStringList &consents = m_consents[personaId];
    if (!consents.contains(scope)) {
        consents.append(scope);
        ++m_revision;
    }
    return true;
}

bool SandboxState::withdrawConsent(const QString &personaId, const QString &scope)
{
    if (!findPersona(personaId))
        return false;
    if (m_consents[personaId].removeAll(scope) > 0)
        ++m_revision;
    return true;
}

void SandboxState::arm(Fault fault, FaultSpan span)
{
    m_faults.arm(fault, span);
    ++m_revision;
}

void SandboxState::clearFaults()
{
    m_faults.clear();
    ++m_revision;
}

bool SandboxState::take(Fault fault)
{
    const std::size_t before = m_faults.armed().size();
    const bool isDue = m_faults.take(fault);
    if (m_faults.armed().size() != before)
        ++m_revision;
    return isDue;
}

void SandboxState::beCareless(Carelessness carelessness)
{
    m_carelessness.insert(carelessness);
    ++m_revision;
}

void SandboxState::beCareful(Carelessness carelessness)
{
    m_carelessness.erase(carelessness);
    ++m_revision;
}

void SandboxState::beCarefulAgain()
{
    m_carelessness.clear();
    ++m_revision;
}

void SandboxState::switchOn(Switch which)
{
    m_switches.insert(which);
    ++m_revision;
}

void SandboxState::switchOff(Switch which)
{
    m_switches.erase(which);
    ++m_revision;
}

void SandboxState::slowDown(std::chrono::milliseconds slowness)
{
    m_slowness = slowness;
    ++m_revision;
}

bool SandboxState::endSessions(const QString &personaId)
{
    if (!findPersona(personaId))
        return false;
    ++m_endedSessions[personaId];
    ++m_revision;
    return true;
}

int SandboxState::endedSessions(const QString &personaId) const
{
    const auto found = m_endedSessions.find(personaId);
    return found == m_endedSessions.end() ? 0 : found->second;
}

void SandboxState::rotateKeys(jose::SigningKey next)
{
    m_keys.rotate(std::move(next));
    ++m_revision;
}

} // namespace bookdesk::sandbox
