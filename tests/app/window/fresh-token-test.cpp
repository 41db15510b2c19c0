// *Get fresh token* against the real Sandbox: what the notice says and offers.
#include "app/page-fixture.h"
#include "e2e/sandbox-desk.h"
#include "identity/errors.h"
#include "widgets/banner.h"
#include "window/fresh-token.h"
#include "window/notice-area.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using sandbox::Fault;
using sandbox::FaultSpan;
using test::SandboxDesk;
using window::FreshToken;

class FreshTokenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_ahead = {};
        sandbox::SandboxOptions options;
        options.clock = [this] { return systemNow() + m_ahead; };
        m_desk = std::make_unique<SandboxDesk>(options);
        m_notice = std::make_unique<window::NoticeArea>();
        m_freshToken = std::make_unique<FreshToken>(*m_notice);
        m_freshToken->setDesk(&m_desk->desk());
        QVERIFY(m_desk->signIn({u"riley"_s, false}).has_value());
    }

    void cleanup()
    {
        m_freshToken.reset();
        m_notice.reset();
        m_desk.reset();
    }

    void thatItCameIsNoLongerSaidWhereAnOutcomeIsShown()
    {
        m_freshToken->get();
        m_notice->giveWay(); // what is under way is no news of before
        QCOMPARE(headline(), u"Getting a fresh token…"_s);
        QTRY_COMPARE(headline(), u"You have a fresh token"_s);
        m_notice->giveWay();
        QVERIFY(m_notice->isHidden());
    }

    void whatIsSaidInPassingGoesUnlessItHasTheFocus()
    {
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        auto *field = new QLineEdit;
        auto *notice = new window::NoticeArea(nullptr, std::chrono::milliseconds(50));
        auto *later = new window::NoticeArea(nullptr, std::chrono::milliseconds(100));
        const auto waitUntilLaterGoes = [later] {
            later->tellInPassing({widgets::Kind::ok, u"It goes later"_s, {}, {}, {}});
            return QTest::qWaitFor([later] { return later->isHidden(); });
        };
        column->addWidget(field);
        column->addWidget(notice);
        column->addWidget(later);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        field->setFocus();
        notice->tellInPassing({widgets::Kind::ok, u"You have a fresh token"_s, {}, {}, {}});
        QTRY_VERIFY(notice->isHidden());
        notice->tell({widgets::Kind::ok, u"It stays"_s, {}, {}, {}});
        QVERIFY(waitUntilLaterGoes());
        QVERIFY(!notice->isHidden());
        notice->tellInPassing({widgets::Kind::ok, u"You have a fresh token"_s, {}, {}, {}});
        notice->findChild<QToolButton *>()->setFocus();
        QVERIFY(waitUntilLaterGoes());
        QVERIFY(!notice->isHidden());
        field->setFocus();
        QTRY_VERIFY(notice->isHidden());
    }

    void anErrorOutlastsOutcomes()
    {
        m_notice->report(u"No fresh token"_s, Error{identity::errors::signedOut, u"Nobody is signed in."_s});
        m_notice->giveWay();
        QCOMPARE(headline(), u"No fresh token"_s);
    }

    void saysWhatIsUnderWayAndThatItCame()
    {
        m_freshToken->get();
        QCOMPARE(headline(), u"Getting a fresh token…"_s);
        QTRY_COMPARE(headline(), u"You have a fresh token"_s);
        QCOMPARE(m_notice->banner().kind(), widgets::Kind::ok);
        QVERIFY(!test::buttonWithText(*m_notice, u"Show token"_s));
    }

    void theWaitCanBeCancelledAndTheTokenStillComes()
    {
        QSignalSpy renewed(&m_desk->desk().session(), &identity::Session::tokensRenewed);
        m_freshToken->get();
        test::buttonWithText(*m_notice, u"Cancel"_s)->click();
        QVERIFY(m_notice->isHidden());
        QVERIFY(m_desk->desk().session().isRenewing());
        QVERIFY(renewed.wait());
        QVERIFY(m_notice->isHidden());
        m_freshToken->get();
        QTRY_COMPARE(headline(), u"You have a fresh token"_s);
    }

    void leadsToTheTokenPageWhereTheTokenFailsACheck()
    {
        m_desk->sandbox().arm(Fault::accessTokenWrongAudience, FaultSpan::once);
        QSignalSpy asked(m_freshToken.get(), &FreshToken::tokenPageAsked);
        m_freshToken->get();
        QTRY_COMPARE(headline(), u"You have a fresh token, but it does not pass the checks"_s);
        test::buttonWithText(*m_notice, u"Show token"_s)->click();
        QCOMPARE(asked.size(), 1);
    }

    void offersToSignInWhereTheGrantIsGone()
    {
        m_ahead = std::chrono::hours(24 * 365); // for the tenant the refresh token has expired
        QSignalSpy asked(m_freshToken.get(), &FreshToken::signInAsked);
        m_freshToken->get();
        QTRY_COMPARE(headline(), u"No fresh token"_s);
        QAbstractButton *again = test::buttonWithText(*m_notice, u"Sign in again"_s);
        QVERIFY(again);
        again->click();
        QCOMPARE(asked.size(), 1);
    }

    void offersToSignInWhereNoTokenCanBeAskedFor()
    {
        identity::SignedIn person = *m_desk->desk().session().current();
        person.tokens.refreshToken = {};
        m_desk->desk().session().begin(person);
        m_freshToken->get();
        QCOMPARE(headline(), u"No fresh token"_s);
        QVERIFY(test::buttonWithText(*m_notice, u"Sign in again"_s));
    }

    void offersToSignInWhereThePersonHasToConsent()
    {
        identity::SignedIn person = *m_desk->desk().session().current();
        // As where the consent to a scope was withdrawn.
        person.tokens.askedScopes = m_desk->desk().connection().scopes;
        m_desk->desk().session().begin(person);
        m_freshToken->get();
        QTRY_COMPARE(headline(), u"No fresh token"_s);
        QVERIFY(test::buttonWithText(*m_notice, u"Sign in again"_s));
    }

    void offersNoSignInWhereTheNetworkFails()
    {
        m_desk->stopSandbox();
        m_freshToken->get();
        QTRY_COMPARE(headline(), u"No fresh token"_s);
        QVERIFY(!test::buttonWithText(*m_notice, u"Sign in again"_s));
    }

    void saysNothingOfAnEndThatThePersonMade()
    {
        m_freshToken->get();
        m_desk->desk().session().signOut();
        QTRY_VERIFY(m_notice->isHidden());
    }

    void asksOnceAtATime()
    {
        const qsizetype before = tokenRequests();
        m_freshToken->get();
        m_freshToken->get();
        QTRY_COMPARE(headline(), u"You have a fresh token"_s);
        QCOMPARE(tokenRequests(), before + 1);
        m_freshToken->get();
        QTRY_COMPARE(tokenRequests(), before + 2);
    }

    void doesNothingWhileNobodyIsSignedIn()
    {
        m_desk->desk().session().signOut();
        m_freshToken->get();
        QVERIFY(m_notice->isHidden());
    }

    void saysNothingOfAConnectionThatIsNoLongerShown()
    {
        const qsizetype before = tokenRequests();
        const QSignalSpy renewed(&m_desk->desk().session(), &identity::Session::tokensRenewed);
        m_freshToken->get();
        QVERIFY(!m_notice->isHidden());
        m_freshToken->setDesk(nullptr);
        QVERIFY(m_notice->isHidden());
        QTRY_COMPARE(tokenRequests(), before + 1);
        QTRY_COMPARE(renewed.size(), 1);
        QCoreApplication::processEvents();
        QVERIFY(m_notice->isHidden());
    }

    void asksForTheNextConnectionWhileTheEarlierOneIsWaiting()
    {
        m_freshToken->get();
        m_freshToken->setDesk(nullptr);
        m_freshToken->setDesk(&m_desk->desk());
        m_freshToken->get();
        QTRY_COMPARE(headline(), u"You have a fresh token"_s);
    }

private:
    QString headline() const { return m_notice->isHidden() ? QString() : m_notice->banner().headline(); }

    qsizetype tokenRequests() const
    {
        return std::ranges::count_if(m_desk->desk().exchanges().exchanges(),
                                     [](const net::Exchange &exchange) { return exchange.url.endsWith(u"/token"_s); });
    }

    std::chrono::hours m_ahead{};
    std::unique_ptr<SandboxDesk> m_desk;
    std::unique_ptr<window::NoticeArea> m_notice;
    std::unique_ptr<FreshToken> m_freshToken;
};

BOOKDESK_PAGE_TEST_MAIN(FreshTokenTest)
#include "fresh-token-test.moc"
