#include "books/shared-comparison.h"

#include "books/claim-class.h"
#include "books/report-parts.h"
#include "core/markdown.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SharedComparison)
};

QString classOf(const ClaimDifference &claim, const std::optional<Json> &value, const jose::Verification &verification)
{
    return value ? claimClass(claim.name, *value, verification) : QString();
}

SharedDifference shared(const ClaimDifference &claim, const jose::Verification &a, const jose::Verification &b)
{
    const bool namesNobody = claim.group == ClaimGroup::decides || claim.movedBy;
    return {claim.name,
            claim.group,
            claim.difference,
            classOf(claim, claim.a, a),
            classOf(claim, claim.b, b),
            namesNobody ? differenceDetail(claim) : QString()};
}

QString classCell(const QString &valueClass)
{
    return reportCell(valueClass.isEmpty() ? Texts::tr("not there") : valueClass);
}

QString differencesTable(const SharedComparison &report, ClaimGroup group)
{
    QString rows;
    for (const SharedDifference &claim : report.differences) {
        if (claim.group == group)
            rows += markdownRow({reportCell(differenceName(claim.difference)), reportCell(claim.name),
                                 classCell(claim.a), classCell(claim.b), reportCell(claim.detail)});
    }
    if (rows.isEmpty())
        return {};
    return reportHeading(claimGroupName(group)) +
           markdownTableHead({Texts::tr("Difference"), Texts::tr("Claim"), Texts::tr("Class of its value in A"),
                              Texts::tr("Class of its value in B"), Texts::tr("What it means")}) +
           rows;
}

QString predictionsTable(const std::vector<PredictedPair> &predictions)
{
    QString text = reportHeading(Texts::tr("Predicted answers")) +
                   markdownTableHead({Texts::tr("Call"), Texts::tr("A"), Texts::tr("B")});
    for (const PredictedPair &pair : predictions)
        text += markdownRow({reportCell(operationOf(pair.rule)), predictionCell(pair.a), predictionCell(pair.b)});
    return text;
}

} // namespace

SharedComparison sharedComparison(const TokenComparison &comparison, const jose::Verification &a,
                                  const jose::Verification &b)
{
    SharedComparison report{summaryOf(comparison), {}, comparison.predictions, versions()};
    for (const ClaimDifference &claim : comparison.claims) {
        if (claim.difference != Difference::same)
            report.differences.push_back(shared(claim, a, b));
    }
    return report;
}

QString toMarkdown(const SharedComparison &report)
{
    QString text = u"# "_s + markdownText(Texts::tr("Report of two tokens")) + u"\n\n**"_s +
                   markdownText(report.summary.headline) + u"**\n"_s;
    if (!report.summary.detail.isEmpty())
        text += u'\n' + markdownText(report.summary.detail) + u'\n';
    text += u'\n' +
            markdownText(Texts::tr("The signatures were removed, and so were all values that may be personal.")) +
            u'\n';
    for (const ClaimGroup group : allClaimGroups)
        text += differencesTable(report, group);
    return text + predictionsTable(report.predictions) + versionsTable(report.versions);
}

JsonObject toJson(const SharedComparison &report)
{
    JsonArray differences;
    for (const SharedDifference &claim : report.differences)
        differences.push_back(JsonObject{{u"name"_s, claim.name},
                                         {u"group"_s, claimGroupCode(claim.group)},
                                         {u"difference"_s, differenceCode(claim.difference)},
                                         {u"a"_s, claim.a},
                                         {u"b"_s, claim.b},
                                         {u"detail"_s, claim.detail}});
    return {{u"change"_s, accessChangeCode(report.summary.change)},
            {u"headline"_s, report.summary.headline},
            {u"detail"_s, report.summary.detail},
            {u"differences"_s, std::move(differences)},
            {u"predictions"_s, predictionsJson(report.predictions)},
            {u"versions"_s, versionsJson(report.versions)}};
}

} // namespace bookdesk::books
