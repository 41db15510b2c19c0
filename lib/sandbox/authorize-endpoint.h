/// AuthorizeEndpoint: the tenant's sign-in page, and the answer to the client.
#pragma once

#include "sandbox/authorize-request.h"
#include "sandbox/grant-store.h"
#include "sandbox/http.h"
#include "sandbox/sandbox-state.h"
#include "sandbox/token-mint.h"

#include <QString>

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace bookdesk::sandbox {

/// One thread; its parts must outlive it. Source: Microsoft "Authorization code flow", OAuth 2.0 Form Post Response
/// Mode.
class AuthorizeEndpoint
{
public:
    struct Paths
    {
        QString signIn;   ///< Where the sign-in page posts to.
        QString redirect; ///< Of the client's registered redirect URI.
    };

    AuthorizeEndpoint(SandboxState &state, const TokenMint &mint, GrantStore<CodeGrant> &codes, Paths paths);

    /// Shows the sign-in page, or refuses the request. @param signedIn who is signed in in the browser and goes on
    /// without that page unless the client wants it; may be nullptr.
    Response authorize(const FormFields &fields, const Persona *signedIn = nullptr);
    /// What the sign-in page posts: a persona, or that consent is declined.
    Response submit(const FormFields &fields);

private:
    struct Waiting
    {
        AuthorizeRequest request;
        TimePoint since;
    };
    using Answer = std::vector<std::pair<QByteArray, QByteArray>>;

    std::optional<OAuthFailure> takeRefusal(const AuthorizeRequest &request);
    Response admit(const AuthorizeRequest &request, const Persona &persona);
    Response showSignInPage(const AuthorizeRequest &request);
    Response sendCode(const AuthorizeRequest &request, const Persona &persona);
    Response sendFailure(const ReturnAddress &back, const OAuthFailure &failure) const;
    Response send(const ReturnAddress &back, Answer answer) const;
    Response showFailure(const OAuthFailure &failure) const;
    const AuthorizeRequest *findWaiting(const QString &id);
    void forgetOldOnes();

    SandboxState &m_state;
    const TokenMint &m_mint;
    GrantStore<CodeGrant> &m_codes;
    Paths m_paths;
    std::map<QString, Waiting> m_waiting;
};

} // namespace bookdesk::sandbox
