#include "core/masking.h"

#include <QRegularExpression>

#include <algorithm>
#include <tuple>
#include <utility>

namespace bookdesk {
namespace {

/// Ordered, and each stretch beyond the one before it.
Stretches merged(Stretches stretches)
{
    std::ranges::sort(stretches, {}, [](const Stretch &stretch) { return std::tuple(stretch.begin, -stretch.end); });
    Stretches result;
    for (const Stretch &stretch : stretches) {
        if (!result.empty() && (stretch.begin < result.back().end || stretch == result.back()))
            result.back().end = std::max(result.back().end, stretch.end);
        else
            result.push_back(stretch);
    }
    return result;
}

} // namespace

QString removedMark() { return QStringLiteral("\u2039removed\u203A"); }

void addMatches(Stretches &found, const QRegularExpression &pattern, const QString &text)
{
    QRegularExpressionMatchIterator matches = pattern.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        found.push_back({match.capturedStart(1), match.capturedEnd(1)});
    }
    if (!matches.isValid())
        found.push_back({0, text.size()});
}

QString masked(const QString &text, Stretches hidden)
{
    if (hidden.empty())
        return text;
    const QStringView whole(text);
    QString result;
    qsizetype shown = 0;
    for (const Stretch &stretch : merged(std::move(hidden))) {
        result += whole.sliced(shown, stretch.begin - shown);
        result += removedMark();
        shown = stretch.end;
    }
    return result += whole.sliced(shown);
}

} // namespace bookdesk
