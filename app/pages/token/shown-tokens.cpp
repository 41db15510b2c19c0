// What TokenPage shows of each of its tokens.
#include "core/text.h"
#include "pages/token/token-page.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

std::optional<TimePoint> dateOf(const jose::InspectedToken &token, QStringView claim)
{
    return token.decoded ? token.decoded->dateClaim(claim) : std::nullopt;
}

QString issuerOf(const jose::InspectedToken &token)
{
    return token.decoded ? token.decoded->stringClaim(u"iss").value_or(QString()) : QString();
}

/// By what the token is for: an ID token is judged as one.
books::Diagnosis diagnosePasted(const jose::Verification &verification)
{
    return verification.kind == jose::TokenKind::idToken && verification.passed()
               ? books::diagnoseIdToken(verification)
               : books::diagnoseAccessToken(verification);
}

} // namespace

ShownToken TokenPage::accessToken() const
{
    const identity::SignedIn &person = *current();
    return {person.accessToken,
            identity::claimContext(m_desk->connection(), person.identity.issuer()),
            person.grants,
            knownGrants(m_desk->connection().scopes),
            dateOf(person.accessToken, u"iat").value_or(person.tokens.receivedAt),
            person.accessTokenEnd(),
            [desk = m_desk](const jose::Verification &verification) {
                return books::diagnoseAccessToken(verification, desk ? desk->clockAhead() : std::nullopt);
            },
            true};
}

/// The ID token is not checked again after the sign-in.
ShownToken TokenPage::idToken() const
{
    const identity::SignedIn &person = *current();
    return {person.idToken,
            identity::claimContext(m_desk->connection(), person.identity.issuer()),
            {},
            {},
            dateOf(person.idToken, u"iat").value_or(person.tokens.receivedAt),
            dateOf(person.idToken, u"exp"),
            &books::diagnoseIdToken,
            false};
}

ShownToken TokenPage::pastedToken() const
{
    const workspace::PastedText &pasted = m_paste->shown();
    ShownToken shown{*pasted.token};
    shown.from = dateOf(shown.token, u"iat");
    shown.until = dateOf(shown.token, u"exp");
    shown.diagnose = &diagnosePasted;
    const workspace::Desk *desk = m_paste->desk();
    if (desk)
        shown.context = identity::claimContext(desk->connection(), issuerOf(shown.token));
    if (!shown.token.decoded)
        return shown;
    const auto unknown = [](const QString &headline, const QString &why) {
        return [headline, why](const jose::Verification &) {
            return books::Diagnosis{
                .code = u"unchecked"_s, .verdict = books::Verdict::unreadable, .headline = headline, .why = why};
        };
    };
    if (!desk)
        shown.diagnose =
            unknown(tr("No connection trusts this issuer"),
                    tr("The token says that it comes from %1. Nobody can tell whether that is true without "
                       "the issuer's keys, and only issuers of your connections are asked for keys.")
                        .arg(visible(shortened(issuerOf(shown.token), 100))));
    else if (pasted.isBusy)
        shown.diagnose = unknown(tr("The token is being verified…"), {});
    else if (pasted.keysFailure)
        shown.diagnose = unknown(tr("The issuer's keys could not be fetched"), visible(advised(*pasted.keysFailure)));
    return shown;
}

} // namespace bookdesk::pages
