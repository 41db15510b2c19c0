#include "books/diagnosis-rows.h"
#include "core/text.h"
#include "jose/explained-kind.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::books::rows {
namespace {

using jose::Check;
using jose::CheckFault;
using jose::CheckKind;
using jose::CheckResult;
using jose::Verification;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Diagnosis)
};

constexpr qsizetype longestValue = 160;

QString shown(const QString &text) { return visible(shortened(text, longestValue)); }

/// The check of that kind where it failed, or nullptr.
const Check *failureOf(const Verification &verification, CheckKind kind)
{
    const Check *check = verification.find(kind);
    return check && check->result == CheckResult::failed ? check : nullptr;
}

QString otherIssuerWhy(const Verification &verification)
{
    const Check *failure = failureOf(verification, CheckKind::issuer);
    if (!failure)
        return Texts::tr("It was issued by a tenant that the API does not trust.");
    if (failure->fault == CheckFault::tenant)
        return Texts::tr("Issuers are distinguished by the tenant's ID in the claim tid, which the token lacks.");
    return Texts::tr("It was issued by %1, and this connection trusts %2.")
        .arg(shown(failure->got), shown(failure->expected));
}

QString otherAudienceWhy(const Verification &verification)
{
    if (const Check *failure = failureOf(verification, CheckKind::audience))
        return failure->got.isEmpty()
                   ? Texts::tr("The token names no audience, and this API is %1.").arg(shown(failure->expected))
                   : Texts::tr("The token was made for %1, and this API is %2.")
                         .arg(shown(failure->got), shown(failure->expected));
    const Check *check = verification.find(CheckKind::audience);
    if (!check || check->got.isEmpty())
        return Texts::tr("The token was made for another API than this one.");
    return Texts::tr("The token was made for another API than this one: its audience is %1.").arg(shown(check->got));
}

QString claimMissingWhy(const Verification &verification)
{
    if (const Check *issuer = failureOf(verification, CheckKind::issuer);
        issuer && jose::explainedKind(*issuer) == CheckKind::requiredClaims)
        return Texts::tr("The API requires the claim %1, which is not in the token.").arg(u"iss"_s);
    if (const Check *required = failureOf(verification, CheckKind::requiredClaims))
        return Texts::tr("The API requires claims that are not in the token: %1.").arg(shown(required->got));
    return Texts::tr("The API requires a claim that is not in the token.");
}

/// The name of the claim that has a wrong type.
QString claimOf(const Check &failure)
{
    switch (failure.kind) {
    case CheckKind::issuedAt:
        return u"iat"_s;
    case CheckKind::notBefore:
        return u"nbf"_s;
    case CheckKind::expiry:
        return u"exp"_s;
    default:
        return failure.expected;
    }
}

} // namespace

Diagnosis otherIssuer(const Verification &verification)
{
    return {.code = u"other-issuer"_s,
            .headline = Texts::tr("Not valid for this API: it comes from another tenant"),
            .why = otherIssuerWhy(verification),
            .remedy = Texts::tr("Check the connection's authority: it must be the tenant that the API is set up for. "
                                "Then sign in again, with an account of that tenant."),
            .expectation = invalidTokenExpected(),
            .actor = Actor::user};
}

Diagnosis otherAudience(const Verification &verification)
{
    return {.code = u"other-audience"_s,
            .headline = Texts::tr("Not valid for this API: it was made for another audience"),
            .why = otherAudienceWhy(verification),
            .remedy = Texts::tr("In the connection, check the audience and ask for the API's own scopes, such as "
                                "api://API_ID/Books.Read. Then sign in again."),
            .expectation = invalidTokenExpected(),
            .actor = Actor::user};
}

Diagnosis expired()
{
    return {.code = u"expired"_s,
            .headline = Texts::tr("The token has expired"),
            .why = Texts::tr("The API accepts an access token only for a limited time, and this token's time is over."),
            .remedy =
                Texts::tr("Get a fresh token. If that does not help, sign in again and check this computer's clock."),
            .expectation =
                Texts::tr("The API answers 401 “Token expired”. Bookdesk gets a fresh token before the next call."),
            .actor = Actor::user,
            .freshTokenMayHelp = true};
}

Diagnosis notYetValid()
{
    return {.code = u"not-yet-valid"_s,
            .headline = Texts::tr("The token is not valid yet"),
            .why = Texts::tr("Its times are in the future, so a clock is wrong: this computer's, the tenant's or the "
                             "API's."),
            .remedy = Texts::tr("Check this computer's clock, wait a minute and try again. If the clock is right, ask "
                                "the API's owner to check theirs."),
            .expectation = invalidTokenExpected(),
            .actor = Actor::user};
}

Diagnosis clockOff()
{
    return {.code = u"clock-off"_s,
            .headline = Texts::tr("This computer's clock is wrong"),
            .why = Texts::tr("The token's times are judged by this computer's clock."),
            .remedy = Texts::tr("Correct this computer's date, time and time zone. Then try again."),
            .expectation = Texts::tr("The API judges by its own clock."),
            .actor = Actor::user};
}

Diagnosis unknownKey()
{
    return {.code = u"unknown-key"_s,
            .headline = Texts::tr("Signed with an unknown key"),
            .why = Texts::tr("The key that signed the token is not known. The tenant may have replaced its keys since, "
                             "or somebody else signed the token."),
            .remedy = Texts::tr("Get a fresh token, or sign in again, so that a current key signs it. An API that has "
                                "just looked for new keys may need up to five minutes more."),
            .expectation = invalidTokenExpected(),
            .actor = Actor::user,
            .freshTokenMayHelp = true};
}

Diagnosis keyReplaced()
{
    return {.code = u"key-replaced"_s,
            .headline = Texts::tr("Signed with a key that has been replaced"),
            .why = Texts::tr("The tenant published the key that signed the token before, and no longer does: it has "
                             "changed its keys since."),
            .remedy = Texts::tr("Get a fresh token, which is signed with a current key."),
            .expectation = invalidTokenExpected(),
            .actor = Actor::user,
            .freshTokenMayHelp = true};
}

Diagnosis wrongSignature()
{
    return {.code = u"wrong-signature"_s,
            .headline = Texts::tr("The signature is wrong: the token was changed, or forged"),
            .why = Texts::tr("The signature does not match the token, so nothing that the token says can be trusted."),
            .remedy = Texts::tr("Get a fresh token. If it happens again, check that the connection's tenant is the one "
                                "that the API trusts. If it is, something on the way changes tokens: tell your "
                                "administrator."),
            .expectation = invalidTokenExpected(),
            .actor = Actor::user,
            .freshTokenMayHelp = true};
}

Diagnosis unverifiable()
{
    return {.code = u"unverifiable"_s,
            .headline = Texts::tr("The signature cannot be verified, by design"),
            .why = Texts::tr("The header carries a nonce, as in tokens that only the API they were made for can "
                             "verify. That does not mean that the token was changed, nor that it is genuine."),
            .remedy = Texts::tr("If the token is for this connection's API, check that the connection asks for that "
                                "API's own scopes. Then sign in again."),
            .expectation = invalidTokenExpected(),
            .actor = Actor::user};
}

Diagnosis algorithm(const Verification &verification)
{
    const Check *failure = failureOf(verification, CheckKind::algorithm);
    const QString got = failure ? failure->got : QString();
    return {.code = u"algorithm"_s,
            .headline = Texts::tr("Signed in a way that is not allowed"),
            .why = got.isEmpty() ? Texts::tr("The token does not name the algorithm that it is signed with.")
                                 : Texts::tr("The token is signed with %1. Only %2 is accepted, whatever a token says.")
                                       .arg(shown(got), shown(failure->expected)),
            .remedy = Texts::tr("Ask the API's owner how the tenant signs its tokens; signing in again does not help."),
            .expectation = invalidTokenExpected(),
            .actor = Actor::apiOwner};
}

Diagnosis claimMissing(const Verification &verification)
{
    return {.code = u"claim-missing"_s,
            .headline = Texts::tr("The token lacks a claim that the API requires"),
            .why = claimMissingWhy(verification),
            .remedy = Texts::tr("Tell the API's owner: the API's registration decides which claims a token carries. "
                                "When that is corrected, get a fresh token."),
            .expectation = invalidTokenExpected(),
            .actor = Actor::apiOwner};
}

Diagnosis claimType(const Verification &verification)
{
    const Check *failure = verification.firstFailure();
    const bool isStumble = failure && failure->kind == CheckKind::claimTypes;
    return {.code = u"claim-type"_s,
            .headline = Texts::tr("A claim has a type that the API cannot read"),
            .why = failure ? Texts::tr("The claim is %1.").arg(shown(claimOf(*failure))) : QString(),
            .remedy = Texts::tr("Tell the API's owner: the API's registration must correct it (claims mapping, "
                                "optional claims). When that is done, get a fresh token."),
            .expectation = isStumble ? Texts::tr("The API answers 500 until then.") : invalidTokenExpected(),
            .actor = Actor::apiOwner,
            .freshTokenMayHelp = true};
}

Diagnosis otherType(const Verification &verification)
{
    const Check *failure = failureOf(verification, CheckKind::tokenType);
    return {.code = u"other-type"_s,
            .headline = Texts::tr("Not an access token: it is a token of another kind"),
            .why = failure ? Texts::tr("It fails the check “%1”: %2.")
                                 .arg(jose::checkName(failure->kind), jose::checkSentence(*failure, verification.at))
                           : QString(),
            .remedy = Texts::tr("Use the access token that the sign-in gave. If this is that token, ask the "
                                "administrator of the identity provider why it has this type."),
            .expectation = invalidTokenExpected(),
            .actor = Actor::user};
}

Diagnosis otherCheck(const Verification &verification)
{
    const Check *failure = verification.firstFailure();
    Diagnosis diagnosis{.code = u"other-check"_s,
                        .headline = Texts::tr("The token fails a check"),
                        .remedy = Texts::tr("Get a fresh token, or sign in again."),
                        .expectation = invalidTokenExpected(),
                        .actor = Actor::user,
                        .freshTokenMayHelp = true};
    if (!failure)
        return diagnosis;
    diagnosis.headline = Texts::tr("The token fails a check: %1").arg(jose::checkName(failure->kind));
    diagnosis.why = jose::checkSentence(*failure, verification.at);
    return diagnosis;
}

} // namespace bookdesk::books::rows
