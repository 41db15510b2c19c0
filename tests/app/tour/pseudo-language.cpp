#include "app/tour/pseudo-language.h"

#include "core/json.h"

#include <QDir>
#include <QFile>
#include <QLocale>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::test {
namespace {

/// A real language, because a locale has to have one; the program is not translated into it.
const QLocale pseudoLocale(QLocale::Esperanto);

Json pseudoJson(const Json &value)
{
    if (const QString *text = value.asString())
        return pseudoText(*text);
    if (value.asArray())
        return value; // Lines of code.
    JsonObject result;
    if (const JsonObject *object = value.asObject())
        for (const auto &[name, member] : object->members())
            result.append(name, pseudoJson(member));
    return result;
}

/// Writes `FOLDER/eo.json` below @p root, made of the English file.
bool writePseudoFile(const QDir &root, const QString &folder)
{
    QFile english(u":/bookdesk/%1/en.json"_s.arg(folder));
    QFile pseudo(root.filePath(folder + u'/' + QLocale::languageToCode(pseudoLocale.language()) + u".json"_s));
    if (!english.open(QIODevice::ReadOnly) || !root.mkpath(folder) || !pseudo.open(QIODevice::WriteOnly))
        return false;
    const Result<Json> texts = parseJson(english.readAll());
    return texts && pseudo.write(toPrettyJson(pseudoJson(*texts))) > 0;
}

} // namespace

QString pseudoText(const QString &text)
{
    constexpr qsizetype run = 5; // Blanks in between, so that it wraps as words do.
    if (text.isEmpty())
        return text;
    const qsizetype added = (text.size() * 2 + 4) / 5;
    QString filler;
    for (qsizetype left = added; left > 0; left -= run)
        filler += u' ' + QString(std::min(left, run), u'~');
    return u'[' + text + filler + u']';
}

QString withoutPseudoTexts(const QString &shown)
{
    // Values inside may have brackets of their own.
    static const QRegularExpression balanced(u"(\\[(?:[^\\[\\]]++|(?1))*\\])"_s);
    QString rest;
    qsizetype end = 0;
    for (const QRegularExpressionMatch &match : balanced.globalMatch(shown)) {
        const bool isPseudo = match.capturedView().endsWith("~]"_L1);
        rest += shown.mid(end, match.capturedStart() - end) + (isPseudo ? QString() : match.captured());
        end = match.capturedEnd();
    }
    return rest + shown.mid(end);
}

QString PseudoTranslator::translate(const char *context, const char *source, const char *, int) const
{
    const QString text = QString::fromUtf8(source);
    return qstrcmp(context, "QShortcut") == 0 ? text : pseudoText(text);
}

bool PseudoData::install()
{
    const QTemporaryDir folder;
    const QDir root(folder.path());
    for (const QString &texts : {u"claims"_s, u"advice"_s, u"remedies"_s}) {
        if (!writePseudoFile(root, texts))
            return false;
    }
    QLocale::setDefault(pseudoLocale);
    return m_data.install(root);
}

} // namespace bookdesk::test
