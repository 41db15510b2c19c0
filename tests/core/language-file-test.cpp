#include "core/language-file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace bookdesk;
using namespace Qt::StringLiterals;

class LanguageFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theClosestLanguageIsPicked_data()
    {
        QTest::addColumn<QStringList>("files");
        QTest::addColumn<QString>("locale");
        QTest::addColumn<QString>("picked");
        const auto row = [](const char *name, const QStringList &files, const QString &locale, const QString &picked) {
            QTest::newRow(name) << files << locale << picked;
        };
        const QStringList all{u"de_AT"_s, u"de"_s, u"en"_s};
        row("language and country", all, u"de_AT"_s, u"de_AT"_s);
        row("the language where the country has none", all, u"de_CH"_s, u"de"_s);
        row("English where the language has none", all, u"fr_FR"_s, u"en"_s);
        row("English of any country", all, u"en_GB"_s, u"en"_s);
        row("English for the C locale", all, u"C"_s, u"en"_s);
        row("no language takes another's country", {u"de_AT"_s, u"en"_s}, u"de_DE"_s, u"en"_s);
        row("a language of three letters", {u"gsw"_s, u"en"_s}, u"gsw_CH"_s, u"gsw"_s);
        row("no language takes one that begins alike", {u"gs"_s, u"en"_s}, u"gsw_CH"_s, u"en"_s);
        row("a script does not matter", {u"zh"_s, u"en"_s}, u"zh_Hant_TW"_s, u"zh"_s);
    }

    void theClosestLanguageIsPicked()
    {
        QFETCH(QStringList, files);
        QFETCH(QString, locale);
        QFETCH(QString, picked);
        const QTemporaryDir folder;
        for (const QString &name : files)
            QVERIFY(QFile(folder.filePath(name + u".json"_s)).open(QIODevice::WriteOnly));
        QCOMPARE(languageFile(folder.path(), QLocale(locale)), folder.filePath(picked + u".json"_s));
    }

    void filesOfAnotherTypeHaveTheirOwn()
    {
        const QTemporaryDir folder;
        QVERIFY(QFile(folder.filePath(u"de.json"_s)).open(QIODevice::WriteOnly));
        QVERIFY(QFile(folder.filePath(u"fr.qm"_s)).open(QIODevice::WriteOnly));
        QCOMPARE(languageFile(folder.path(), QLocale(u"fr_FR"_s), u"qm"_s), folder.filePath(u"fr.qm"_s));
        QCOMPARE(languageFile(folder.path(), QLocale(u"de_DE"_s), u"qm"_s), folder.filePath(u"en.qm"_s));
    }

    void theDefaultLocaleIsMeant()
    {
        const QTemporaryDir folder;
        QVERIFY(QFile(folder.filePath(u"de.json"_s)).open(QIODevice::WriteOnly));
        const QLocale before;
        QLocale::setDefault(QLocale(u"de_DE"_s));
        const QString picked = languageFile(folder.path());
        QLocale::setDefault(before);
        QCOMPARE(picked, folder.filePath(u"de.json"_s));
    }
};

QTEST_GUILESS_MAIN(LanguageFileTest)
#include "language-file-test.moc"
