/// Stretches of a text that must not be seen, and the text without them.
#pragma once

#include <QString>

#include <vector>

class QRegularExpression;

namespace bookdesk {

/// What stands where a secret stood: `‹removed›`.
QString removedMark();

/// From `begin` up to, but not including, `end`, in UTF-16 units.
struct Stretch
{
    qsizetype begin = 0;
    qsizetype end = 0;

    friend bool operator==(const Stretch &, const Stretch &) = default;
};

using Stretches = std::vector<Stretch>;

/// Adds what the first group of @p pattern captures, wherever the pattern matches. PCRE gives up on some texts: those
/// for which its stack is too small, and invalid UTF-16. Then nobody knows where the secrets are, and the whole text is
/// added.
void addMatches(Stretches &found, const QRegularExpression &pattern, const QString &text);

/// The text with a mark in place of each stretch. Stretches may overlap and come in any order.
QString masked(const QString &text, Stretches hidden);

} // namespace bookdesk
