// The status line: the token's life, the keys and the host, and what failed last.
#include "app/page-fixture.h"
#include "e2e/sandbox-desk.h"
#include "widgets/labels.h"
#include "window/status-line.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::SandboxDesk;

class StatusLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_ahead = {};
        m_desk = std::make_unique<SandboxDesk>();
        m_line = std::make_unique<window::StatusLine>([this] {
            ++m_looks;
            return systemNow() + m_ahead;
        });
        m_line->setDesk(&m_desk->desk(), {});
        m_line->show();
        QVERIFY(m_desk->signIn({u"riley"_s, false}).has_value());
        m_line->refresh();
    }

    void cleanup()
    {
        m_line.reset();
        m_desk.reset();
    }

    void followsTheTime()
    {
        QVERIFY(m_line->tokenText().endsWith(u" left"_s));
        QVERIFY(m_line->keysText().endsWith(u"just now"_s));
        m_ahead = std::chrono::minutes(5);
        QTRY_VERIFY(m_line->keysText().endsWith(u"5 min ago"_s));
        m_ahead = std::chrono::hours(2);
        QTRY_VERIFY(m_line->tokenText().startsWith(u"Access token: expired"_s));
    }

    void showsARenewal()
    {
        identity::Session &session = m_desk->desk().session();
        QSignalSpy begun(&session, &identity::Session::renewalBegan);
        QSignalSpy renewed(&session, &identity::Session::tokensRenewed);
        connect(&session, &identity::Session::tokensRenewed, m_line.get(), &window::StatusLine::refresh);
        session.refresh();
        QCOMPARE(begun.size(), 1);
        m_line->refresh();
        QVERIFY(m_line->tokenText().endsWith(u" left, being renewed…"_s));
        QVERIFY(renewed.wait());
        QVERIFY(m_line->tokenText().endsWith(u" left"_s));
    }

    void explainsAFailedRenewal()
    {
        QVERIFY(toolTipOf(m_line->tokenText()).contains(u"Until "_s));
        m_desk->stopSandbox();
        QVERIFY(!QCoro::waitFor(m_desk->desk().session().refresh()));
        m_line->refresh();
        QVERIFY(m_line->tokenText().endsWith(u", the renewal failed"_s));
        QVERIFY(toolTipOf(m_line->tokenText()).contains(advised(*m_desk->desk().session().renewalFailure())));
    }

    void saysThatTheKeysCouldNotBeFetched()
    {
        QVERIFY(!m_line->keysText().contains(u"failed"_s));
        const QUrl keys(m_desk->desk().connection().authority.toString() + u"/discovery/v2.0/keys"_s);
        const QString issuer = m_desk->desk().session().current()->identity.issuer();
        m_desk->stopSandbox();
        const auto source = m_desk->desk().connection().provider.keySource(issuer, keys);
        QVERIFY(QCoro::waitFor(m_desk->desk().keys().keysFor(source, u"unknown"_s)));
        m_line->refresh();
        QVERIFY2(m_line->keysText().endsWith(u", the last refresh failed"_s), qPrintable(m_line->keysText()));
    }

    void showsNothingOfAPersonWhoHasGone()
    {
        m_desk->desk().session().signOut();
        m_line->refresh();
        QCOMPARE(m_line->tokenText(), u"Not signed in"_s);
        QCOMPARE(m_line->keysText(), QString());
    }

    void followsOneDeskOnly()
    {
        SandboxDesk other;
        QVERIFY(other.signIn({u"ada"_s, false}).has_value());
        m_line->hide();
        m_line->setDesk(&other.desk(), {});
        m_looks = 0;
        Q_EMIT m_desk->desk().reachability().changed();
        Q_EMIT m_desk->desk().session().renewalBegan();
        Q_EMIT m_desk->desk().keys().changed();
        QCOMPARE(m_looks, 0);
        Q_EMIT other.desk().reachability().changed();
        QVERIFY(m_looks > 0);
        m_line->setDesk(nullptr, {});
    }

private:
    QString toolTipOf(const QString &text) const
    {
        for (const QLabel *label : m_line->findChildren<QLabel *>()) {
            if (label->text() == text)
                return label->toolTip();
        }
        return {};
    }

    std::chrono::minutes m_ahead{};
    int m_looks = 0; ///< At the clock.
    std::unique_ptr<SandboxDesk> m_desk;
    std::unique_ptr<window::StatusLine> m_line;
};

BOOKDESK_PAGE_TEST_MAIN(StatusLineTest)
#include "status-line-test.moc"
