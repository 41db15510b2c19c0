#include "cli/console.h"
#include "cli/report.h"
#include "core/text.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenReport)
};

Json checkJson(const jose::Check &check, TimePoint at)
{
    return JsonObject{{u"check"_s, jose::checkCode(check.kind)},
                      {u"result"_s, jose::checkResultCode(check.result)},
                      {u"expected"_s, check.expected},
                      {u"got"_s, check.got},
                      {u"sentence"_s, jose::checkSentence(check, at)}};
}

Json checksJson(const jose::Verification &verification)
{
    JsonArray checks;
    for (const jose::Check &check : verification.checks)
        checks.push_back(checkJson(check, verification.at));
    return checks;
}

QString verdictSentence(const jose::Verification &verification)
{
    if (verification.passed())
        return Texts::tr("The token passes every check.");
    if (const jose::Check *failure = verification.firstFailure())
        return Texts::tr("The token fails at %1: %2.")
            .arg(jose::checkName(failure->kind), jose::checkSentence(*failure, verification.at));
    return Texts::tr("The token could not be checked.");
}

QString resultWord(jose::CheckResult result)
{
    switch (result) {
    case jose::CheckResult::passed:
        return Texts::tr("passed");
    case jose::CheckResult::failed:
        return Texts::tr("failed");
    case jose::CheckResult::notApplicable:
        break;
    }
    return Texts::tr("not applicable");
}

QString checksText(const jose::Verification &verification)
{
    QString text;
    for (const jose::Check &check : verification.checks)
        text += u"  "_s + resultWord(check.result).leftJustified(16) + jose::checkName(check.kind).leftJustified(18) +
                jose::checkSentence(check, verification.at) + u'\n';
    return text;
}

QString membersText(const JsonObject &object)
{
    QString text;
    for (const JsonMember &member : object.members())
        text += u"  "_s + visible(member.first).leftJustified(22) + u' ' +
                visible(QString::fromUtf8(toCompactJson(member.second))) + u'\n';
    return text;
}

ErrorCode failureCode(const jose::Verification &verification)
{
    const jose::Check *structure = verification.find(jose::CheckKind::structure);
    switch (structure ? structure->fault : jose::CheckFault::none) {
    case jose::CheckFault::opaque:
        return jose::errors::tokenOpaque;
    case jose::CheckFault::encrypted:
        return jose::errors::tokenEncrypted;
    case jose::CheckFault::malformed:
        return jose::errors::tokenMalformed;
    case jose::CheckFault::tooLarge:
        return jose::errors::tokenTooLarge;
    default:
        return jose::errors::tokenNotVerified;
    }
}

/// The outcome of a verification: a finding of our own, so no API's status.
JsonObject verificationOutcome(const jose::Verification &verification)
{
    const QString sentence = verdictSentence(verification);
    if (verification.passed())
        return outcomeJson(u"ok"_s, u"token.ok"_s, sentence);
    return outcomeJson(u"token-invalid"_s, failureCode(verification).toString(), sentence);
}

Json failuresJson(const jose::Verification &verification)
{
    JsonArray failed;
    for (const jose::Check &check : verification.checks) {
        if (check.result == jose::CheckResult::failed)
            failed.push_back(checkJson(check, verification.at));
    }
    return failed;
}

JsonObject verdictJson(const Result<jose::Verification> &verification)
{
    const QString verdict = verification && verification->passed() ? u"passed"_s : u"failed"_s;
    if (!verification)
        return {{u"outcome"_s, *keysFailureReport(verification.error()).json.find(u"outcome")},
                {u"verdict"_s, verdict},
                {u"failures"_s, JsonArray()}};
    return {{u"outcome"_s, verificationOutcome(*verification)},
            {u"verdict"_s, verdict},
            {u"failures"_s, failuresJson(*verification)}};
}

QString verdictText(const Result<jose::Verification> &verification)
{
    if (!verification)
        return Texts::tr("failed: %1").arg(visible(verification.error().message));
    const jose::Check *failure = verification->firstFailure();
    if (!failure)
        return Texts::tr("passed");
    return Texts::tr("failed at %1: %2")
        .arg(jose::checkName(failure->kind), jose::checkSentence(*failure, verification->at));
}

/// Puts the number in at the end of an object on a line.
QByteArray numbered(const QByteArray &object, qint64 number)
{
    return object.chopped(2) + ",\"line\":" + QByteArray::number(number) + "}\n";
}

jose::Verification passedVerification()
{
    return {{{jose::CheckKind::structure, jose::CheckResult::passed, {}, {}}}, {}};
}

} // namespace

Report tokenReport(const jose::InspectedToken &token)
{
    const bool isValid = token.verification.passed();
    const Result<jose::DecodedToken> &decoded = token.decoded;
    Report report;
    report.status = isValid ? ExitStatus::success : ExitStatus::refused;
    report.json = {{u"outcome"_s, verificationOutcome(token.verification)},
                   {u"header"_s, decoded ? Json(decoded->header) : Json()},
                   {u"claims"_s, decoded ? Json(decoded->claims) : Json()},
                   {u"checks"_s, checksJson(token.verification)},
                   {u"verdict"_s, isValid ? u"passed"_s : u"failed"_s}};
    if (decoded)
        report.text = Texts::tr("Header") + u'\n' + membersText(decoded->header) + Texts::tr("Claims") + u'\n' +
                      membersText(decoded->claims);
    report.text += Texts::tr("Checks") + u'\n' + checksText(token.verification) + Texts::tr("Verdict") + u'\n' +
                   u"  "_s + verdictSentence(token.verification) + u'\n';
    if (!decoded && !decoded.error().message.isEmpty())
        report.problem = advised(decoded.error()) + u'\n';
    return report;
}

VerdictPrinter::VerdictPrinter(const Console &console)
    : m_console(console)
    , m_passed(console.printsJson() ? console.jsonLine(verdictJson(passedVerification()))
                                    : console.safeText(verdictText(passedVerification())) + '\n')
{}

QByteArray VerdictPrinter::line(qint64 number, const Result<jose::Verification> &verification) const
{
    const bool isPassed = verification && verification->passed();
    if (!m_console.printsJson())
        return isPassed ? m_passed : m_console.safeText(verdictText(verification)) + '\n';
    return numbered(isPassed ? m_passed : m_console.jsonLine(verdictJson(verification)), number);
}

} // namespace bookdesk::cli
