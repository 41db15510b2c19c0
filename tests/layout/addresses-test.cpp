// No address is shown in letters that could imitate another host.
#include "layout/sources.h"

#include <QRegularExpression>
#include <QTest>

using namespace bookdesk::test;
using namespace Qt::StringLiterals;

class AddressesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// toDisplayString gives Unicode unless it is told not to, and so does host(), which is for comparing alone.
    void areShownInAscii_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::newRow("a whole address") << u"toDisplayString\\((?!QUrl::FullyEncoded)"_s;
        QTest::newRow("a host that is shown") << u"(visible|quotable|shortened|arg)\\([^;]*\\bhost\\(\\)"_s;
        QTest::newRow("the API's address") << u"apiBaseUrl(\\(\\))?\\.toString\\((?!QUrl::FullyEncoded)"_s;
    }

    void areShownInAscii()
    {
        QFETCH(const QString, pattern);
        const QRegularExpression forbidden(pattern);
        for (const Source &source : sourcesBelow(u"lib"_s) + sourcesBelow(u"app"_s)) {
            const QRegularExpressionMatch match = forbidden.match(source.text);
            QVERIFY2(!match.hasMatch(), qPrintable(source.path + u": "_s + match.captured()));
        }
    }
};

QTEST_GUILESS_MAIN(AddressesTest)
#include "addresses-test.moc"
