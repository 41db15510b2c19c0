#include "cli/console.h"
#include "cli/report.h"
#include "cli/token-content.h"
#include "core/durations.h"
#include "core/text-cells.h"
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

/// The usual case: a token that passes and is of the expected kind.
bool isPlainPass(const jose::Verification &verification)
{
    return verification.passed() && verification.kind == jose::TokenKind::accessToken;
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

QString checksText(const jose::Verification &verification)
{
    QString text;
    for (const jose::Check &check : verification.checks)
        text += u"  "_s + padded(jose::checkResultName(check.result) + u' ', 16) +
                padded(jose::checkName(check.kind) + u' ', 18) + jose::checkSentence(check, verification.at) + u'\n';
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

/// The outcome of a verification, which has no status because no API answered.
JsonObject verificationOutcome(const jose::Verification &verification, const books::Diagnosis &diagnosis)
{
    const QString sentence = verdictSentence(verification);
    if (verification.passed())
        return outcomeJson(u"ok"_s, u"token.ok"_s, sentence, diagnosis.remedy);
    const jose::Check *failure = verification.firstFailure();
    return outcomeJson(u"token-invalid"_s, failureCode(verification).toString(), sentence, diagnosis.remedy,
                       failure ? jose::checkFacts(*failure) : Facts());
}

Json diagnosisJson(const books::Diagnosis &diagnosis)
{
    return JsonObject{{u"code"_s, diagnosis.code},
                      {u"headline"_s, diagnosis.headline},
                      {u"why"_s, diagnosis.why},
                      {u"remedy"_s, diagnosis.remedy},
                      {u"expectation"_s, diagnosis.expectation},
                      {u"for"_s, books::actorCode(diagnosis.actor)}};
}

QString remedyLabel(books::Actor actor)
{
    switch (actor) {
    case books::Actor::apiOwner:
        return Texts::tr("To fix, for the API's owner:");
    case books::Actor::administrator:
        return Texts::tr("To fix, for the administrator:");
    case books::Actor::nobody:
    case books::Actor::user:
        break;
    }
    return Texts::tr("To fix:");
}

QString diagnosisText(const books::Diagnosis &diagnosis)
{
    QString text = u"  "_s + diagnosis.headline + u"\n  "_s + diagnosis.why + u'\n';
    if (!diagnosis.remedy.isEmpty())
        text += u"  "_s + remedyLabel(diagnosis.actor) + u' ' + diagnosis.remedy + u'\n';
    if (!diagnosis.expectation.isEmpty())
        text += u"  "_s + Texts::tr("Expect:") + u' ' + diagnosis.expectation + u'\n';
    return text;
}

QString verdictCode(const jose::Verification &verification)
{
    return jose::checkResultCode(verification.passed() ? jose::CheckResult::passed : jose::CheckResult::failed);
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

JsonObject verdictJson(const jose::Verification &verification)
{
    const books::Diagnosis diagnosis = books::diagnoseAccessToken(verification);
    return {{u"outcome"_s, verificationOutcome(verification, diagnosis)},
            {u"verdict"_s, verdictCode(verification)},
            {u"failures"_s, failuresJson(verification)},
            {u"diagnosis"_s, diagnosisJson(diagnosis)}};
}

/// For a token that could not be judged.
JsonObject verdictJson(const Error &error)
{
    return {{u"outcome"_s, *keysFailureReport(error).json.find(u"outcome")},
            {u"verdict"_s, verdictCode({})},
            {u"failures"_s, JsonArray()}};
}

QString verdictText(const jose::Verification &verification)
{
    const QString headline = books::diagnoseAccessToken(verification).headline;
    if (const jose::Check *failure = verification.firstFailure())
        return Texts::tr("failed at %1: %2. %3")
            .arg(jose::checkName(failure->kind), jose::checkSentence(*failure, verification.at), headline);
    return isPlainPass(verification) ? Texts::tr("passed") : Texts::tr("passed. %1").arg(headline);
}

QString verdictText(const Error &error) { return Texts::tr("failed: %1").arg(visible(error.message)); }

/// Adds the number as the last member of a one-line object.
QByteArray numbered(const QByteArray &object, qint64 number)
{
    return object.chopped(2) + ",\"line\":" + QByteArray::number(number) + "}\n";
}

jose::Verification passedVerification()
{
    return {{{jose::CheckKind::structure, jose::CheckResult::passed, {}, {}}}, {}};
}

} // namespace

Report tokenReport(const jose::InspectedToken &token, const books::Diagnosis &diagnosis,
                   const jose::ClaimContext &context)
{
    const bool isValid = token.verification.passed();
    const Result<jose::DecodedToken> &decoded = token.decoded;
    Report report;
    report.status = isValid ? ExitStatus::success : ExitStatus::refused;
    report.json = {{u"outcome"_s, verificationOutcome(token.verification, diagnosis)},
                   {u"header"_s, decoded ? Json(decoded->header) : Json()},
                   {u"claims"_s, decoded ? Json(decoded->claims) : Json()},
                   {u"meanings"_s, decoded ? meaningsJson(*decoded, context, token.verification.at) : Json()},
                   {u"checks"_s, checksJson(token.verification)},
                   {u"verdict"_s, verdictCode(token.verification)},
                   {u"diagnosis"_s, diagnosisJson(diagnosis)}};
    if (decoded)
        report.text = contentText(*decoded, context, token.verification.at);
    report.text += Texts::tr("Checks") + u'\n' + checksText(token.verification) + Texts::tr("Verdict") + u'\n' +
                   u"  "_s + verdictSentence(token.verification) + u'\n' + Texts::tr("Diagnosis") + u'\n' +
                   diagnosisText(diagnosis);
    if (!decoded && !decoded.error().message.isEmpty())
        report.problem = advised(decoded.error()) + u'\n';
    return report;
}

Report withClock(Report report, std::optional<std::chrono::seconds> ahead, TimePoint now)
{
    if (!ahead)
        return report;
    report.json.set(u"clockAhead"_s, std::int64_t{ahead->count()});
    if (const QString difference = clockDifference(now, now - *ahead); !difference.isEmpty())
        report.text += Texts::tr("Clock") + u"\n  "_s + difference + u'\n';
    return report;
}

JsonObject withNotes(JsonObject json, const QStringList &notes)
{
    JsonArray sentences;
    for (const QString &note : notes)
        sentences.push_back(note);
    if (!notes.isEmpty())
        json.set(u"notes"_s, std::move(sentences));
    return json;
}

VerdictPrinter::VerdictPrinter(const Console &console)
    : m_console(console)
    , m_passed(made(passedVerification()))
{}

template <class Verdict> QByteArray VerdictPrinter::made(const Verdict &verdict, const QStringList &notes) const
{
    return m_console.printsJson() ? m_console.jsonLine(withNotes(verdictJson(verdict), notes))
                                  : m_console.safeText(verdictText(verdict)) + '\n';
}

QByteArray VerdictPrinter::line(qint64 number, const Result<jose::Verification> &verification,
                                const QStringList &notes) const
{
    const bool isUsual = notes.isEmpty() && verification && isPlainPass(*verification);
    const QByteArray text = isUsual         ? m_passed
                            : !verification ? made(verification.error(), notes)
                                            : made(*verification, notes);
    return m_console.printsJson() ? numbered(text, number) : text;
}

} // namespace bookdesk::cli
