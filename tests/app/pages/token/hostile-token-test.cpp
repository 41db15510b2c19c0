// Hostile text in a token, in every view of the Token page: it is seen as text, with its control characters visible.
#include "app/page-fixture.h"
#include "app/tour/shown-texts.h"
#include "core/hostile-strings.h"
#include "core/isolation.h"
#include "jose/token-issuer.h"
#include "pages/token/claims-card.h"
#include "pages/token/compare-view.h"
#include "pages/token/issuer-keys-card.h"
#include "pages/token/keys-texts.h"
#include "pages/token/token-page.h"
#include "widgets/banner.h"

#include <QClipboard>
#include <QPlainTextEdit>
#include <QTabBar>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using pages::TokenPage;

namespace {

QString hostileToken(const QString &text)
{
    const JsonObject header{{u"alg"_s, u"RS256"_s}, {u"kid"_s, text}, {u"x"_s + text, text}};
    JsonObject claims{{u"iss"_s, text},  {u"aud"_s, text},
                      {u"scp"_s, text},  {u"roles"_s, JsonArray{Json(text)}},
                      {u"name"_s, text}, {u"amr"_s, JsonArray{Json(text)}}};
    claims.set(u"x"_s + text, JsonObject{{text, Json(text)}});
    return QString::fromLatin1(jose::toBase64Url(toCompactJson(header)) + '.' +
                               jose::toBase64Url(toCompactJson(claims)) + ".c2lnbmF0dXJl");
}

/// Nobody is signed in, and there are no connections.
workspace::Desks noDesks()
{
    return {[] { return std::vector<identity::Connection>(); }, [](const QString &) { return nullptr; },
            [] { return std::vector<workspace::Desk *>(); }};
}

/// Every text that has characters which are not seen. Labels may break long words; those breaks are ours.
QStringList hiddenIn(const QWidget &window)
{
    (void)test::labelTexts(window); // aborts where one would interpret HTML
    QStringList hidden;
    for (const test::ShownText &shown : test::shownTexts(window)) {
        if (!test::showsAll(QString(shown.text).remove(u'\u200B')))
            hidden += shown.where + u": "_s + shown.text;
    }
    return hidden;
}

} // namespace

class HostileTokenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyViewOfAPastedTokenShowsIt_data() { test::addHostileRows(); }

    void everyViewOfAPastedTokenShowsIt()
    {
        QFETCH(QString, text);
        TokenPage page(nullptr, systemNow, noDesks());
        page.resize(844, 560);
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        QApplication::clipboard()->setText(hostileToken(text));
        QTest::keySequence(&page, QKeySequence::Paste);
        QTRY_VERIFY(page.verdict().isVisible() && !page.verdict().headline().isEmpty());
        auto *views = page.findChild<QTabBar *>(u"tokenViews"_s);
        for (const int view :
             {pages::ClaimsCard::claimsView, pages::ClaimsCard::headerView, pages::ClaimsCard::rawView}) {
            views->setCurrentIndex(view);
            QCOMPARE(hiddenIn(page), QStringList());
        }
        QTest::mouseClick(test::buttonNamed(page, u"reportToken"_s), Qt::LeftButton);
        QCOMPARE(hiddenIn(page), QStringList());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTest::mouseClick(test::buttonNamed(page, u"compareTokens"_s), Qt::LeftButton);
        QVERIFY(page.findChild<pages::CompareView *>()->isVisible());
        page.findChild<QAbstractButton *>(u"showSame"_s)->click();
        QCOMPARE(hiddenIn(page), QStringList());
        QTest::mouseClick(test::buttonNamed(page, u"reportComparison"_s), Qt::LeftButton);
        QCOMPARE(hiddenIn(page), QStringList());
    }

    void whatIsPastedInsteadOfATokenIsShown_data() { test::addHostileRows(); }

    void whatIsPastedInsteadOfATokenIsShown()
    {
        QFETCH(QString, text);
        TokenPage page(nullptr, systemNow, noDesks());
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        QApplication::clipboard()->setText(text);
        QTest::keySequence(&page, QKeySequence::Paste);
        QCOMPARE(hiddenIn(page), QStringList());
    }

    void theKeysOfAnIssuerShowIt_data() { test::addHostileRows(); }

    void theKeysOfAnIssuerShowIt()
    {
        QFETCH(QString, text);
        const TimePoint now = systemNow();
        pages::IssuerEntry issuer{text, {}};
        issuer.keys.source.issuer = text;
        issuer.keys.state = identity::KeysState::current;
        issuer.keys.fetchedAt = now;
        issuer.keys.keys = {{text, u"RSA 2048"_s, text, now, now}};
        issuer.keys.leftOut = {{text, text, text}};
        issuer.keys.history = {{identity::KeyEvent::Kind::unchanged, now, 1, text}};
        pages::IssuerKeysCard card;
        pages::IssuersList list;
        card.showIssuer(issuer, now);
        list.fill({issuer}, now);
        card.show();
        list.show();
        // The connection's name is the one text here that is set apart instead.
        for (const QString &hidden : hiddenIn(card))
            QVERIFY2(hidden.endsWith(u": "_s + isolated(text)), qPrintable(hidden));
        QCOMPARE(hiddenIn(list), QStringList());
        QVERIFY(test::showsAll(pages::keysReport(issuer.connection, issuer.keys, now)));
    }
};

BOOKDESK_PAGE_TEST_MAIN(HostileTokenTest)
#include "hostile-token-test.moc"
