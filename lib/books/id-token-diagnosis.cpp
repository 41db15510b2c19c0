// The diagnosis of an ID token, which signs somebody in or fails to.
#include "books/diagnosis.h"
#include "core/text.h"
#include "jose/explained-kind.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

using jose::Check;
using jose::CheckFault;
using jose::CheckKind;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(IdTokenDiagnosis)
};

constexpr qsizetype longestValue = 160;

QString shown(const QString &text) { return visible(shortened(text, longestValue)); }

QString signInAgain()
{
    return Texts::tr("Sign in again. If it happens again, tell the administrator of the identity provider.");
}

QString failedCheck(const Check &failure)
{
    return Texts::tr("It fails the check “%1”: %2.")
        .arg(jose::checkName(failure.kind), jose::checkSentence(failure, TimePoint()));
}

Diagnosis verified()
{
    return {.code = u"verified"_s,
            .verdict = Verdict::verified,
            .headline = Texts::tr("Verified when it arrived: it belongs to this sign-in"),
            .why = Texts::tr("An ID token says who you are. It opens no API, and it need not be fresh.")};
}

Diagnosis cannotBeRead(CheckFault fault)
{
    if (fault == CheckFault::encrypted)
        return {.code = u"encrypted"_s,
                .headline = Texts::tr("The ID token is encrypted"),
                .why = Texts::tr("Bookdesk has no key to decrypt it with."),
                .remedy = Texts::tr("Ask the administrator of the identity provider to turn the encryption of ID "
                                    "tokens off for Bookdesk's registration."),
                .actor = Actor::administrator};
    return {.code = u"unreadable"_s,
            .headline = Texts::tr("The ID token cannot be read"),
            .why = Texts::tr("It is damaged or incomplete, or not a JWT."),
            .remedy = signInAgain(),
            .actor = Actor::user};
}

Diagnosis algorithm(const Check &failure)
{
    return {.code = u"algorithm"_s,
            .headline = Texts::tr("The ID token is signed in a way that is not allowed"),
            .why = failure.got.isEmpty()
                       ? Texts::tr("It does not name the algorithm that it is signed with.")
                       : Texts::tr("It is signed with %1, and only %2 is accepted, whatever a token says.")
                             .arg(shown(failure.got), shown(failure.expected)),
            .remedy = Texts::tr("Ask the administrator of the identity provider to have ID tokens signed with %1.")
                          .arg(shown(failure.expected)),
            .actor = Actor::administrator};
}

Diagnosis otherIssuer(const Check &failure)
{
    return {
        .code = u"other-issuer"_s,
        .headline = Texts::tr("The ID token comes from another tenant"),
        .why = failure.fault == CheckFault::tenant ? Texts::tr("It does not name its tenant by an ID in the claim tid.")
                                                   : Texts::tr("It was issued by %1, and this connection trusts %2.")
                                                         .arg(shown(failure.got), shown(failure.expected)),
        .remedy =
            Texts::tr("Sign in with an account of this connection's tenant, or correct the connection's authority."),
        .actor = Actor::user};
}

Diagnosis exposedKey()
{
    return {.code = u"exposed-key"_s,
            .headline = Texts::tr("The ID token is signed with a key that anybody has"),
            .why = Texts::tr("The tenant published that key with its private part, so anybody may have signed it."),
            .remedy = Texts::tr("Nobody can sign in safely until the administrator of the identity provider has "
                                "replaced this key. Tell them."),
            .actor = Actor::administrator};
}

Diagnosis otherType(const Check &failure)
{
    return {.code = u"other-type"_s,
            .headline = Texts::tr("The proof of identity is a token of another kind"),
            .why = failedCheck(failure),
            .remedy = signInAgain(),
            .actor = Actor::user};
}

Diagnosis otherTenant(const Check &failure)
{
    return {.code = u"other-issuer"_s,
            .headline = Texts::tr("The ID token comes from another tenant"),
            .why = Texts::tr("It names the tenant %1, but the tenant that issued it is %2.")
                       .arg(shown(failure.got), shown(failure.expected)),
            .remedy = signInAgain(),
            .actor = Actor::user};
}

Diagnosis unknownKey()
{
    return {.code = u"unknown-key"_s,
            .headline = Texts::tr("The ID token is signed with an unknown key"),
            .why = Texts::tr("The tenant does not publish the key that signed it, so anybody may have signed it."),
            .remedy = signInAgain(),
            .actor = Actor::user};
}

Diagnosis wrongSignature()
{
    return {.code = u"wrong-signature"_s,
            .headline = Texts::tr("The ID token's signature is wrong"),
            .why = Texts::tr("It was changed after it was signed, or it is forged."),
            .remedy = Texts::tr("Sign in again. If it happens again, something between the tenant and this computer "
                                "changes tokens: tell your administrator."),
            .actor = Actor::user};
}

Diagnosis wrongTime()
{
    return {.code = u"wrong-time"_s,
            .headline = Texts::tr("The ID token is not valid at this time"),
            .why = Texts::tr("It was made for this sign-in a moment ago, but by this computer's clock it has expired "
                             "or is not valid yet."),
            .remedy = Texts::tr("Correct this computer's date, time and time zone. Then sign in again."),
            .actor = Actor::user};
}

Diagnosis otherApp(const Check &failure)
{
    return {.code = u"other-app"_s,
            .headline = Texts::tr("The ID token was issued to another app"),
            .why = failure.got.isEmpty() ? Texts::tr("It does not name the app that it was issued to.")
                                         : Texts::tr("It was issued to %1, and in this connection Bookdesk is %2.")
                                               .arg(shown(failure.got), shown(failure.expected)),
            .remedy = Texts::tr("Check the connection's client ID. Then sign in again."),
            .actor = Actor::user};
}

Diagnosis otherSignIn(const QString &why)
{
    return {.code = u"other-sign-in"_s,
            .headline = Texts::tr("The ID token does not belong to this sign-in"),
            .why = why,
            .remedy = Texts::tr("Sign in again. If it happens again, somebody may be interfering with the sign-in: "
                                "tell your administrator."),
            .actor = Actor::user};
}

Diagnosis wrongClaim(const Check &failure)
{
    return {.code = u"claim"_s,
            .headline = Texts::tr("The ID token lacks a claim, or has one that cannot be read"),
            .why = failedCheck(failure),
            .remedy = Texts::tr("Ask the administrator of the identity provider to correct the claims of Bookdesk's "
                                "registration. Then sign in again."),
            .actor = Actor::administrator};
}

Diagnosis diagnoseFailure(const Check &failure)
{
    switch (jose::explainedKind(failure)) {
    case CheckKind::structure:
        return cannotBeRead(failure.fault);
    case CheckKind::algorithm:
        return algorithm(failure);
    case CheckKind::issuer:
        return otherIssuer(failure);
    case CheckKind::key:
        return failure.fault == CheckFault::exposedKey ? exposedKey() : unknownKey();
    case CheckKind::signature:
        return wrongSignature();
    case CheckKind::issuedAt:
    case CheckKind::notBefore:
    case CheckKind::expiry:
        return failure.fault == CheckFault::outOfTime ? wrongTime() : wrongClaim(failure);
    case CheckKind::audience:
    case CheckKind::authorizedParty:
        return otherApp(failure);
    case CheckKind::tokenType:
        return otherType(failure);
    case CheckKind::tenant:
        return otherTenant(failure);
    case CheckKind::nonce:
        return otherSignIn(Texts::tr("Its nonce is not the one that Bookdesk sent with this sign-in."));
    case CheckKind::accessTokenHash:
        return otherSignIn(Texts::tr("It was issued with another access token than the one that it came with."));
    case CheckKind::requiredClaims:
    case CheckKind::subject:
    case CheckKind::claimTypes:
        break;
    }
    return wrongClaim(failure);
}

} // namespace

Diagnosis diagnoseIdToken(const jose::Verification &verification)
{
    if (verification.passed())
        return verified();
    const Check *failure = verification.firstFailure();
    return failure ? diagnoseFailure(*failure) : cannotBeRead(CheckFault::none);
}

} // namespace bookdesk::books
