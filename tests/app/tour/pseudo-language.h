/// A language that exists only for tests: every text is longer by 40 % and stands in brackets, "[Reload ~~~]".
#pragma once

#include "app/tour/compiled-data.h"

#include <QTranslator>

namespace bookdesk::test {

/// The text in that language. It is only added to, so that places for values, mnemonics and tags stay as they are.
QString pseudoText(const QString &text);

/// What is left of @p shown without the texts of that language: values, and what was never translated.
QString withoutPseudoTexts(const QString &shown);

/// Translates whatever is asked for. Names of keys stay, because key sequences are read by them.
class PseudoTranslator : public QTranslator
{
public:
    using QTranslator::QTranslator;

    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *source, const char *note, int count) const override;
};

/// The language's own files of the texts that are kept as data (claims, advice), as long as it lives.
class PseudoData
{
public:
    /// Makes them, and puts the language's locale in force, so that they are found. @return false where that fails.
    bool install();

private:
    CompiledData m_data;
};

} // namespace bookdesk::test
