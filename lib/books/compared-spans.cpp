// Which parts of a compared value the other token does not have.
#include "books/comparison-texts.h"
#include "core/text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

/// The entries of a set as comparedValue shows them, with what is around them.
struct ShownEntries
{
    QStringList texts;
    QStringList names; ///< As in ClaimDifference::onlyInA.
    qsizetype begin = 0;
    qsizetype separator = 1; ///< How long it is.
};

ShownEntries entriesOf(const Json &value)
{
    ShownEntries entries;
    if (const QString *text = value.asString()) {
        entries.names = text->split(u' ');
        entries.texts = visible(*text).split(u' ');
    }
    if (const JsonArray *array = value.asArray()) {
        entries.begin = 1;
        entries.separator = arraySeparator.size();
        for (const Json &entry : *array) {
            const QString json = QString::fromUtf8(toCompactJson(entry));
            entries.names += entry.asString() ? *entry.asString() : json;
            entries.texts += visible(json);
        }
    }
    return entries;
}

std::vector<TextSpan> spansOfEntries(const Json &value, const QStringList &onlyHere)
{
    const ShownEntries entries = entriesOf(value);
    std::vector<TextSpan> spans;
    qsizetype begin = entries.begin;
    for (qsizetype i = 0; i < entries.texts.size() && i < entries.names.size(); ++i) {
        if (onlyHere.contains(entries.names[i]))
            spans.push_back({begin, entries.texts[i].size()});
        begin += entries.texts[i].size() + entries.separator;
    }
    return spans;
}

/// From the first character on in which @p text differs from @p other.
std::vector<TextSpan> tailOf(const QString &text, const QString &other)
{
    const auto differing = std::mismatch(text.begin(), text.end(), other.begin(), other.end()).first;
    const qsizetype begin = differing - text.begin();
    return begin == text.size() ? std::vector<TextSpan>() : std::vector<TextSpan>{{begin, text.size() - begin}};
}

std::vector<TextSpan> spansOnlyHere(const ClaimDifference &claim, const std::optional<Json> &here,
                                    const std::optional<Json> &there, const QStringList &onlyHere)
{
    if (!here || claim.difference == Difference::same)
        return {};
    if (!there)
        return {{0, comparedValue(here).size()}};
    if (claim.isSet)
        return spansOfEntries(*here, onlyHere);
    return claim.movedBy ? tailOf(comparedValue(here), comparedValue(there)) : std::vector<TextSpan>();
}

} // namespace

std::vector<TextSpan> spansOnlyInA(const ClaimDifference &claim)
{
    return spansOnlyHere(claim, claim.a, claim.b, claim.onlyInA);
}

std::vector<TextSpan> spansOnlyInB(const ClaimDifference &claim)
{
    return spansOnlyHere(claim, claim.b, claim.a, claim.onlyInB);
}

} // namespace bookdesk::books
