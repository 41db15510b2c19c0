/// LogoutEndpoint: ends the browser's session at the tenant.
#pragma once

#include "sandbox/browser-sessions.h"
#include "sandbox/http.h"

#include <QString>

namespace bookdesk::sandbox {

/// As Entra, it revokes no refresh token of a public client, and goes back to the client only by an address that is
/// registered for it. One thread; @p sessions outlive it. Source: OpenID Connect RP-Initiated Logout 1.0, Microsoft
/// "Send a sign-out request".
class LogoutEndpoint
{
public:
    /// @param redirectPath of the redirect URI that is registered for the client.
    LogoutEndpoint(BrowserSessions &sessions, QString redirectPath);

    Response answer(const Request &request);

private:
    BrowserSessions &m_sessions;
    QString m_redirectPath;
};

} // namespace bookdesk::sandbox
