#include "sandbox/browser-sessions.h"

#include "sandbox/random-id.h"

#include <algorithm>

namespace bookdesk::sandbox {
namespace {

constexpr std::size_t mostSessions = 200;
constexpr QByteArrayView cookieName("bookdesk-sandbox-session");

/// Empty where there is none.
QByteArray cookieIn(const Request &request)
{
    const QByteArray cookies = request.header("cookie").value_or(QByteArray());
    const QByteArray beginning = cookieName.toByteArray() + '=';
    for (const QByteArray &cookie : cookies.split(';')) {
        if (const QByteArray trimmed = cookie.trimmed(); trimmed.startsWith(beginning))
            return trimmed.sliced(beginning.size());
    }
    return {};
}

} // namespace

BrowserSessions::BrowserSessions(SandboxState &state, QByteArray path)
    : m_state(state)
    , m_path(std::move(path))
{}

const Persona *BrowserSessions::find(const Request &request) const
{
    const QByteArray id = cookieIn(request);
    const auto found =
        std::find_if(m_sessions.begin(), m_sessions.end(), [&id](const Session &session) { return session.id == id; });
    const bool isLive = found != m_sessions.end() && found->endedSessions == m_state.endedSessions(found->personaId);
    return isLive ? m_state.findPersona(found->personaId) : nullptr;
}

void BrowserSessions::begin(const Persona &persona, Response &response)
{
    if (m_sessions.size() >= mostSessions)
        m_sessions.erase(m_sessions.begin());
    m_sessions.push_back({randomId().toLatin1(), persona.id, m_state.endedSessions(persona.id)});
    setCookie(response, m_sessions.back().id, {});
}

void BrowserSessions::end(const Request &request, Response &response)
{
    std::erase_if(m_sessions, [id = cookieIn(request)](const Session &session) { return session.id == id; });
    setCookie(response, {}, "; Max-Age=0");
}

void BrowserSessions::setCookie(Response &response, const QByteArray &id, const QByteArray &attributes) const
{
    response.headers.emplace_back("set-cookie", cookieName.toByteArray() + '=' + id + "; Path=" + m_path +
                                                    "; HttpOnly; SameSite=Lax" + attributes);
}

} // namespace bookdesk::sandbox
