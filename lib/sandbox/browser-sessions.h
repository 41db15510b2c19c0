/// BrowserSessions: who is signed in to the tenant in which browser.
#pragma once

#include "sandbox/http.h"
#include "sandbox/sandbox-state.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace bookdesk::sandbox {

/// A cookie says which browser it is; only the tenant's own paths get it, so that other programs on localhost do not.
/// The oldest sessions are dropped when there are too many. One thread; @p state outlives it.
class BrowserSessions
{
public:
    /// @param path above all pages of the tenant.
    BrowserSessions(SandboxState &state, QByteArray path);

    /// Nullptr where nobody is signed in.
    const Persona *find(const Request &request) const;
    /// Signs @p persona in, in the browser that gets @p response.
    void begin(const Persona &persona, Response &response);
    /// Signs out whoever is signed in there.
    void end(const Request &request, Response &response);

private:
    struct Session
    {
        QByteArray id;
        QString personaId;
        int endedSessions; ///< Of the persona, when it began.
    };
    void setCookie(Response &response, const QByteArray &id, const QByteArray &attributes) const;

    SandboxState &m_state;
    QByteArray m_path;
    std::vector<Session> m_sessions; ///< The oldest first.
};

} // namespace bookdesk::sandbox
