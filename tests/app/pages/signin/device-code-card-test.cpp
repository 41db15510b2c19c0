// The card of a sign-in on another device, with an attempt against a real tenant.
#include "app/page-fixture.h"
#include "identity/device-code-bench.h"
#include "pages/signin/device-code-card.h"
#include "widgets/bars.h"
#include "widgets/labels.h"
#include "widgets/qr-code.h"
#include "widgets/qr-picture.h"

#include <QClipboard>
#include <QSignalSpy>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace std::chrono_literals;
using pages::DeviceCodeCard;
using test::DeviceCodeBench;

namespace {

constexpr TimePoint begin{std::chrono::seconds{1'800'000'000}};

/// What was announced, one after another.
class Announcements : public QObject
{
public:
    explicit Announcements(const QWidget &widget)
        : m_widget(widget)
    {
        m_timer.callOnTimeout(this, [this] { look(); });
        m_timer.start(1);
    }
    const QStringList &all()
    {
        look();
        return m_all;
    }

private:
    void look()
    {
        const QString now = test::announced(m_widget);
        if (!now.isEmpty() && (m_all.isEmpty() || m_all.constLast() != now))
            m_all += now;
    }

    const QWidget &m_widget;
    QTimer m_timer;
    QStringList m_all;
};

} // namespace

class DeviceCodeCardTest : public QObject
{
    Q_OBJECT

private:
    TimePoint m_now = begin;
    std::unique_ptr<DeviceCodeBench> m_bench;
    std::unique_ptr<DeviceCodeCard> m_card;

    /// Shows an attempt that waits for the person.
    bool showCode(int lifetime = 900)
    {
        m_bench->answers = std::vector<QByteArray>(100'000, test::pendingAnswer());
        m_bench->tenant.onDevice = [lifetime](const test::Form &) { return test::deviceCodeAnswer(lifetime); };
        m_bench->start();
        m_card->setAttempt(m_bench->signIn.get());
        return m_bench->waitFor([this] { return !m_card->userCode().isEmpty(); });
    }

    template <class Button> void click(const QString &name)
    {
        QTest::mouseClick(m_card->findChild<Button *>(name), Qt::LeftButton);
    }

    widgets::ValueLabel &codeLabel() const { return *m_card->findChild<widgets::ValueLabel *>(u"userCode"_s); }

private Q_SLOTS:
    void init()
    {
        m_now = begin;
        m_bench = std::make_unique<DeviceCodeBench>();
        m_bench->clock = [this] { return m_now; };
        m_card = std::make_unique<DeviceCodeCard>([this] { return m_now; });
        m_card->resize(554, 500);
    }
    void cleanup()
    {
        m_card.reset();
        m_bench.reset();
    }

    void asksFirst()
    {
        QVERIFY(m_card->isHidden());
        m_bench->tenant.onDevice = [](const test::Form &) { return QByteArray(); };
        m_bench->start();
        m_card->setAttempt(m_bench->signIn.get());
        QVERIFY(m_card->isVisible());
        const auto *bar = m_card->findChild<widgets::ThinBar *>();
        QVERIFY(bar->isVisible());
        QCOMPARE(bar->maximum(), 0);
        QVERIFY(!codeLabel().isVisible() && !m_card->picture().isVisible());
        QVERIFY(!test::buttonNamed(*m_card, u"newDeviceCode"_s)->isEnabled());
        QVERIFY(test::buttonNamed(*m_card, u"cancelDeviceCode"_s)->isEnabled());
        QCOMPARE(m_card->timeLeft(), QString());
        QCOMPARE(test::namelessControls(*m_card), QStringList());
    }

    void showsTheCodeAsItWasSent()
    {
        QVERIFY(showCode());
        QCOMPARE(m_card->userCode(), u"F7QK2XRMT"_s);
        QCOMPARE(codeLabel().text(), u"F7QK2XRMT"_s);
        QVERIFY(codeLabel().textInteractionFlags() & Qt::TextSelectableByKeyboard);
        QVERIFY(codeLabel().font().letterSpacing() > 100);
        const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&codeLabel());
        QCOMPARE(interface->text(QAccessible::Name), u"F 7 Q K 2 X R M T"_s);
        QCOMPARE(m_card->link(), u"https://microsoft.com/devicelogin"_s);
        QVERIFY(test::containsPart(test::labelTexts(*m_card), u"Signing in to Fake tenant on another device"_s));
        QVERIFY(test::containsPart(test::labelTexts(*m_card), u"Type only the code that you see here."_s));
        QVERIFY(test::containsPart(test::labelTexts(*m_card), u"AADSTS53003"_s));
        QCOMPARE(test::namelessControls(*m_card), QStringList());
    }

    void thePictureIsOfTheLinkAlone()
    {
        m_bench->tenant.onDevice = [](const test::Form &) {
            QByteArray answer = test::deviceCodeAnswer(900);
            const QByteArray more = R"("verification_uri_complete":"https://microsoft.com/devicelogin?c=F7QK2XRMT",)";
            const qsizetype at = answer.indexOf("\r\n\r\n{") + 5;
            const QByteArray body = answer.sliced(at);
            return test::httpAnswer("200 OK", {{"Content-Type"_ba, "application/json"_ba}}, '{' + more + body);
        };
        m_bench->answers = std::vector<QByteArray>(100'000, test::pendingAnswer());
        m_bench->start();
        m_card->setAttempt(m_bench->signIn.get());
        QVERIFY(m_bench->waitFor([this] { return !m_card->userCode().isEmpty(); }));
        widgets::QrPicture expected(148);
        expected.setLink(QUrl(u"https://microsoft.com/devicelogin"_s));
        QCOMPARE(m_card->picture().image(), expected.image());
        QVERIFY(!m_card->picture().accessibleName().contains(u"F7QK2XRMT"_s));
    }

    void copiesCodeAndLink()
    {
        QVERIFY(showCode());
        click<QPushButton>(u"copyUserCode"_s);
        QCOMPARE(QApplication::clipboard()->text(), u"F7QK2XRMT"_s);
        click<QToolButton>(u"copyDeviceLink"_s);
        QCOMPARE(QApplication::clipboard()->text(), u"https://microsoft.com/devicelogin"_s);
        QVERIFY(m_bench->opened.empty());
        click<QToolButton>(u"openDeviceLink"_s);
        QCOMPARE(m_bench->opened, std::vector{QUrl(u"https://microsoft.com/devicelogin"_s)});
    }

    void slowDownChangesTheSecondsShown()
    {
        m_bench->answers = std::vector<QByteArray>(100'000, test::pendingAnswer());
        m_bench->answers[1] = test::oauthFailure("slow_down", "Slower.");
        identity::DeviceCodeLimits limits = test::fastDeviceCodes();
        limits.pace.slowDown = 2s;
        m_bench->start(std::nullopt, limits);
        m_card->setAttempt(m_bench->signIn.get());
        QTRY_COMPARE(m_card->state(), u"Waiting for you asks Fake tenant every 1 s"_s);
        QTRY_COMPARE(m_card->state(), u"Waiting for you asks Fake tenant every 3 s"_s);
    }

    void aNameThatLooksLikeAPlaceIsShownAsItIs()
    {
        m_bench->connection.name = u"%2 of %1"_s;
        QVERIFY(showCode());
        QTRY_COMPARE(m_card->state(), u"Waiting for you asks %2 of %1 every 1 s"_s);
    }

    void timeRunsDown()
    {
        QVERIFY(showCode());
        QCOMPARE(m_card->timeLeft(), u"15:00 left"_s);
        m_now += 48s;
        QTRY_COMPARE(m_card->timeLeft(), u"14:12 left"_s);
        QCOMPARE(m_card->findChild<widgets::ThinBar *>()->value(), 946);
    }

    void saysTheCodeOnceAndThenTheTimeLeft()
    {
        Announcements said(*m_card);
        QVERIFY(showCode());
        const QString code = u"Open https://microsoft.com/devicelogin on another device and type the code "
                             "F 7 Q K 2 X R M T. 15 min left"_s;
        QCOMPARE(said.all(), QStringList{code});
        m_now = begin + 599s;
        QTRY_COMPARE(m_card->timeLeft(), u"5:01 left"_s);
        QCOMPARE(said.all(), QStringList{code});
        m_now = begin + 600s;
        const QString five = u"The code can be used for another 5 min."_s;
        QTRY_COMPARE(said.all(), (QStringList{code, five}));
        m_now = begin + 839s;
        QTRY_COMPARE(m_card->timeLeft(), u"1:01 left"_s);
        m_now = begin + 841s;
        const QString one = u"The code can be used for another 1 min."_s;
        QTRY_COMPARE(said.all(), (QStringList{code, five, one}));
        m_now = begin + 870s;
        QTRY_COMPARE(m_card->timeLeft(), u"0:30 left"_s);
        QCOMPARE(said.all(), (QStringList{code, five, one}));
    }

    void aShortLifeIsNotSaidTwice()
    {
        Announcements said(*m_card);
        QVERIFY(showCode(300));
        m_now = begin + 2s;
        QTRY_COMPARE(m_card->timeLeft(), u"4:58 left"_s);
        QCOMPARE(said.all().size(), 1);
        QVERIFY(said.all().constFirst().contains(u"F 7 Q K 2 X R M T"_s));
    }

    void theFocusGoesToTheCode()
    {
        m_card->show();
        QVERIFY(QTest::qWaitForWindowActive(m_card.get()));
        m_bench->answers = std::vector<QByteArray>(100'000, test::pendingAnswer());
        m_bench->start();
        m_card->setAttempt(m_bench->signIn.get());
        m_card->takeFocus();
        QVERIFY(test::buttonNamed(*m_card, u"cancelDeviceCode"_s)->hasFocus());
        QTRY_VERIFY(codeLabel().hasFocus());
    }

    void nothingOfTheCodeStaysWhenItEnds()
    {
        QVERIFY(showCode());
        m_bench->signIn->cancel();
        m_card->setAttempt(nullptr);
        QVERIFY(m_card->isHidden());
        QCOMPARE(m_card->userCode(), QString());
        QVERIFY(m_card->picture().image().isNull());
        QVERIFY(!test::containsPart(test::labelTexts(*m_card), u"F7QK2XRMT"_s));
        QVERIFY(codeLabel().accessibleName().isEmpty());
    }

    void cancelEndsTheAttempt()
    {
        QVERIFY(showCode());
        click<QPushButton>(u"cancelDeviceCode"_s);
        QVERIFY(m_bench->hasEnded());
    }

    void asksForAnotherWay()
    {
        QVERIFY(showCode());
        const QSignalSpy another(m_card.get(), &DeviceCodeCard::newCodeAsked);
        const QSignalSpy browser(m_card.get(), &DeviceCodeCard::browserAsked);
        click<QPushButton>(u"newDeviceCode"_s);
        click<QPushButton>(u"useBrowserHere"_s);
        QCOMPARE(another.size(), 1);
        QCOMPARE(browser.size(), 1);
    }

    void outlivesTheAttempt()
    {
        QVERIFY(showCode());
        m_bench->signIn.reset();
        m_now += 30s;
        click<QPushButton>(u"cancelDeviceCode"_s);
        click<QToolButton>(u"openDeviceLink"_s);
        QVERIFY(m_bench->opened.empty());
    }
};

BOOKDESK_PAGE_TEST_MAIN(DeviceCodeCardTest)
#include "device-code-card-test.moc"
