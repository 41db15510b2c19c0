/// Code: some lines of a script, with the commands and values in them marked.
#pragma once

#include <QMap>
#include <QString>

#include <vector>

namespace bookdesk::registration {

enum class Mark {
    value,   ///< Of this tenant: a name, an address, an ID.
    command, ///< What is called.
};

struct Span
{
    qsizetype begin;
    qsizetype size;
    Mark mark;

    friend bool operator==(const Span &, const Span &) = default;
};

/// A plain value. Any thread.
struct Code
{
    QString text;
    std::vector<Span> spans; ///< In the order of the text; they do not overlap.

    friend bool operator==(const Code &, const Code &) = default;
};

/// What stands for a name in a pattern, quoted for the pattern's language.
using Values = QMap<QString, QString>;

/// @p pattern with `§name§` replaced by that value, and `¦text¦` by the text, marked as a command. What is put in is
/// not read again, so no value can pose as a pattern. Every name must be among @p values.
Code filled(const QString &pattern, const Values &values);

/// @p first, a line feed and @p second.
Code joined(Code first, const Code &second);

} // namespace bookdesk::registration
