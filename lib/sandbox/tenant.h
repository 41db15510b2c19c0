/// Tenant: the Entra-like tenant's endpoints below its GUID.
#pragma once

#include "sandbox/authorize-endpoint.h"
#include "sandbox/browser-sessions.h"
#include "sandbox/device-codes.h"
#include "sandbox/device-endpoint.h"
#include "sandbox/grant-store.h"
#include "sandbox/http.h"
#include "sandbox/logout-endpoint.h"
#include "sandbox/revocation-endpoint.h"
#include "sandbox/sandbox-state.h"
#include "sandbox/token-endpoint.h"
#include "sandbox/token-mint.h"

#include <QString>

#include <optional>

namespace bookdesk::sandbox {

/// One thread; @p state outlives it. Source: Microsoft "OpenID Connect on the Microsoft identity platform".
class Tenant
{
public:
    struct Settings
    {
        QString baseUrl; ///< `http://localhost:PORT`
        bool keysCarryAlgorithm = false;
        DeviceCodeSettings deviceCodes = {};
    };

    /// @param minting without the issuer, which is set here.
    Tenant(SandboxState &state, Settings settings, TokenMint::Settings minting);

    /// Nothing if the path is not a tenant's.
    std::optional<Response> answer(const Request &request);

    /// Where the tenant is: `{base}/{tenant ID}`.
    QString authority() const;
    QString issuer() const;
    /// Of the redirect URI that is registered for the client: of this issuer alone, as Bookdesk wants it for every
    /// authority but Microsoft's public cloud.
    QString redirectPath() const;

private:
    Response discovery() const;
    Response keys() const;
    Response authorize(const Request &request);
    Response submit(const Request &request);
    Response unknownTenant(const QString &tenant, bool isForPeople) const;

    SandboxState &m_state;
    Settings m_settings;
    TokenMint m_mint;
    GrantStore<CodeGrant> m_codes;
    GrantStore<RefreshGrant> m_refreshTokens;
    BrowserSessions m_sessions;
    DeviceCodes m_deviceCodes;
    AuthorizeEndpoint m_authorize;
    DeviceEndpoint m_device;
    TokenEndpoint m_token;
    LogoutEndpoint m_logout;
    RevocationEndpoint m_revocation;
};

} // namespace bookdesk::sandbox
