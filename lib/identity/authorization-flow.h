/// AuthorizationFlow: Qt's authorization code flow for exactly one attempt.
#pragma once

#include "core/clock.h"
#include "core/secret.h"
#include "core/task.h"
#include "identity/discovery.h"
#include "identity/reply-handler.h"
#include "identity/token-set.h"
#include "net/access-manager.h"

#include <QScopedPointer>
#include <QUrl>

#include <memory>
#include <stop_token>

namespace bookdesk::identity {

/// A fresh QOAuth2AuthorizationCodeFlow with a reply handler of its own; destroying it aborts what is under way. One
/// thread. Source: RFC 6749 section 4.1.
class AuthorizationFlow
{
public:
    /// @param manager sends the token request and must outlive the flow.
    AuthorizationFlow(net::AccessManager &manager, const DiscoveryDocument &discovery, AuthorizationRequest request,
                      Clock clock);
    ~AuthorizationFlow();
    Q_DISABLE_COPY_MOVE(AuthorizationFlow)

    /// The URL to open in the browser.
    QUrl authorizationUrl();

    /// Redeems the code with the PKCE verifier; call once. Errors: those of readTokenResponse, net.*, stopped.
    Task<TokenSet> redeem(Secret code, std::stop_token stop);

private:
    class CodeFlow;
    class TokenRelay;
    template <class T> using Owned = std::unique_ptr<T, QScopedPointerDeleteLater>;

    // Created in this order; deleted later, because they may be in use right now.
    Owned<ReplyHandler> m_handler;
    Owned<TokenRelay> m_relay;
    Owned<CodeFlow> m_flow;
};

/// @p authorizationUrl as it may be recorded: of its parameters only those that are no secrets and name no person.
QUrl recordableUrl(const QUrl &authorizationUrl);

} // namespace bookdesk::identity
