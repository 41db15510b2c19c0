// The texts of tr(), with their forms for one and for many.
#include "core/translation.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTest>

using namespace bookdesk;
using namespace Qt::StringLiterals;

namespace {

QString days(int number) { return QCoreApplication::translate("Durations", "%n days", nullptr, number); }

/// A language in which every text is the same.
class OneText : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *, const char *, const char *, int) const override { return u"Tage"_s; }
};

} // namespace

class TranslationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneIsNotMany_data()
    {
        QTest::addColumn<QString>("locale");
        QTest::newRow("in English") << u"en_GB"_s;
        QTest::newRow("without a language") << u"C"_s;
        // In French 0 takes the form for one; texts that are not translated keep the forms of English.
        QTest::newRow("in a language without a file") << u"fr_FR"_s;
    }

    void oneIsNotMany()
    {
        QFETCH(QString, locale);
        const QLocale before;
        QLocale::setDefault(QLocale(locale));
        const Translation translation;
        QLocale::setDefault(before);
        QCOMPARE(days(0), u"0 days"_s);
        QCOMPARE(days(1), u"1 day"_s);
        QCOMPARE(days(2), u"2 days"_s);
    }

    void itEndsWithItsObject()
    {
        {
            const Translation translation;
            QCOMPARE(days(1), u"1 day"_s);
        }
        QCOMPARE(days(1), u"1 days"_s);
    }

    void aLaterLanguageComesFirst()
    {
        const Translation translation;
        OneText later;
        QVERIFY(QCoreApplication::installTranslator(&later));
        QCOMPARE(days(1), u"Tage"_s);
    }
};

QTEST_GUILESS_MAIN(TranslationTest)
#include "translation-test.moc"
