#include "core/redaction.h"
#include "core/secret.h"

#include <QTest>

#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk {

class SecretTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void revealsItsBytes()
    {
        const Secret secret(QByteArrayView("a\0b", 3));
        QCOMPARE(secret.reveal().toByteArray(), QByteArray("a\0b", 3));
        QCOMPARE(secret.size(), 3);
        QVERIFY(!secret.isEmpty());
    }

    void isWrittenInPlace()
    {
        const auto writeTwo = [](char *out) {
            out[0] = 'a';
            out[1] = 'b';
            return qsizetype{2};
        };
        QVERIFY(Secret::written(5, writeTwo) == Secret("ab"));
        QVERIFY(Secret::written(5, [](char *) { return qsizetype{0}; }).isEmpty());
        QVERIFY(Secret::written(0, [](char *) { return qsizetype{0}; }).isEmpty());
    }

    void isEmptyWithoutBytes()
    {
        QVERIFY(Secret().isEmpty());
        QVERIFY(Secret(QByteArrayView()).isEmpty());
        QVERIFY(Secret() == Secret(QByteArrayView("")));
        QCOMPARE(Secret().reveal().size(), 0);
    }

    void printsAMarkAndNothingElse()
    {
        QString printed;
        QDebug(&printed) << Secret("correct horse battery");
        QCOMPARE(printed.trimmed(), removedMark());
        printed.clear();
        QDebug(&printed) << Secret();
        QCOMPARE(printed.trimmed(), removedMark());
    }

    void leavesThePrintersSettingsAlone()
    {
        QString printed;
        QDebug(&printed) << Secret("correct horse battery") << u"quoted"_s;
        QVERIFY(printed.contains(u"\"quoted\""_s));
    }

    void givesItsBeginning()
    {
        const Secret secret("header.claims.signature");
        const Secret beginning = secret.first(13);
        QCOMPARE(beginning.reveal().toByteArray(), QByteArray("header.claims"));
        QVERIFY2(beginning.reveal().begin() == secret.reveal().begin(), "the bytes are shared, not copied");
        QVERIFY(beginning == Secret("header.claims"));
        QVERIFY(!(beginning == secret));
        QVERIFY(secret.first(0).isEmpty());
        QVERIFY(secret.first(100) == secret);
        QVERIFY(Secret().first(1).isEmpty());
    }

    void comparesByValue()
    {
        QVERIFY(Secret("same") == Secret("same"));
        QVERIFY(!(Secret("same") == Secret("Same")));
        QVERIFY(!(Secret("same") == Secret("same and more")));
        QVERIFY(!(Secret("same") == Secret()));
        QVERIFY(!(Secret("a\0b") == Secret(QByteArrayView("a\0c", 3))));
    }

    void cleansesTheBytesItTakes()
    {
        QByteArray source("correct horse battery");
        const qsizetype size = source.size();
        const Secret secret = Secret::taking(std::move(source));
        QCOMPARE(secret.reveal().toByteArray(), "correct horse battery");
        // NOLINTNEXTLINE(bugprone-use-after-move): what is left behind is the point.
        QCOMPARE(source, QByteArray(size, '\0'));
    }

    void leavesBytesThatOthersShareAlone()
    {
        QByteArray source = QByteArray("correct horse battery") + '!';
        const QByteArray shared = source;
        const Secret secret = Secret::taking(std::move(source));
        QCOMPARE(shared, "correct horse battery!");
        QCOMPARE(secret.reveal().toByteArray(), "correct horse battery!");
    }

    void outlivesItsFirstOwner()
    {
        std::optional<Secret> first = Secret("correct horse battery");
        const Secret copy = *first;
        first.reset();
        QCOMPARE(copy.reveal().toByteArray(), "correct horse battery");
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::SecretTest)
#include "secret-test.moc"
