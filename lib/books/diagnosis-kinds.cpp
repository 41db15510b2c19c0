#include "books/diagnosis-rows.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::books::rows {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Diagnosis)
};

QString idTokenMeaning()
{
    return Texts::tr("An ID token tells an app who signed in. It opens no API, even if it is valid.");
}

QString idTokenRemedy()
{
    return Texts::tr("Use the access token that came with it. If there is none, ask for one of the API's scopes in the "
                     "connection, such as api://API_ID/Books.Read, and sign in again.");
}

Diagnosis cannotBeRead(const QString &code, const QString &why)
{
    return {.code = code,
            .headline = Texts::tr("The token cannot be read"),
            .why = why,
            .remedy = Texts::tr("Get a fresh token, or sign in again."),
            .expectation = invalidTokenExpected(),
            .actor = Actor::user,
            .freshTokenMayHelp = true};
}

} // namespace

Diagnosis verified()
{
    return {.code = u"verified"_s,
            .verdict = Verdict::verified,
            .headline = Texts::tr("Verified on this computer, without asking the server"),
            .why = Texts::tr("The API makes its own decision.")};
}

Diagnosis verifiedAppOnly()
{
    return {.code = u"app-only"_s,
            .verdict = Verdict::verified,
            .headline = Texts::tr("Verified: a token of an app, without a person"),
            .why = Texts::tr("It was issued to an app on its own behalf. It carries no scopes, only roles, and an API "
                             "that expects a person may refuse it."),
            .remedy = Texts::tr("To act for a person, sign in and ask for the API's scopes."),
            .actor = Actor::user};
}

Diagnosis verifiedIdToken()
{
    return {.code = u"valid-id-token"_s,
            .verdict = Verdict::verified,
            .headline = Texts::tr("Verified, but it is an ID token and not an access token"),
            .why = idTokenMeaning(),
            .remedy = idTokenRemedy(),
            .actor = Actor::user};
}

Diagnosis unchecked()
{
    return {.code = u"unchecked"_s,
            .verdict = Verdict::unreadable,
            .headline = Texts::tr("The token has not been checked"),
            .why = Texts::tr("There is no token, or nothing to check it with."),
            .remedy = Texts::tr("Sign in first."),
            .actor = Actor::user};
}

Diagnosis opaque()
{
    return {.code = u"opaque"_s,
            .verdict = Verdict::unreadable,
            .headline = Texts::tr("Opaque token: only its issuer and the API can read it"),
            .why = Texts::tr("It is not a JWT, so neither its claims nor its signature can be checked here. That need "
                             "not be a fault: the API makes its own decision."),
            .remedy = Texts::tr("If the API expects JWTs, check that the connection asks for the API's own scopes."),
            .actor = Actor::user};
}

Diagnosis encrypted()
{
    return {.code = u"encrypted"_s,
            .verdict = Verdict::unreadable,
            .headline = Texts::tr("Encrypted token: only the API can read it"),
            .why = Texts::tr("It is a JWE, which is encrypted for the API. That is not a fault: the API makes its own "
                             "decision.")};
}

Diagnosis apiNotNamed()
{
    return {.code = u"api-not-named"_s,
            .verdict = Verdict::unreadable,
            .headline = Texts::tr("Opaque token: the sign-in named no API"),
            .why = Texts::tr("Its issuer makes tokens that nobody else can read where the sign-in does not name an API "
                             "with the parameter “audience”. An API that expects JWTs refuses them."),
            .remedy = Texts::tr("Register the API at the identity provider, enter its identifier as the connection's "
                                "audience, and sign in again: Bookdesk sends it as “audience”."),
            .actor = Actor::user};
}

Diagnosis tooLarge() { return cannotBeRead(u"too-large"_s, Texts::tr("It is larger than Bookdesk accepts.")); }

Diagnosis unreadable()
{
    return cannotBeRead(u"unreadable"_s, Texts::tr("It is damaged or incomplete, or not a token that this API knows."));
}

Diagnosis graphToken()
{
    return {.code = u"graph"_s,
            .headline = Texts::tr("Not valid for this API: it is a token for Microsoft Graph"),
            .why = Texts::tr("By design, only Microsoft Graph can verify its tokens. A scope without a prefix, such as "
                             "Books.Read alone, means Microsoft Graph."),
            .remedy = Texts::tr("Give the connection's scopes their full names, such as api://API_ID/Books.Read. Then "
                                "sign in again."),
            .expectation = invalidTokenExpected(),
            .actor = Actor::user};
}

Diagnosis version1()
{
    return {.code = u"version-1"_s,
            .headline = Texts::tr("Not valid for this API: it is a v1 token, and the API expects v2"),
            .why = Texts::tr("Because of the API's registration, Entra ID issues v1 tokens, and the API does not "
                             "accept their issuer and audience. Signing in again does not change it."),
            .remedy = Texts::tr("In the API's registration, set requestedAccessTokenVersion to 2: Entra ID › App "
                                "registrations › the API › Manifest. Then get a fresh token."),
            .expectation = invalidTokenExpected(),
            .actor = Actor::apiOwner,
            .freshTokenMayHelp = true};
}

Diagnosis idToken()
{
    return {.code = u"id-token"_s,
            .headline = Texts::tr("Not valid for this API: it is an ID token, not an access token"),
            .why = idTokenMeaning(),
            .remedy = idTokenRemedy(),
            .expectation = invalidTokenExpected(),
            .actor = Actor::user};
}

QString invalidTokenExpected() { return Texts::tr("The API answers 401 “Invalid token” until then."); }

} // namespace bookdesk::books::rows
