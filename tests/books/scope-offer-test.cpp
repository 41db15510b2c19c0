#include "books/scope-offer.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk::books;

/// What can be done about scopes that a token lacks.
class ScopeOfferTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatCanBeGot_data()
    {
        QTest::addColumn<QStringList>("needed");
        QTest::addColumn<QStringList>("obtainable");
        QTest::addColumn<QStringList>("unlisted");
        const QString write = u"api://x/Books.Write"_s;
        QTest::newRow("one that is listed") << QStringList{write} << QStringList{write} << QStringList();
        QTest::newRow("one that the token carries") << QStringList{u"Books.Read"_s} << QStringList() << QStringList();
        QTest::newRow("those that are missing alone")
            << QStringList{u"Books.Read"_s, write} << QStringList{write} << QStringList();
        QTest::newRow("one that is not listed")
            << QStringList{u"Books.Export"_s} << QStringList() << QStringList{u"Books.Export"_s};
        QTest::newRow("one of two is not listed, so that the other does not help")
            << QStringList{write, u"Books.Export"_s} << QStringList() << QStringList{u"Books.Export"_s};
        QTest::newRow("one that was asked for and not granted")
            << QStringList{u"Books.List"_s} << QStringList() << QStringList();
        QTest::newRow("nothing is needed") << QStringList() << QStringList() << QStringList();
    }

    void whatCanBeGot()
    {
        QFETCH(const QStringList, needed);
        TokenFacts facts;
        facts.grants = {true, {u"Books.Read"_s}, {}, {}};
        facts.listedScopes = {u"Books.Read"_s, u"Books.Write"_s, u"Books.List"_s};
        facts.heldScopes = {u"Books.Read"_s, u"Books.List"_s};
        const ScopeOffer offer = offerFor(needed, facts);
        QTEST(offer.obtainable, "obtainable");
        QTEST(offer.unlisted, "unlisted");
    }

    /// It stands for all that was consented to, so only consent helps.
    void whereTheDefaultScopeIsListedNoneIsUnlisted()
    {
        TokenFacts facts;
        facts.grants = {true, {u"Books.Read"_s}, {}, {}};
        facts.listedScopes = {u".default"_s};
        facts.heldScopes = {u".default"_s, u"Books.Read"_s};
        const ScopeOffer offer = offerFor({u"api://x/Books.Write"_s}, facts);
        QCOMPARE(offer.unlisted, QStringList());
        QCOMPARE(offer.obtainable, QStringList());
    }

    void ofATokenThatCannotBeReadOnlyWhatWasAskedForIsKnown()
    {
        TokenFacts facts;
        facts.listedScopes = {u"Books.Read"_s, u"Books.Write"_s};
        facts.heldScopes = {u"Books.Read"_s};
        QCOMPARE(offerFor({u"Books.Write"_s}, facts).obtainable, QStringList{u"Books.Write"_s});
        QVERIFY(carriesScopes(facts, {u"Books.Write"_s}));
        facts.grants.isKnown = true;
        QVERIFY(!carriesScopes(facts, {u"Books.Write"_s}));
        facts.grants.scopes = {u"Books.Write"_s};
        QVERIFY(carriesScopes(facts, {u"api://x/Books.Write"_s}));
    }
};

QTEST_GUILESS_MAIN(ScopeOfferTest)
#include "scope-offer-test.moc"
