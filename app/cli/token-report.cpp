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

/// The outcome of a verification: a finding of our own, so no API's status.
JsonObject verificationOutcome(const jose::InspectedToken &token)
{
    const QString sentence = verdictSentence(token.verification);
    if (token.verification.passed())
        return outcomeJson(u"ok"_s, u"token.ok"_s, sentence);
    const ErrorCode code = token.decoded ? jose::errors::tokenNotVerified : token.decoded.error().code;
    return outcomeJson(u"token-invalid"_s, code.toString(), sentence);
}

} // namespace

Report tokenReport(const jose::InspectedToken &token)
{
    const bool isValid = token.verification.passed();
    const Result<jose::DecodedToken> &decoded = token.decoded;
    Report report;
    report.status = isValid ? ExitStatus::success : ExitStatus::refused;
    report.json = {{u"outcome"_s, verificationOutcome(token)},
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
        report.problem = decoded.error().message + u'\n';
    return report;
}

} // namespace bookdesk::cli
