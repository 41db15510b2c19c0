#include "books/comparison-texts.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/token-trust.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenCompareCommand)
};

struct Options
{
    QString a;
    QString b;
    TrustChoice choice;
};

void addOptions(CLI::App &command, Options &options)
{
    addText(command, "A", options.a, Texts::tr("The first token's file; - is standard input."))->required();
    addText(command, "B", options.b, Texts::tr("The second token's file."))->required();
    addTrustChoice(command, options.choice);
}

Json textsJson(const QStringList &texts)
{
    JsonArray array;
    for (const QString &text : texts)
        array.push_back(text);
    return array;
}

Json claimJson(const books::ClaimDifference &claim)
{
    return JsonObject{{u"name"_s, claim.name},
                      {u"group"_s, books::claimGroupCode(claim.group)},
                      {u"difference"_s, books::differenceCode(claim.difference)},
                      {u"a"_s, claim.a.value_or(Json())},
                      {u"b"_s, claim.b.value_or(Json())},
                      {u"onlyInA"_s, textsJson(claim.onlyInA)},
                      {u"onlyInB"_s, textsJson(claim.onlyInB)}};
}

Report comparisonOf(const books::TokenComparison &comparison)
{
    const books::ComparisonSummary summary = books::summaryOf(comparison);
    JsonArray claims;
    for (const books::ClaimDifference &claim : comparison.claims)
        claims.push_back(claimJson(claim));
    Report report;
    report.json = {{u"outcome"_s, outcomeJson(u"ok"_s, u"token.ok"_s, summary.headline)},
                   {u"change"_s, books::accessChangeCode(summary.change)},
                   {u"claims"_s, std::move(claims)},
                   {u"predictions"_s, books::predictionsJson(comparison.predictions)}};
    report.text = books::comparisonReport(comparison);
    return report;
}

Report run(const Context &context, const Options &options)
{
    JudgedTokens judged;
    if (std::optional<Report> failed = judgeTokens(context, {options.a, options.b}, options.choice, judged))
        return *std::move(failed);
    return comparisonOf(books::compareTokens(books::comparedToken(judged.tokens[0], judged.names),
                                             books::comparedToken(judged.tokens[1], judged.names), judged.names));
}

} // namespace

Command tokenCompareCommand()
{
    return makeCommand(u"compare"_s, Texts::tr("Compare two tokens: what they say, and what they allow."), addOptions,
                       run);
}

} // namespace bookdesk::cli
