#include "identity/redirect-code.h"

#include "identity/errors.h"
#include "identity/oauth-error.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

/// @param message says what cannot be used and why.
Error redirectRefused(const QString &message, Facts facts)
{
    return {errors::redirectInvalid, message, Texts::tr("Nobody is signed in; try again."), std::move(facts)};
}

} // namespace

Result<Secret> codeFrom(const Redirect &redirect, ResponseMode mode, const DiscoveryDocument &discovery,
                        const QString &redirectUri)
{
    // A wrong issuer, or none where one was promised, means that a server other than the one we asked has answered (RFC
    // 9207).
    const auto issuer = redirect.parameters.constFind(u"iss"_s);
    const bool isNamed = issuer != redirect.parameters.cend();
    if (isNamed ? *issuer != discovery.issuer : discovery.promisesIssuer)
        return failure(redirectRefused(
            Texts::tr("The browser returned with an answer from another identity provider, which cannot be used."),
            {{facts::check, u"iss"_s},
             {facts::expected, discovery.issuer},
             isNamed ? foreignFact(facts::got, *issuer) : Fact{facts::got, Texts::tr("none")}}));
    const OAuthError oauth = readOAuthError(redirect.parameters);
    if (!oauth.error.isEmpty())
        return failure(signInError(oauth, redirectUri));
    if (!redirect.isPost && mode == ResponseMode::formPost)
        return failure(
            redirectRefused(Texts::tr("The browser returned with an answer that cannot be used: the sign-in code was "
                                      "in the address, although it was requested as a form (form_post)."),
                            {{facts::redirectUri, redirectUri}}));
    return redirect.code;
}

} // namespace bookdesk::identity
