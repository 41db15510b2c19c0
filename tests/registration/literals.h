/// A small reader of PowerShell, Bicep and Terraform: what is a text in them, and whether brackets match outside.
#pragma once

#include <QString>
#include <QStringList>

namespace bookdesk::test {

/// What a language's texts look like.
struct Language
{
    QChar quote;
    QString comment;        ///< What a comment to the end of the line begins with.
    bool hasBackslash;      ///< A backslash keeps the next character from ending the text; else a quote is doubled.
    QString quotes = quote; ///< All characters that are read as the quote.
    QChar otherQuote = {};  ///< Of texts that the language has besides, with no foreign value in them.
};

/// What is between quotes, as it is written, and the brackets that are outside.
struct Reading
{
    QStringList texts;
    QString brackets;
    bool isWhole = true; ///< Each text ended.
};

inline Reading readAs(const Language &language, const QString &source)
{
    Reading reading;
    for (qsizetype at = 0; at < source.size(); ++at) {
        if (source.sliced(at).startsWith(language.comment)) {
            const qsizetype end = source.indexOf(u'\n', at);
            at = end < 0 ? source.size() : end;
            continue;
        }
        const QChar letter = source[at];
        const bool isOther = !language.otherQuote.isNull() && letter == language.otherQuote;
        if (!language.quotes.contains(letter) && !isOther) {
            if (QStringLiteral("()[]{}").contains(letter))
                reading.brackets += letter;
            continue;
        }
        const QString closing = isOther ? QString(letter) : language.quotes;
        QString text;
        bool isOver = false;
        for (++at; at < source.size() && !isOver; ++at) {
            if (language.hasBackslash && source[at] == u'\\') {
                text += source.mid(at++, 2);
            } else if (closing.contains(source[at])) {
                const bool isDoubled =
                    !language.hasBackslash && at + 1 < source.size() && closing.contains(source[at + 1]);
                isOver = !isDoubled;
                if (isDoubled)
                    text += source[at++];
            } else {
                text += source[at];
            }
        }
        --at;
        reading.isWhole = reading.isWhole && isOver;
        reading.texts += text;
    }
    return reading;
}

inline bool isBalanced(const QString &brackets)
{
    QString open;
    for (const QChar letter : brackets) {
        if (QStringLiteral("([{").contains(letter)) {
            open += letter;
            continue;
        }
        const QString pair = open.right(1) + letter;
        if (pair != QStringLiteral("()") && pair != QStringLiteral("[]") && pair != QStringLiteral("{}"))
            return false;
        open.chop(1);
    }
    return open.isEmpty();
}

} // namespace bookdesk::test
