#include "books/comparison-texts.h"

#include "core/durations.h"
#include "core/markdown.h"
#include "core/text.h"
#include "jose/decoded-token.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenComparison)
};

bool isAllowed(const Prediction &prediction) { return prediction.status == 200; }

AccessChange changeOf(const TokenComparison &comparison)
{
    if (comparison.isOneToken)
        return AccessChange::oneToken;
    const auto any = [&comparison](auto condition) {
        return std::any_of(comparison.predictions.begin(), comparison.predictions.end(), condition);
    };
    if (any([](const PredictedPair &pair) { return !pair.a.isKnown() || !pair.b.isKnown(); }))
        return AccessChange::unknown;
    const bool hasMore = any([](const PredictedPair &pair) { return !isAllowed(pair.a) && isAllowed(pair.b); });
    const bool hasLess = any([](const PredictedPair &pair) { return isAllowed(pair.a) && !isAllowed(pair.b); });
    if (hasMore != hasLess)
        return hasMore ? AccessChange::more : AccessChange::less;
    return any([](const PredictedPair &pair) { return pair.differs(); }) ? AccessChange::other : AccessChange::none;
}

/// The first of @p needed that one of the tokens has and the other lacks.
QString firstMoved(const TokenComparison &comparison, const QStringList &needed, bool isAdded)
{
    for (const ClaimDifference &claim : comparison.claims) {
        if (claim.group != ClaimGroup::decides)
            continue;
        for (const QString &name : isAdded ? claim.onlyInB : claim.onlyInA) {
            if (needed.contains(name))
                return name;
        }
    }
    return {};
}

struct GrantTexts
{
    QString role;
    QString scope;
    QString neither;
};

/// The headline with the role or scope that decides, if there is one.
QString headlineBy(const TokenComparison &comparison, bool isMore, const GrantTexts &texts)
{
    for (const PredictedPair &pair : comparison.predictions) {
        if (!pair.differs() || (pair.a.status != 403 && pair.b.status != 403))
            continue;
        if (const QString role = firstMoved(comparison, pair.rule.roles, isMore); !role.isEmpty())
            return texts.role.arg(role);
        if (const QString scope = firstMoved(comparison, pair.rule.scopes, isMore); !scope.isEmpty())
            return texts.scope.arg(scope);
    }
    return texts.neither;
}

QString headlineOf(const TokenComparison &comparison, AccessChange change)
{
    switch (change) {
    case AccessChange::oneToken:
        return Texts::tr("A and B are one token");
    case AccessChange::none:
        return Texts::tr("Both allow the same");
    case AccessChange::more:
        return headlineBy(comparison, true,
                          {Texts::tr("B allows more: role %1 was added"),
                           Texts::tr("B allows more: scope %1 was added"), Texts::tr("B allows more")});
    case AccessChange::less:
        return headlineBy(comparison, false,
                          {Texts::tr("B allows less: role %1 was removed"),
                           Texts::tr("B allows less: scope %1 was removed"), Texts::tr("B allows less")});
    case AccessChange::other:
        return Texts::tr("The API will answer them differently");
    case AccessChange::unknown:
        break;
    }
    return Texts::tr("What they allow cannot be predicted");
}

/// The reason of the token that is refused, where the headline's role or scope does not say it; where both are, B's.
QString reasonOf(const PredictedPair &pair)
{
    const Prediction &refused = isAllowed(pair.b) ? pair.a : pair.b;
    return refused.status == 403 && pair.a.status != 401 && pair.b.status != 401 ? QString() : refused.reason;
}

QString changeSentence(const PredictedPair &pair)
{
    const QString operation = operationOf(pair.rule);
    const QString a = QString::number(pair.a.status);
    const QString b = QString::number(pair.b.status);
    const QString reason = reasonOf(pair);
    if (reason.isEmpty())
        return Texts::tr("%1 is now predicted %2 instead of %3.").arg(operation, b, a);
    const QString text = isAllowed(pair.b) ? Texts::tr("%1 is now predicted %2 instead of %3. Token A: %4")
                                           : Texts::tr("%1 is now predicted %2 instead of %3. Token B: %4");
    return text.arg(operation, b, a, reason);
}

QString detailOf(const TokenComparison &comparison, AccessChange change)
{
    QStringList sentences;
    if (change == AccessChange::oneToken)
        return {};
    if (change == AccessChange::unknown) {
        for (const PredictedPair &pair : comparison.predictions) {
            if (!pair.a.isKnown())
                sentences += Texts::tr("A: %1").arg(pair.a.reason);
            if (!pair.b.isKnown())
                sentences += Texts::tr("B: %1").arg(pair.b.reason);
        }
        sentences.removeDuplicates();
    }
    for (const PredictedPair &pair : comparison.predictions) {
        if (change == AccessChange::none)
            sentences += Texts::tr("%1: %2.").arg(operationOf(pair.rule), QString::number(pair.a.status));
        else if (change != AccessChange::unknown && pair.differs())
            sentences += changeSentence(pair);
    }
    return sentences.join(u' ');
}

QString timeOfDay(const std::optional<Json> &value)
{
    const std::optional<TimePoint> time = value ? jose::numericDate(*value) : std::nullopt;
    if (!time)
        return {};
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time->time_since_epoch()).count();
    return QDateTime::fromSecsSinceEpoch(seconds).toString(u"HH:mm"_s);
}

/// "14:20 → 14:28, 8 min later"; times that read the same are left out, and so are those of different days.
QString withTimes(const QString &detail, const ClaimDifference &claim)
{
    const bool isWithinADay = claim.movedBy && std::chrono::abs(*claim.movedBy) < std::chrono::hours(24);
    const QString a = isWithinADay ? timeOfDay(claim.a) : QString();
    const QString b = isWithinADay ? timeOfDay(claim.b) : QString();
    return a == b ? detail : Texts::tr("%1 → %2, %3", "time, later time, distance").arg(a, b, detail);
}

QString markdownOf(const ClaimDifference &claim, const jose::ClaimMeanings &meanings)
{
    const auto cell = [](const QString &text) { return markdownText(shortened(text, 300)); };
    return markdownRow({cell(differenceName(claim.difference)), cell(claim.name), cell(comparedValue(claim.a)),
                        cell(comparedValue(claim.b)), cell(differenceMeaning(claim, meanings))});
}

} // namespace

ComparisonSummary summaryOf(const TokenComparison &comparison)
{
    const AccessChange change = changeOf(comparison);
    return {change, headlineOf(comparison, change), detailOf(comparison, change)};
}

QString accessChangeCode(AccessChange change)
{
    switch (change) {
    case AccessChange::oneToken:
        return u"one-token"_s;
    case AccessChange::none:
        return u"none"_s;
    case AccessChange::more:
        return u"more"_s;
    case AccessChange::less:
        return u"less"_s;
    case AccessChange::other:
        return u"other"_s;
    case AccessChange::unknown:
        break;
    }
    return u"unknown"_s;
}

QString differenceName(Difference difference)
{
    switch (difference) {
    case Difference::same:
        return Texts::tr("same");
    case Difference::added:
        return Texts::tr("added");
    case Difference::removed:
        return Texts::tr("removed");
    case Difference::changed:
        break;
    }
    return Texts::tr("changed");
}

QString differenceCode(Difference difference)
{
    switch (difference) {
    case Difference::same:
        return u"same"_s;
    case Difference::added:
        return u"added"_s;
    case Difference::removed:
        return u"removed"_s;
    case Difference::changed:
        break;
    }
    return u"changed"_s;
}

QString claimGroupName(ClaimGroup group)
{
    switch (group) {
    case ClaimGroup::decides:
        return Texts::tr("Decides what you may do");
    case ClaimGroup::who:
        return Texts::tr("Who, for whom, from where");
    case ClaimGroup::time:
        return Texts::tr("Time and serial numbers");
    case ClaimGroup::header:
        break;
    }
    return Texts::tr("Header");
}

QString claimGroupDetail(ClaimGroup group)
{
    switch (group) {
    case ClaimGroup::decides:
        return Texts::tr("scopes and roles");
    case ClaimGroup::time:
        return Texts::tr("differ in every token");
    case ClaimGroup::who:
    case ClaimGroup::header:
        break;
    }
    return {};
}

QString claimGroupCode(ClaimGroup group)
{
    switch (group) {
    case ClaimGroup::decides:
        return u"decides"_s;
    case ClaimGroup::who:
        return u"who"_s;
    case ClaimGroup::time:
        return u"time"_s;
    case ClaimGroup::header:
        break;
    }
    return u"header"_s;
}

QString comparedValue(const std::optional<Json> &value)
{
    if (!value)
        return Texts::tr("not there");
    if (const QString *text = value->asString())
        return visible(*text);
    const auto json = [](const Json &part) { return QString::fromUtf8(toCompactJson(part)); };
    const JsonArray *array = value->asArray();
    if (!array)
        return visible(json(*value));
    QStringList entries; // with blanks, so that lines break between them
    for (const Json &entry : *array)
        entries += json(entry);
    return visible(u'[' + entries.join(arraySeparator) + u']');
}

QString differenceDetail(const ClaimDifference &claim)
{
    if (claim.movedBy && claim.difference == Difference::changed) {
        const QString duration = durationText(std::chrono::abs(*claim.movedBy));
        return claim.movedBy->count() >= 0 ? Texts::tr("%1 later").arg(duration)
                                           : Texts::tr("%1 earlier").arg(duration);
    }
    QStringList parts;
    if (!claim.onlyInB.isEmpty())
        parts += Texts::tr("%1 added").arg(visible(claim.onlyInB.join(u", "_s)));
    if (!claim.onlyInA.isEmpty())
        parts += Texts::tr("%1 removed").arg(visible(claim.onlyInA.join(u", "_s)));
    return claim.isSet ? parts.join(u"; "_s) : QString();
}

QString differenceMeaning(const ClaimDifference &claim, const jose::ClaimMeanings &meanings)
{
    QString detail = withTimes(differenceDetail(claim), claim);
    if (!detail.isEmpty())
        return detail;
    return claim.group == ClaimGroup::header ? meanings.headerMember(claim.name) : meanings.anyClaim(claim.name);
}

QString differenceSentence(const ClaimDifference &claim)
{
    const QString name = visible(claim.name);
    switch (claim.difference) {
    case Difference::same:
        return Texts::tr("%1, the same, %2").arg(name, comparedValue(claim.a));
    case Difference::added:
        return Texts::tr("%1, added, %2").arg(name, comparedValue(claim.b));
    case Difference::removed:
        return Texts::tr("%1, removed, %2").arg(name, comparedValue(claim.a));
    case Difference::changed:
        break;
    }
    return Texts::tr("%1, changed, from %2 to %3").arg(name, comparedValue(claim.a), comparedValue(claim.b));
}

JsonArray predictionsJson(const std::vector<PredictedPair> &predictions)
{
    JsonArray array;
    for (const PredictedPair &pair : predictions)
        array.push_back(JsonObject{{u"method"_s, QString::fromLatin1(pair.rule.method)},
                                   {u"path"_s, pair.rule.path},
                                   {u"a"_s, pair.a.status},
                                   {u"b"_s, pair.b.status}});
    return array;
}

QString comparisonReport(const TokenComparison &comparison)
{
    const ComparisonSummary summary = summaryOf(comparison);
    const jose::ClaimMeanings meanings = jose::ClaimMeanings::forLocale();
    QString text = u"# "_s + markdownText(Texts::tr("Comparison of two tokens")) + u"\n\n**"_s +
                   markdownText(summary.headline) + u".**\n"_s;
    if (!summary.detail.isEmpty())
        text += u'\n' + markdownText(summary.detail) + u'\n';
    for (const ClaimGroup group : allClaimGroups) {
        QString rows;
        for (const ClaimDifference &claim : comparison.claims) {
            if (claim.group == group && claim.difference != Difference::same)
                rows += markdownOf(claim, meanings);
        }
        if (!rows.isEmpty())
            text += u"\n## "_s + markdownText(claimGroupName(group)) + u"\n\n"_s +
                    markdownTableHead(
                        {Texts::tr("Difference"), Texts::tr("Claim"), u"A"_s, u"B"_s, Texts::tr("What it means")}) +
                    rows;
    }
    return text;
}

} // namespace bookdesk::books
