// Runs lupdate over lib and app as translators do: it must find every text, under the context that the program asks
// for, and have nothing to warn of. The English forms of counted texts are held against what it finds.
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QMap>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace {

const QString sourceRoot = QStringLiteral(BOOKDESK_SOURCE_DIR);

/// A text as lupdate found it.
struct Text
{
    QString context;
    QString source;
    QStringList places; ///< "lib/core/text.cpp:12"
    bool isNumerus = false;
    QStringList forms = {}; ///< for one and for many, of a counted text that is translated
};

struct Source
{
    QString path; // relative to the checkout
    QString text;
};

QString relative(const QString &path) { return QFileInfo(path).absoluteFilePath().mid(sourceRoot.size() + 1); }

QStringList readForms(QXmlStreamReader &xml)
{
    QStringList forms;
    while (xml.readNextStartElement())
        forms += xml.readElementText();
    return forms;
}

Text readMessage(QXmlStreamReader &xml, const QString &context, const QDir &folder)
{
    Text text{context, {}, {}, xml.attributes().value("numerus"_L1) == "yes"_L1};
    while (xml.readNextStartElement()) {
        if (xml.name() == "location"_L1) {
            const QString file = relative(folder.filePath(xml.attributes().value("filename"_L1).toString()));
            text.places += file + u':' + xml.attributes().value("line"_L1).toString();
            xml.skipCurrentElement();
        } else if (xml.name() == "source"_L1) {
            text.source = xml.readElementText();
        } else if (xml.name() == "translation"_L1 && text.isNumerus) {
            text.forms = readForms(xml);
        } else {
            xml.skipCurrentElement();
        }
    }
    return text;
}

QList<Text> readTexts(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<Text> texts;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "name"_L1)
            context = xml.readElementText();
        else if (xml.name() == "message"_L1)
            texts += readMessage(xml, context, QFileInfo(path).dir());
    }
    return texts;
}

/// The counted ones among @p texts, by context and source, each with its forms.
QMap<QString, QStringList> countedTexts(const QList<Text> &texts)
{
    QMap<QString, QStringList> counted;
    for (const Text &text : texts)
        if (text.isNumerus)
            counted.insert(text.context + u": "_s + text.source, text.forms);
    return counted;
}

/// The placeholders of a text, in order: "%1 %n".
QString places(const QString &text)
{
    static const QRegularExpression place(u"%(\\d|L?n)"_s);
    QStringList found;
    for (const QRegularExpressionMatch &match : place.globalMatch(text))
        found += match.captured();
    return found.join(u' ');
}

/// Lines that are comments are emptied.
QString withoutComments(QString text)
{
    static const QRegularExpression comment(u"^ *//.*$"_s, QRegularExpression::MultilineOption);
    return text.remove(comment);
}

QList<Source> sources()
{
    QList<Source> all;
    for (const QString &top : {u"lib"_s, u"app"_s}) {
        QDirIterator files(sourceRoot + u'/' + top, {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                qFatal("%s cannot be read", qPrintable(file.fileName()));
            all.append({relative(file.fileName()), withoutComments(QString::fromUtf8(file.readAll()))});
        }
    }
    return all;
}

/// Where @p pattern matches in the sources: "lib/core/text.cpp:12".
QStringList placesOf(const QString &pattern)
{
    const QRegularExpression expression(pattern, QRegularExpression::MultilineOption);
    QStringList places;
    for (const Source &source : sources())
        for (const QRegularExpressionMatch &match : expression.globalMatch(source.text))
            places += source.path + u':' + QString::number(source.text.left(match.capturedStart()).count(u'\n') + 1);
    return places;
}

/// The contexts that each file declares for its free functions.
QMap<QString, QStringList> declaredContexts()
{
    static const QRegularExpression declaration(u"Q_DECLARE_TR_FUNCTIONS\\((\\w+)\\)|QT_TRANSLATE_NOOP\\(\"(\\w+)\""_s);
    QMap<QString, QStringList> contexts;
    for (const Source &source : sources())
        for (const QRegularExpressionMatch &match : declaration.globalMatch(source.text))
            contexts[source.path] += match.captured(1) + match.captured(2);
    return contexts;
}

} // namespace

class TranslationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString ts = m_folder.filePath(u"all.ts"_s);
        QProcess lupdate;
        lupdate.start(QStringLiteral(BOOKDESK_LUPDATE),
                      {sourceRoot + u"/lib"_s, sourceRoot + u"/app"_s, u"-no-obsolete"_s, u"-silent"_s, u"-locations"_s,
                       u"absolute"_s, u"-ts"_s, ts});
        QVERIFY2(lupdate.waitForFinished(), qPrintable(lupdate.errorString()));
        QCOMPARE(lupdate.exitCode(), 0);
        m_warnings = QString::fromUtf8(lupdate.readAllStandardError());
        m_texts = readTexts(ts);
        QVERIFY(!m_texts.isEmpty());
    }

    void lupdateHasNothingToWarnOf() { QVERIFY2(m_warnings.isEmpty(), qPrintable(m_warnings)); }

    void everyTextIsFound()
    {
        QSet<QString> found;
        for (const Text &text : m_texts)
            found += QSet(text.places.begin(), text.places.end());
        const QStringList written = placesOf(u"\\b(tr\\(\\s*|QT_TRANSLATE_NOOP\\(\"\\w+\", )\""_s);
        QVERIFY(!written.isEmpty());
        for (const QString &place : written)
            QVERIFY2(found.contains(place), qPrintable(place));
    }

    void everyTextIsWrittenWhereItIsTranslated()
    {
        // The facts' names and the probes' texts are in tables, marked for lupdate.
        const QRegularExpression elsewhere(u"^(?!lib/(core/fact|lab/probe-catalogue)\\.cpp:)"_s);
        QCOMPARE(placesOf(u"\\btr\\((?!\\s*\")|\\btranslate\\("_s).filter(elsewhere), QStringList());
    }

    void everyTextIsFoundUnderTheContextThatItIsAskedFor()
    {
        const QMap<QString, QStringList> declared = declaredContexts();
        for (const Text &text : m_texts) {
            for (const QString &place : text.places) {
                const bool isOfClass = text.context.startsWith("bookdesk::"_L1);
                QVERIFY2(isOfClass || declared.value(place.section(u':', 0, 0)).contains(text.context),
                         qPrintable(place + u" is in "_s + text.context));
            }
        }
    }

    void aContextStandsForOneClassOrFile()
    {
        QMap<QString, QString> folders;
        const QMap<QString, QStringList> declared = declaredContexts();
        for (auto file = declared.begin(); file != declared.end(); ++file) {
            const QString folder = file.key().section(u'/', 0, -2);
            for (const QString &context : file.value())
                QVERIFY2(folders.insert(context, folders.value(context, folder)).value() == folder,
                         qPrintable(context + u" is in "_s + folder));
        }
        for (const Text &text : m_texts)
            QVERIFY2(!text.context.contains("::"_L1) || !folders.contains(text.context.section(u"::"_s, -1)),
                     qPrintable(text.context));
    }

    void textsAreSentencesAndNotTheirParts()
    {
        for (const Text &text : m_texts)
            QVERIFY2(text.source == text.source.trimmed(), qPrintable(text.context + u": "_s + text.source));
    }

    void countedTextsHaveTheirFormsForNumbers()
    {
        static const QRegularExpression number(u"%L?n"_s);
        for (const Text &text : m_texts)
            QVERIFY2(text.isNumerus == text.source.contains(number), qPrintable(text.context + u": "_s + text.source));
    }

    void countedTextsHaveTheirEnglishForms()
    {
        // After a change: lupdate lib app -pluralonly -no-obsolete -locations none -ts resources/translations/en.ts
        const QList<Text> english = readTexts(sourceRoot + u"/resources/translations/en.ts"_s);
        QCOMPARE(countedTexts(english).keys(), countedTexts(m_texts).keys());
        for (const Text &text : english) {
            QVERIFY2(text.forms.size() == 2, qPrintable(text.source));
            QCOMPARE(text.forms.last(), text.source);
            QCOMPARE(places(text.forms.first()), places(text.source));
        }
    }

    void oneOfANounIsNotWrittenAsMany()
    {
        const QSet<QString> withoutNoun{u"list of %n"_s, u"%n more"_s, u"%n trusted by this system"_s,
                                        u"The API asks for a pause of %n s."_s};
        for (const Text &text : readTexts(sourceRoot + u"/resources/translations/en.ts"_s))
            QVERIFY2((text.forms.value(0) == text.forms.value(1)) == withoutNoun.contains(text.source),
                     qPrintable(text.source));
    }

private:
    QTemporaryDir m_folder;
    QString m_warnings;
    QList<Text> m_texts;
};

QTEST_GUILESS_MAIN(TranslationsTest)
#include "translations-test.moc"
