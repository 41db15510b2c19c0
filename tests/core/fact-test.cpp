#include "core/fact.h"
#include "core/redaction.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk {

class FactTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyNameIsAMemberOfItsOwnWithALabel_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("label");
        for (const FactName name : facts::all)
            QTest::newRow(qPrintable(name.toString())) << name.toString() << factLabel(name);
    }

    void everyNameIsAMemberOfItsOwnWithALabel()
    {
        QFETCH(QString, name);
        QFETCH(QString, label);
        static const QRegularExpression camelCase(u"\\A[a-z]+(?:[A-Z][a-z]+)*\\z"_s);
        QVERIFY(camelCase.match(name).hasMatch());
        // A name that lacks a label would be shown as it is.
        QVERIFY(label.front().isUpper());
    }

    void noTwoNamesAndNoTwoLabelsAreTheSame()
    {
        QSet<QString> names;
        QSet<QString> labels;
        for (const FactName name : facts::all) {
            names += name.toString();
            labels += factLabel(name);
        }
        QCOMPARE(names.size(), qsizetype{facts::all.size()});
        QCOMPARE(labels.size(), qsizetype{facts::all.size()});
    }

    void aValueIsFoundByItsName()
    {
        const Facts all{{facts::host, u"example.org"_s}, {facts::check, u"issuer"_s}};
        QCOMPARE(factValue(all, facts::check), u"issuer"_s);
        QCOMPARE(factValue(all, facts::claim), QString());
    }

    void mergingKeepsTheOrderAndPutsEqualNamesBelowEachOther()
    {
        const Facts first{{facts::host, u"a"_s}, {facts::reason, u"one"_s}};
        const Facts second{{facts::reason, u"two"_s}, {facts::host, u"a"_s}, {facts::claim, {}}, {facts::url, u"u"_s}};
        QVERIFY(merged(first, second) ==
                (Facts{{facts::host, u"a"_s}, {facts::reason, u"one\ntwo"_s}, {facts::url, u"u"_s}}));
    }

    void reportsHaveOneFactOnALine()
    {
        QCOMPARE(factLines({{facts::aadsts, u"50011"_s}, {facts::correlationId, u"c-1"_s}}),
                 u"AADSTS number: 50011\nCorrelation ID: c-1\n"_s);
    }

    void noValueCanPassForAnotherFact()
    {
        QCOMPARE(factLines({{facts::serverSaid, u"no\nHost: example.org"_s}}),
                 u"Server said: no\n    Host: example.org\n"_s);
    }

    void foreignTextIsWithoutSecretsVisibleAndShort()
    {
        const QString token = u"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyaWxleSJ9.c2lnbmF0dXJl"_s;
        const Fact fact =
            foreignFact(facts::serverSaid, u" \u202Ebad "_s + token + u" \x1B[31m"_s + QString(9000, u'a'));
        QVERIFY(fact.name == facts::serverSaid);
        QVERIFY(fact.value.startsWith(u"\\u{202E}bad "_s + removedMark() + u" \\u{001B}[31m"_s));
        QVERIFY(!fact.value.contains(token));
        QVERIFY(fact.value.size() < 2100);
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::FactTest)
#include "fact-test.moc"
