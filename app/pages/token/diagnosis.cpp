#include "pages/token/diagnosis.h"

#include "core/text.h"
#include "jose/explained-kind.h"

#include <QCoreApplication>

#include <functional>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

using jose::Check;
using jose::CheckFault;
using jose::CheckKind;
using jose::CheckResult;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Diagnosis)
};

constexpr qsizetype longestValue = 160;

QString shown(const QString &text) { return visible(shortened(text, longestValue)); }

QString invalidToken() { return Texts::tr("The API answers 401 “Invalid token” until then."); }

struct Case
{
    const jose::DecodedToken &token;
    const Check &failure;
    const ClaimContext &context;

    QString claim(QStringView name) const { return token.stringClaim(name).value_or(QString()); }
    QString issuer() const { return claim(u"iss"); }
    bool isFor(const QString &audience) const { return token.audience().contains(audience); }
};

bool isGraphToken(const Case &found)
{
    return found.isFor(u"00000003-0000-0000-c000-000000000000"_s) || found.isFor(u"https://graph.microsoft.com"_s);
}

bool isVersion1(const Case &found)
{
    static const QStringList issuers{u"https://sts.windows.net/"_s, u"https://sts.chinacloudapi.cn/"_s};
    return found.claim(u"ver") == "1.0"_L1 ||
           std::ranges::any_of(issuers, [&found](const QString &issuer) { return found.issuer().startsWith(issuer); });
}

bool isIdToken(const Case &found)
{
    return found.isFor(found.context.clientId) && found.context.clientId != found.context.audience &&
           !found.token.claims.find(u"scp");
}

bool isOfOtherIssuer(const Case &found) { return !found.issuer().isEmpty() && found.issuer() != found.context.issuer; }

Diagnosis graphToken(const Case &)
{
    return {
        Verdict::failed,
        Texts::tr("Not valid for this API: it is a token for Microsoft Graph"),
        Texts::tr("Tokens for Microsoft Graph cannot be verified by anybody else, by design. A scope without a prefix "
                  "(such as Books.Read alone) means Microsoft Graph."),
        Texts::tr(
            "Give the connection's scopes their full names, such as api://API_ID/Books.Read. Then sign in again."),
        invalidToken(),
        false};
}

Diagnosis version1(const Case &)
{
    return {
        Verdict::failed,
        Texts::tr("Not valid for this API: it is a v1 token, and the API expects v2"),
        Texts::tr("The issuer and the audience have the v1 form because of the API's registration; signing in again "
                  "will not change it."),
        Texts::tr("Entra ID › App registrations › the API › Manifest: set requestedAccessTokenVersion to 2. Then get a "
                  "fresh token."),
        invalidToken(),
        true};
}

Diagnosis idToken(const Case &)
{
    return {
        Verdict::failed,
        Texts::tr("Not valid for this API: it is an ID token, not an access token"),
        Texts::tr("Its audience is Bookdesk itself. An ID token says who signed in; it opens no API."),
        Texts::tr("Ask for one of the API's scopes in the connection, such as api://API_ID/Books.Read. Then sign in "
                  "again."),
        invalidToken(),
        false};
}

Diagnosis otherIssuer(const Case &found)
{
    return {Verdict::failed,
            Texts::tr("Not valid for this API: it comes from another tenant"),
            Texts::tr("It was issued by %1, and this connection trusts %2.")
                .arg(shown(found.issuer()), shown(found.context.issuer)),
            Texts::tr("Sign in with an account of this connection's tenant, or correct the connection's authority."),
            invalidToken(),
            false};
}

Diagnosis wrongAudience(const Case &found)
{
    const QString got = found.token.audience().join(u", "_s);
    return {
        Verdict::failed,
        Texts::tr("Not valid for this API: it was made for another audience"),
        Texts::tr("Signature and issuer are fine, but the token is for %1, and this API is %2.")
            .arg(got.isEmpty() ? Texts::tr("nobody") : shown(got), shown(found.context.audience)),
        Texts::tr("Check the connection's scopes and audience: the scopes must be the API's own. Then sign in again."),
        invalidToken(),
        false};
}

Diagnosis expired(const Case &)
{
    return {Verdict::failed,
            Texts::tr("The token has expired"),
            Texts::tr("It was good until its time ran out. If it seems too early, this computer's clock may be wrong."),
            Texts::tr("Get a fresh token."),
            Texts::tr("The API answers 401 “Token expired”. Bookdesk gets a fresh token before the next call."),
            false};
}

Diagnosis notYetValid(const Case &)
{
    return {Verdict::failed,
            Texts::tr("The token is not valid yet"),
            Texts::tr("Its times are in the future: this computer's clock and that of the tenant differ."),
            Texts::tr("Correct this computer's clock, or wait a moment and get a fresh token."),
            invalidToken(),
            false};
}

Diagnosis unknownKey(const Case &)
{
    return {Verdict::failed,
            Texts::tr("Signed with a key that the tenant does not publish"),
            Texts::tr("The keys may have been rotated since the token was issued, or somebody else signed it."),
            Texts::tr("Get a fresh token; it is signed with a current key. If that does not help, sign in again."),
            invalidToken(),
            false};
}

Diagnosis tampered(const Case &)
{
    return {
        Verdict::failed,
        Texts::tr("The signature is wrong: the token was changed, or forged"),
        Texts::tr("The key is known, but it did not sign what stands in this token. Believe nothing in it."),
        Texts::tr("Get a fresh token. If it stays so, something between the tenant and this computer changes tokens: "
                  "tell your admin."),
        invalidToken(),
        false};
}

Diagnosis unverifiable(const Case &)
{
    return {
        Verdict::failed,
        Texts::tr("The signature cannot be verified, by design"),
        Texts::tr("The header carries a nonce, as in tokens that only the API they were made for can verify. That does "
                  "not mean that the token was changed, and neither that it is genuine."),
        Texts::tr("If the token is for this connection's API, check that the connection asks for that API's own "
                  "scopes. Then sign in again."),
        invalidToken(),
        false};
}

Diagnosis wrongAlgorithm(const Case &found)
{
    return {Verdict::failed,
            Texts::tr("Signed in a way that is not allowed"),
            Texts::tr("The token names %1; only %2 is accepted, whatever a token says.")
                .arg(found.failure.got.isEmpty() ? Texts::tr("no algorithm") : shown(found.failure.got),
                     shown(found.failure.expected)),
            Texts::tr("The tenant's signing must be changed; signing in again will not help."),
            invalidToken(),
            true};
}

Diagnosis claimMissing(const Case &found)
{
    return {
        Verdict::failed,
        Texts::tr("The token lacks a claim that the API requires"),
        Texts::tr("Missing: %1.").arg(found.failure.kind == CheckKind::issuer ? u"iss"_s : shown(found.failure.got)),
        Texts::tr("Whoever manages the API's registration corrects its claims. Then get a fresh token."),
        invalidToken(),
        true};
}

Diagnosis claimTypes(const Case &found)
{
    const bool isSubject = found.failure.kind == CheckKind::subject;
    return {
        Verdict::failed,
        Texts::tr("A claim has a type that the API cannot read"),
        Texts::tr("The claim is %1.").arg(shown(found.failure.expected)),
        Texts::tr("Whoever manages the API's registration corrects it (claims mapping, optional claims). Then get a "
                  "fresh token."),
        isSubject ? invalidToken() : Texts::tr("The API answers 500 until then."),
        true};
}

Diagnosis otherFailure(const Case &found)
{
    return {Verdict::failed,
            Texts::tr("The token fails a check: %1").arg(jose::checkName(found.failure.kind)),
            jose::checkSentence(found.failure, TimePoint()),
            Texts::tr("Get a fresh token, or sign in again."),
            invalidToken(),
            false};
}

/// The cases that explain more than the first failed check does; the first that fits wins.
struct KnownCase
{
    std::function<bool(const Case &)> fits;
    Diagnosis (*diagnose)(const Case &);
};

bool isFailureOf(const Case &found, std::initializer_list<CheckKind> kinds)
{
    return std::ranges::find(kinds, found.failure.kind) != kinds.end();
}

/// Failures that a wrong issuer explains: of another tenant neither key nor signature nor issuer fit.
bool isOfOrigin(const Case &found)
{
    return isFailureOf(found, {CheckKind::key, CheckKind::signature, CheckKind::issuer});
}

bool isOfOriginOrAudience(const Case &found) { return isOfOrigin(found) || isFailureOf(found, {CheckKind::audience}); }

const std::vector<KnownCase> &knownCases()
{
    const auto kind = [](CheckKind wanted) {
        return [wanted](const Case &found) { return explainedKind(found.failure) == wanted; };
    };
    static const std::vector<KnownCase> cases{
        {[](const Case &found) { return isOfOriginOrAudience(found) && isGraphToken(found); }, graphToken},
        {[](const Case &found) { return isOfOriginOrAudience(found) && isVersion1(found); }, version1},
        {[](const Case &found) { return isOfOrigin(found) && isOfOtherIssuer(found); }, otherIssuer},
        {[](const Case &found) { return isFailureOf(found, {CheckKind::audience}) && isIdToken(found); }, idToken},
        {kind(CheckKind::algorithm), wrongAlgorithm},
        {[](const Case &found) { return found.failure.fault == CheckFault::unverifiable; }, unverifiable},
        {kind(CheckKind::key), unknownKey},
        {kind(CheckKind::signature), tampered},
        {kind(CheckKind::requiredClaims), claimMissing},
        {kind(CheckKind::issuedAt), notYetValid},
        {kind(CheckKind::notBefore), notYetValid},
        {kind(CheckKind::expiry), expired},
        {kind(CheckKind::issuer), otherIssuer},
        {kind(CheckKind::audience), wrongAudience},
        {kind(CheckKind::subject), claimTypes},
        {kind(CheckKind::claimTypes), claimTypes},
    };
    return cases;
}

Diagnosis unreadable(CheckFault fault)
{
    if (fault == CheckFault::opaque)
        return {
            Verdict::unreadable,
            Texts::tr("Opaque token: only its issuer and the API can read it"),
            Texts::tr("It is no JWT, so neither its claims nor its signature can be looked at here. That need be no "
                      "fault: the API makes its own decision."),
            Texts::tr("If the API expects JWTs, check that the connection asks for the API's own scopes."),
            {},
            false};
    if (fault == CheckFault::encrypted)
        return {
            Verdict::unreadable,
            Texts::tr("Encrypted token: only the API can read it"),
            Texts::tr("It is a JWE, made for the API's eyes alone. That is no fault: the API makes its own decision."),
            {},
            {},
            false};
    return {Verdict::failed,
            Texts::tr("The token cannot be read"),
            fault == CheckFault::tooLarge ? Texts::tr("It is larger than Bookdesk accepts.")
                                          : Texts::tr("It is damaged, incomplete, or no token that this API knows."),
            Texts::tr("Get a fresh token, or sign in again."),
            invalidToken(),
            false};
}

Diagnosis verified()
{
    return {Verdict::verified,
            Texts::tr("Verified on this computer, without asking the server"),
            Texts::tr("The API makes its own decision."),
            {},
            {},
            false};
}

} // namespace

Diagnosis diagnoseAccessToken(const jose::InspectedToken &token, const ClaimContext &context)
{
    const Check *failure = token.verification.firstFailure();
    if (!failure)
        return verified();
    if (!token.decoded)
        return unreadable(failure->fault);
    const Case found{*token.decoded, *failure, context};
    for (const KnownCase &known : knownCases()) {
        if (known.fits(found))
            return known.diagnose(found);
    }
    return otherFailure(found);
}

Diagnosis diagnoseIdToken(const jose::InspectedToken &token)
{
    if (token.verification.passed())
        return {Verdict::verified,
                Texts::tr("Verified when it came: it is the answer to this very sign-in"),
                Texts::tr("An ID token says who you are. It opens no API, and it need not be fresh."),
                {},
                {},
                false};
    const Check *failure = token.verification.firstFailure();
    return {Verdict::failed,
            Texts::tr("The ID token fails a check"),
            failure ? jose::checkSentence(*failure, token.verification.at) : QString(),
            Texts::tr("Sign in again."),
            {},
            false};
}

jose::Verification verificationAt(jose::Verification verification, TimePoint now)
{
    verification.at = now;
    for (Check &check : verification.checks) {
        if (!check.time)
            continue;
        const bool isExpiry = check.kind == CheckKind::expiry;
        const bool isInTime = isExpiry ? now < *check.time : now >= *check.time;
        check.result = isInTime ? CheckResult::passed : CheckResult::failed;
        check.fault = isInTime ? CheckFault::none : CheckFault::outOfTime;
    }
    return verification;
}

QString ownerRequest(const Diagnosis &diagnosis, const jose::Verification &verification, const QString &api)
{
    QStringList lines{Texts::tr("For the owner of the API at %1").arg(visible(api)),
                      {},
                      diagnosis.headline,
                      diagnosis.text,
                      Texts::tr("To fix: %1").arg(diagnosis.remedy),
                      {}};
    for (const Check &check : verification.checks) {
        if (check.result == CheckResult::failed)
            lines += u"%1: %2"_s.arg(jose::checkName(check.kind), jose::checkSentence(check, verification.at));
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace bookdesk::pages
