/// Stretches of a text that must not be seen, and the text without them.
#pragma once

#include <QString>

#include <vector>

class QRegularExpression;

namespace bookdesk {

/// What replaces a secret: `‹removed›`.
QString removedMark();

/// From `begin` up to, but not including, `end`, in UTF-16 units.
struct Stretch
{
    qsizetype begin = 0;
    qsizetype end = 0;

    friend bool operator==(const Stretch &, const Stretch &) = default;
};

using Stretches = std::vector<Stretch>;

/// Adds what the first group of @p pattern captures in each match. PCRE gives up on texts that need too much of its
/// stack and on invalid UTF-16; then nobody knows where the secrets are, and the whole text is added.
void addMatches(Stretches &found, const QRegularExpression &pattern, const QString &text);

/// The text with a mark in place of each stretch. Stretches may overlap and come in any order.
QString masked(const QString &text, Stretches hidden);

} // namespace bookdesk
