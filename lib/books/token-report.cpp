#include "books/token-report.h"

#include "books/claim-class.h"
#include "books/report-parts.h"
#include "core/markdown.h"
#include "core/text.h"
#include "jose/explained-kind.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SharedToken)
};

/// The length at which sentences on checks and diagnoses cut values off.
constexpr qsizetype longestValue = 160;

/// The header's values that name no person and that support needs.
bool isShownWhole(QStringView name)
{
    constexpr std::array names{QStringView(u"alg"), QStringView(u"kid"), QStringView(u"typ"), QStringView(u"cty")};
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<ReportedClaim> reportedHeader(const JsonObject &header, const jose::Verification &verification)
{
    std::vector<ReportedClaim> result;
    for (const auto &[name, value] : header.members()) {
        const QString *text = isShownWhole(name) ? value.asString() : nullptr;
        result.push_back({name, text ? *text : claimClass(name, value, verification), text != nullptr});
    }
    return result;
}

std::vector<ReportedClaim> reportedClaims(const JsonObject &claims, const jose::Verification &verification)
{
    std::vector<ReportedClaim> result;
    for (const auto &[name, value] : claims.members())
        result.push_back({name, claimClass(name, value, verification)});
    return result;
}

std::vector<ReportedCheck> reportedChecks(const jose::Verification &verification)
{
    std::vector<ReportedCheck> result;
    for (const jose::Check &check : verification.checks)
        result.push_back({check.kind, check.result, jose::sharedCheckSentence(check, verification.at)});
    return result;
}

/// What was expected or got, as sentences show it; the checks of names, types and algorithms only name.
QStringList valuesOf(const jose::Check &check)
{
    switch (check.kind) {
    case jose::CheckKind::algorithm:
    case jose::CheckKind::key:
    case jose::CheckKind::signature:
    case jose::CheckKind::requiredClaims:
        return {};
    case jose::CheckKind::claimTypes:
    case jose::CheckKind::subject:
    case jose::CheckKind::tokenType:
        return {check.got};
    default:
        return {check.expected, check.got};
    }
}

bool repeats(const QString &sentence, const jose::Check &check)
{
    const QStringList values = valuesOf(check);
    return std::any_of(values.begin(), values.end(), [&sentence](const QString &value) {
        return !value.isEmpty() && sentence.contains(visible(shortened(value, longestValue)));
    });
}

/// The same diagnosis; where its reason repeats a claim's value, the reason says only which check decided.
Diagnosis withoutValues(Diagnosis diagnosis, const jose::Verification &verification)
{
    for (const jose::Check &check : verification.checks) {
        if (repeats(diagnosis.why, check))
            diagnosis.why = jose::failureSentence(jose::explainedKind(check));
    }
    return diagnosis;
}

QString claimsTable(const QString &title, const std::vector<ReportedClaim> &claims)
{
    if (claims.empty())
        return {};
    QString text = reportHeading(title) + markdownTableHead({Texts::tr("Name"), Texts::tr("Class of its value")});
    for (const ReportedClaim &claim : claims)
        text += markdownRow(
            {reportName(claim.name), claim.isValue ? reportName(claim.valueClass) : reportCell(claim.valueClass)});
    return text;
}

QString checksTable(const std::vector<ReportedCheck> &checks)
{
    QString text = reportHeading(Texts::tr("Checks")) +
                   markdownTableHead({Texts::tr("Check"), Texts::tr("Result"), Texts::tr("What was found")});
    for (const ReportedCheck &check : checks)
        text += markdownRow({reportCell(jose::checkName(check.kind)), reportCell(jose::checkResultName(check.result)),
                             markdownText(check.sentence)});
    return text;
}

QString predictionsTable(const std::vector<ReportedPrediction> &predictions)
{
    QString text = reportHeading(Texts::tr("Predicted answers")) +
                   markdownTableHead({Texts::tr("Call"), Texts::tr("Answer"), Texts::tr("Why")});
    for (const ReportedPrediction &reported : predictions) {
        const Prediction &prediction = reported.prediction;
        text += markdownRow(
            {reportName(operationOf(reported.rule)), predictionCell(prediction), markdownText(prediction.reason)});
    }
    return text;
}

QString verdictText(const Diagnosis &diagnosis)
{
    QString text = u"**"_s + markdownText(diagnosis.headline) + u"**\n"_s;
    for (const QString &sentence : {diagnosis.why, diagnosis.remedy, diagnosis.expectation}) {
        if (!sentence.isEmpty())
            text += u'\n' + markdownText(sentence) + u'\n';
    }
    return text;
}

QString signatureText(qsizetype size)
{
    return u'\n' +
           markdownText(Texts::tr("The signature of %n bytes was removed, and so were all values that may "
                                  "be personal.",
                                  nullptr, static_cast<int>(size))) +
           u'\n';
}

Json claimsJson(const std::vector<ReportedClaim> &claims)
{
    JsonArray array;
    for (const ReportedClaim &claim : claims)
        array.push_back(JsonObject{{u"name"_s, claim.name}, {u"class"_s, claim.valueClass}});
    return array;
}

Json checksJson(const std::vector<ReportedCheck> &checks)
{
    JsonArray array;
    for (const ReportedCheck &check : checks)
        array.push_back(JsonObject{{u"check"_s, jose::checkCode(check.kind)},
                                   {u"result"_s, jose::checkResultCode(check.result)},
                                   {u"sentence"_s, check.sentence}});
    return array;
}

} // namespace

TokenReport tokenReport(const jose::InspectedToken &token, const Diagnosis &diagnosis, const jose::ClaimNames &names)
{
    TokenReport report;
    report.diagnosis = withoutValues(diagnosis, token.verification);
    report.checks = reportedChecks(token.verification);
    report.versions = versions();
    TokenFacts facts{{}, token.verification};
    if (token.decoded) {
        report.isReadable = true;
        report.header = reportedHeader(token.decoded->header, token.verification);
        report.claims = reportedClaims(token.decoded->claims, token.verification);
        report.signatureSize = token.decoded->signature.size();
        facts.grants = jose::readGrants(*token.decoded, names);
    }
    for (const AccessRule &rule : {listRule(), deleteRule()})
        report.predictions.push_back({rule, predict(rule, facts)});
    return report;
}

QString toMarkdown(const TokenReport &report)
{
    QString text = u"# "_s + markdownText(Texts::tr("Report of a token")) + u"\n\n"_s + verdictText(report.diagnosis);
    if (report.isReadable)
        text += signatureText(report.signatureSize);
    return text + claimsTable(Texts::tr("Header"), report.header) + claimsTable(Texts::tr("Claims"), report.claims) +
           checksTable(report.checks) + predictionsTable(report.predictions) + versionsTable(report.versions);
}

JsonObject toJson(const TokenReport &report)
{
    return {{u"header"_s, claimsJson(report.header)},
            {u"claims"_s, claimsJson(report.claims)},
            {u"checks"_s, checksJson(report.checks)},
            {u"versions"_s, versionsJson(report.versions)}};
}

} // namespace bookdesk::books
