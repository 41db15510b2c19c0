#include "sandbox/page-layout.h"
#include "sandbox/pages.h"

#include <QCoreApplication>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SandboxControlPage)
};

QString faultName(Fault fault)
{
    switch (fault) {
    case Fault::accessTokenExpired:
        return Texts::tr("Access token expired");
    case Fault::accessTokenWrongAudience:
        return Texts::tr("Access token for another audience");
    case Fault::accessTokenSignatureBroken:
        return Texts::tr("Access token with a broken signature");
    case Fault::consentDeclined:
        return Texts::tr("Consent declined");
    case Fault::consentNeedsAdmin:
        return Texts::tr("Consent that only an admin can give (90094)");
    case Fault::deviceCodeExpired:
        return Texts::tr("Code for another device expired");
    case Fault::deviceCodeSlowsDown:
        return Texts::tr("Code for another device: ask less often (slow_down)");
    case Fault::redirectNotRegistered:
        return Texts::tr("Sign-in page: 50011, the redirect URI is not registered");
    case Fault::clientUnknown:
        return Texts::tr("Sign-in page: 700016, the client is not known");
    case Fault::tenantUnknown:
        return Texts::tr("Sign-in page: 90002, the tenant was not found");
    case Fault::personNotAssigned:
        return Texts::tr("Sign-in page: 50105, the person is not assigned");
    case Fault::accessBlocked:
        return Texts::tr("Conditional Access blocks a sign-in or a refresh (53003)");
    case Fault::tokensAnswer429:
        return Texts::tr("Token endpoint answers 429, to be asked again in 12 s");
    case Fault::apiAnswers429:
        return Texts::tr("API answers 429, to be asked again in 12 s");
    case Fault::apiAnswers500:
        return Texts::tr("API answers 500");
    case Fault::apiLosesToken:
        return Texts::tr("API gets requests without their token");
    case Fault::apiNamesNoAlgorithm:
        return Texts::tr("API whose keys name no algorithm: it accepts no token");
    case Fault::apiAsksForClaims:
        return Texts::tr("API asks for more proof (claims challenge); a refresh can give it");
    case Fault::apiAsksForPerson:
        return Texts::tr("API asks for more proof that needs the person in the browser");
    case Fault::apiAsksForRecentSignIn:
        return Texts::tr("API asks for a sign-in of the last 10 minutes (RFC 9470)");
    case Fault::apiAsksForScope:
        return Texts::tr("API asks for the scope Books.Write");
    case Fault::apiGivesNoReason:
        return Texts::tr("API answers 403 without a reason");
    case Fault::gatewayForbids:
        return Texts::tr("Gateway answers 403 with a web page");
    case Fault::apiRedirects:
        return Texts::tr("API redirects to another host");
    case Fault::apiAnswers405:
        return Texts::tr("API answers 405");
    case Fault::apiAnswersTooMuch:
        return Texts::tr("API answers with more than 64 MiB");
    case Fault::apiAnswersWebPage:
        return Texts::tr("API answers with a web page in place of JSON");
    case Fault::gatewayTimesOut:
        return Texts::tr("Gateway answers 504");
    case Fault::bookNotFound:
        return Texts::tr("Deletion: 404, no such book");
    case Fault::bookOnLoan:
        return Texts::tr("Deletion: 409, the book is on loan");
    case Fault::bookIdRefused:
        return Texts::tr("Deletion: 422, the ID is refused");
    }
    return {};
}

QString carelessnessName(Carelessness carelessness)
{
    switch (carelessness) {
    case Carelessness::tokenOptional:
        return Texts::tr("It answers without a token");
    case Carelessness::signatureUnchecked:
        return Texts::tr("It does not check signatures");
    case Carelessness::signatureMayBeEmpty:
        return Texts::tr("It accepts an empty signature");
    case Carelessness::algorithmNone:
        return Texts::tr("It accepts the algorithm none");
    case Carelessness::publicKeyAsSecret:
        return Texts::tr("It checks HS256 with the public key");
    case Carelessness::guessableSecret:
        return Texts::tr("It checks HS256 with a secret that anybody guesses");
    case Carelessness::zeroSignature:
        return Texts::tr("It accepts an ECDSA signature of zeros");
    case Carelessness::embeddedKey:
        return Texts::tr("It trusts a key in the token (jwk, x5c)");
    case Carelessness::keyAddressFollowed:
        return Texts::tr("It trusts a key at an address in the token (jku, x5u)");
    case Carelessness::keyIdIgnored:
        return Texts::tr("It ignores the key ID");
    case Carelessness::keyIdAsLookup:
        return Texts::tr("It uses the key ID as a path, in SQL and in a command");
    case Carelessness::expiryUnchecked:
        return Texts::tr("It ignores the expiry");
    case Carelessness::notBeforeUnchecked:
        return Texts::tr("It ignores from when a token is valid");
    case Carelessness::issuerUnchecked:
        return Texts::tr("It ignores the issuer");
    case Carelessness::audienceUnchecked:
        return Texts::tr("It ignores the audience");
    case Carelessness::idTokenAccepted:
        return Texts::tr("It accepts ID tokens");
    case Carelessness::criticalIgnored:
        return Texts::tr("It ignores critical extensions");
    case Carelessness::firstDuplicateCounts:
        return Texts::tr("It believes the first of two members");
    case Carelessness::lenientBase64:
        return Texts::tr("It reads base64 in any form");
    case Carelessness::jsonForm:
        return Texts::tr("It reads tokens in JSON form");
    case Carelessness::nestedToken:
        return Texts::tr("It unpacks tokens within tokens");
    case Carelessness::lastHeaderCounts:
        return Texts::tr("It reads the last of several Authorization headers");
    case Carelessness::tokenInQuery:
        return Texts::tr("It takes tokens from the query");
    case Carelessness::tokenInBody:
        return Texts::tr("It takes tokens from the body");
    case Carelessness::garbageStumbles:
        return Texts::tr("It answers 500 to what it cannot decode");
    }
    return {};
}

QString switchName(Switch which)
{
    switch (which) {
    case Switch::rotatesStrictly:
        return Texts::tr("A refresh token that is used again revokes all of its sign-in, as at Auth0");
    case Switch::publishesRevocation:
        return Texts::tr("There is an address for revoking refresh tokens (RFC 7009)");
    case Switch::namesLoginHint:
        return Texts::tr("ID tokens carry login_hint, for signing out in the browser");
    case Switch::signsInOnce:
        return Texts::tr("Who is signed in in the browser is not asked again");
    }
    return {};
}

/// A button whose value says what it does, because a form may have several.
QString button(const QString &value, const QString &text, const QString &fullText = {})
{
    const QString label = fullText.isEmpty() ? QString() : u" aria-label=\"%1\""_s.arg(escaped(fullText));
    return u"<button type=\"submit\" name=\"do\" value=\"%1\"%2>%3</button>"_s.arg(escaped(value), label,
                                                                                   escaped(text));
}

QString row(const QString &what, const QString &cells)
{
    return u"<tr><th scope=\"row\">%1</th><td>%2</td></tr>\n"_s.arg(what, cells);
}

QString section(const QString &title, const QString &rows)
{
    return u"<h2>%1</h2>\n<table>\n%2</table>\n"_s.arg(escaped(title), rows);
}

QString roleRows(const SandboxState &state)
{
    QString rows;
    for (const Persona &persona : state.personas()) {
        for (const QString &role : state.registrations().apiRoles) {
            const bool hasIt = persona.roles.contains(role);
            const QString what = hasIt ? Texts::tr("%1 has %2") : Texts::tr("%1 lacks %2");
            const QString verb = hasIt ? Texts::tr("Revoke") : Texts::tr("Grant");
            const QString value = u"%1:%2:%3"_s.arg(hasIt ? u"revoke"_s : u"grant"_s, persona.id, role);
            const QString label = hasIt ? Texts::tr("Revoke %1: %2") : Texts::tr("Grant %1: %2");
            rows += row(escaped(what).arg(escaped(persona.name), u"<code>%1</code>"_s.arg(escaped(role))),
                        button(value, verb, label.arg(role, persona.name)));
        }
    }
    return rows;
}

QString consentRows(const SandboxState &state)
{
    QString rows;
    for (const Persona &persona : state.personas()) {
        for (const QString &scope : state.registrations().apiScopes) {
            const bool isGiven = state.consentsFor(persona.id).contains(scope);
            const QString what = isGiven ? Texts::tr("An admin has consented to %2 for %1")
                                         : Texts::tr("%1 is asked to consent to %2 when signing in");
            const QString verb = isGiven ? Texts::tr("Withdraw") : Texts::tr("Consent");
            const QString value = u"%1:%2:%3"_s.arg(isGiven ? u"withdraw"_s : u"consent"_s, persona.id, scope);
            const QString label =
                isGiven ? Texts::tr("Withdraw the consent to %1: %2") : Texts::tr("Consent to %1 as an admin: %2");
            rows += row(escaped(what).arg(escaped(persona.name), u"<code>%1</code>"_s.arg(escaped(scope))),
                        button(value, verb, label.arg(scope, persona.name)));
        }
    }
    return rows;
}

QString faultRows(const Faults &faults)
{
    QString rows;
    for (const Fault fault : allFaults) {
        const auto armed = faults.armed().find(fault);
        QString what = escaped(faultName(fault));
        if (armed != faults.armed().end())
            what += u"<br><strong>%1</strong>"_s.arg(escaped(
                armed->second == FaultSpan::once ? Texts::tr("armed: once") : Texts::tr("armed: until cleared")));
        const QString code = faultCode(fault);
        rows += row(what,
                    button(u"arm:%1:once"_s.arg(code), Texts::tr("Once"), Texts::tr("%1, once").arg(faultName(fault))) +
                        u' ' +
                        button(u"arm:%1:until-cleared"_s.arg(code), Texts::tr("Until cleared"),
                               Texts::tr("%1, until cleared").arg(faultName(fault))));
    }
    return rows + row(QString(), button(u"clear"_s, Texts::tr("Clear all faults")));
}

/// What is on stands out.
QString switchRow(const QString &name, bool isOn, const QString &action)
{
    return row(isOn ? u"<strong>%1</strong>"_s.arg(escaped(name)) : escaped(name), action);
}

QString carelessRows(const CarelessnessSet &carelessness)
{
    QString rows;
    for (const Carelessness each : allCarelessness) {
        const bool isCareless = carelessness.contains(each);
        const QString name = carelessnessName(each);
        const QString verb = isCareless ? Texts::tr("Stop") : Texts::tr("Start");
        const QString label = isCareless ? Texts::tr("Stop: %1") : Texts::tr("Start: %1");
        const QString value = (isCareless ? u"careful:%1"_s : u"careless:%1"_s).arg(carelessnessCode(each));
        rows += switchRow(name, isCareless, button(value, verb, label.arg(name)));
    }
    return rows + row(QString(), button(u"careful"_s, Texts::tr("Stop all")));
}

QString switchRows(const SandboxState &state)
{
    QString rows;
    for (const Switch which : allSwitches) {
        const bool isOn = state.isOn(which);
        const QString name = switchName(which);
        const QString verb = isOn ? Texts::tr("Switch off") : Texts::tr("Switch on");
        const QString label = isOn ? Texts::tr("Switch off: %1") : Texts::tr("Switch on: %1");
        const QString value = (isOn ? u"off:%1"_s : u"on:%1"_s).arg(switchCode(which));
        rows += switchRow(name, isOn, button(value, verb, label.arg(name)));
    }
    return rows;
}

QString slownessRow(const SandboxState &state)
{
    const QString what = Texts::tr("Seconds that tokens and books take to come");
    const auto seconds = std::chrono::floor<std::chrono::seconds>(state.slowness());
    const QString field =
        u"<input type=\"number\" name=\"seconds\" min=\"0\" max=\"%1\" value=\"%2\" aria-label=\"%3\">"_s.arg(
            QString::number(longestSlowness.count()), QString::number(seconds.count()), escaped(what));
    return row(escaped(what), field + u' ' + button(u"slow"_s, Texts::tr("Set")));
}

QString sessionRows(const SandboxState &state)
{
    QString rows;
    for (const Persona &persona : state.personas())
        rows += row(escaped(Texts::tr("All sessions of %1").arg(persona.name)),
                    button(u"end-sessions:%1"_s.arg(persona.id), Texts::tr("End them"),
                           Texts::tr("End all sessions of %1").arg(persona.name)));
    return rows;
}

} // namespace

Response controlPage(const ControlPage &page)
{
    const QString key = page.isRotating ? escaped(Texts::tr("A new key is being made."))
                                        : escaped(Texts::tr("Signing key: %1"))
                                              .arg(u"<code>%1</code>"_s.arg(escaped(page.state.keys().signingKeyId())));
    const QString body =
        u"<h1>%1</h1>\n<p class=\"muted\">%2</p>\n<form method=\"post\" action=\"%3\">\n"
        "<input type=\"hidden\" name=\"proof\" value=\"%4\">\n%5%6%7%8%9%10</form>\n"_s.arg(
            escaped(Texts::tr("Sandbox: roles, consent, faults, tenant, careless API and keys")),
            escaped(Texts::tr("Roles apply from the next token on. Everything is reset when the Sandbox restarts.")),
            escaped(page.action), escaped(page.proof), section(Texts::tr("Roles"), roleRows(page.state)),
            section(Texts::tr("Consent"), consentRows(page.state)),
            section(Texts::tr("Faults"), faultRows(page.state.faults())),
            section(Texts::tr("Tenant"), switchRows(page.state) + slownessRow(page.state) + sessionRows(page.state)),
            section(Texts::tr("Careless API"), carelessRows(page.state.carelessness())),
            section(Texts::tr("Keys"), row(key, button(u"rotate"_s, Texts::tr("Rotate keys")))));
    const QString reload = page.isRotating ? u"<meta http-equiv=\"refresh\" content=\"1\">\n"_s : QString();
    return framedPage({200, Texts::tr("Sandbox"), body, reload, {}, {}});
}

} // namespace bookdesk::sandbox
