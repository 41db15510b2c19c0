// Everything that can go wrong on the network while somebody is signed in: it ends with a named error, the session
// stays as it is, and the next try works.
#include "e2e/faulty-desk.h"
#include "e2e/text-of.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <optional>
#include <stop_token>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;
using books::OutcomeKind;

Q_DECLARE_METATYPE(bookdesk::books::OutcomeKind)
Q_DECLARE_METATYPE(bookdesk::test::Step)
Q_DECLARE_METATYPE(bookdesk::test::Wrong)

namespace {

bool holdsBook(const books::ListOutcome &outcome, const QString &id)
{
    const auto &books = outcome.list->books;
    return std::any_of(books.begin(), books.end(), [&id](const books::Book &book) { return book.id == id; });
}

} // namespace

class SessionFaultsTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<FaultyDesk> m_at;
    std::optional<identity::SignedIn> m_before;
    QElapsedTimer m_clock;
    std::optional<Result<net::HttpResponse>> m_response; ///< To a request that is not awaited.
    std::optional<Result<void>> m_refreshed;             ///< Likewise.

    void signIn()
    {
        m_at->renew();
        if (const Result<void> signedIn = m_at->signIn(); !signedIn)
            qFatal("Nobody can sign in: %s", qPrintable(signedIn.error().message));
        m_before = m_at->desk().session().current();
        m_clock.start();
    }

    void signInAndArm(Step step, Wrong what)
    {
        signIn();
        m_at->arm(step, what);
    }

    /// What is wrong after a fault, if anything. @param said what the person got to read.
    QString trouble(const QString &said) const
    {
        if (m_clock.hasExpired(net::Limits().transfer.count()))
            return u"it took too long"_s;
        if (m_at->proxy().struck() == 0)
            return u"the fault did not strike"_s;
        if (m_at->proxy().pushed() > mostPushed)
            return u"%1 bytes were taken"_s.arg(m_at->proxy().pushed());
        if (const QByteArray leak = m_at->leakIn(said); !leak.isEmpty())
            return u"a secret was found: "_s + QString::fromLatin1(leak);
        const std::optional<identity::SignedIn> &now = m_at->desk().session().current();
        if (!now || now->identity.subject() != m_before->identity.subject())
            return u"the person is not signed in"_s;
        if (now->tokens.accessToken != m_before->tokens.accessToken ||
            now->tokens.refreshToken != m_before->tokens.refreshToken)
            return u"the tokens have changed"_s;
        return m_at->proxy().strayed() == 0 ? QString() : u"a redirect was followed"_s;
    }

private Q_SLOTS:
    void initTestCase() { m_at = std::make_unique<FaultyDesk>(); }
    void cleanupTestCase() { m_at.reset(); }

    void aFaultFailsARefresh_data()
    {
        QTest::addColumn<Wrong>("what");
        QTest::addColumn<QString>("code");
        const auto row = [](Wrong what, const char *code) {
            QTest::addRow("%s at a refresh", nameOf(what)) << what << QString::fromLatin1(code);
        };
        row(Wrong::reset, "net.broken");
        row(Wrong::close, "net.broken");
        row(Wrong::stall, "net.timed-out");
        row(Wrong::halfAnswer, "net.broken");
        row(Wrong::garbage, "net.broken");
        row(Wrong::plainText, "sign-in.response-invalid");
        row(Wrong::gzipBomb, "net.too-large");
        row(Wrong::endlessHeaders, "net.timed-out");
        row(Wrong::redirect, "sign-in.refused");
        row(Wrong::webPage, "sign-in.response-invalid");
        row(Wrong::slowLoris, "net.timed-out");
        row(Wrong::badGateway, "sign-in.refused");
        row(Wrong::gatewayTimeout, "sign-in.refused");
        row(Wrong::halfChunks, "net.broken or sign-in.response-invalid");
        row(Wrong::shortLength, "sign-in.response-invalid");
        row(Wrong::twoLengths, "sign-in.response-invalid");
    }

    void aFaultFailsARefresh()
    {
        QFETCH(Wrong, what);
        QFETCH(QString, code);
        signInAndArm(Step::refresh, what);
        const Result<void> failed = m_at->refresh();
        QVERIFY(!failed);
        QVERIFY2(isExpected(failed.error().code.toString(), code), qPrintable(failed.error().code.toString()));
        QCOMPARE(trouble(textOf(failed.error())), QString());
        QCOMPARE(m_at->proxy().struck(), 1);
        QCOMPARE(m_at->desk().session().renewalFailure(), std::optional(failed.error()));
        QCOMPARE(m_at->list().outcome.kind, OutcomeKind::ok);
        // An answer of the same host makes the session try again by itself.
        QTRY_VERIFY(!m_at->desk().session().isRenewing());

        m_at->clear();
        const Result<void> renewed = m_at->refresh();
        QVERIFY2(renewed, qPrintable(renewed ? QString() : renewed.error().message));
        QVERIFY(!m_at->desk().session().renewalFailure());
        QCOMPARE(m_at->list().outcome.kind, OutcomeKind::ok);
    }

    void aFaultFailsTheList_data()
    {
        QTest::addColumn<Wrong>("what");
        QTest::addColumn<OutcomeKind>("kind");
        QTest::addColumn<QString>("code");
        const auto row = [](Wrong what, OutcomeKind kind, const char *code) {
            QTest::addRow("%s at the list", nameOf(what)) << what << kind << QString::fromLatin1(code);
        };
        row(Wrong::reset, OutcomeKind::network, "net.broken");
        row(Wrong::close, OutcomeKind::network, "net.broken");
        row(Wrong::stall, OutcomeKind::network, "net.timed-out");
        row(Wrong::halfAnswer, OutcomeKind::network, "net.broken");
        row(Wrong::garbage, OutcomeKind::network, "net.broken");
        row(Wrong::plainText, OutcomeKind::unexpected, "books.response-invalid");
        row(Wrong::gzipBomb, OutcomeKind::unexpected, "net.too-large");
        row(Wrong::endlessHeaders, OutcomeKind::network, "net.timed-out");
        row(Wrong::redirect, OutcomeKind::redirect, "books.redirect");
        row(Wrong::webPage, OutcomeKind::unexpected, "books.response-invalid");
        row(Wrong::slowLoris, OutcomeKind::network, "net.timed-out");
        row(Wrong::badGateway, OutcomeKind::serverError, "books.server-error");
        row(Wrong::gatewayTimeout, OutcomeKind::serverError, "books.server-error");
        row(Wrong::shortLength, OutcomeKind::unexpected, "books.response-invalid");
        row(Wrong::twoLengths, OutcomeKind::unexpected, "books.response-invalid");
    }

    void aFaultFailsTheList()
    {
        QFETCH(Wrong, what);
        signInAndArm(Step::list, what);
        const books::ListOutcome failed = m_at->list();
        QTEST(failed.outcome.kind, "kind");
        QTEST(failed.outcome.code, "code");
        QVERIFY(failed.list->books.empty());
        QCOMPARE(trouble(textOf(failed.outcome)), QString());

        m_at->clear();
        QCOMPARE(m_at->list().outcome.kind, OutcomeKind::ok);
    }

    void aFaultFailsADelete_data()
    {
        QTest::addColumn<Wrong>("what");
        QTest::addColumn<OutcomeKind>("kind");
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("isOfUnknownFate");
        const auto row = [](Wrong what, OutcomeKind kind, const char *code, bool isOfUnknownFate) {
            QTest::addRow("%s at a delete", nameOf(what))
                << what << kind << QString::fromLatin1(code) << isOfUnknownFate;
        };
        row(Wrong::reset, OutcomeKind::network, "net.broken", true);
        row(Wrong::close, OutcomeKind::network, "net.broken", true);
        row(Wrong::stall, OutcomeKind::network, "net.timed-out", true);
        row(Wrong::halfAnswer, OutcomeKind::network, "net.broken", true);
        row(Wrong::garbage, OutcomeKind::network, "net.broken", true);
        row(Wrong::plainText, OutcomeKind::unexpected, "books.response-invalid", false);
        row(Wrong::gzipBomb, OutcomeKind::unexpected, "net.too-large", true);
        row(Wrong::endlessHeaders, OutcomeKind::network, "net.timed-out", true);
        row(Wrong::redirect, OutcomeKind::redirect, "books.redirect", false);
        row(Wrong::webPage, OutcomeKind::unexpected, "books.response-invalid", false);
        row(Wrong::slowLoris, OutcomeKind::network, "net.timed-out", true);
        row(Wrong::badGateway, OutcomeKind::serverError, "books.server-error", true);
        row(Wrong::gatewayTimeout, OutcomeKind::serverError, "books.server-error", true);
        row(Wrong::shortLength, OutcomeKind::unexpected, "books.response-invalid", false);
        row(Wrong::twoLengths, OutcomeKind::unexpected, "books.response-invalid", false);
    }

    void aFaultFailsADelete()
    {
        QFETCH(Wrong, what);
        QFETCH(bool, isOfUnknownFate);
        signInAndArm(Step::remove, what);
        const QString id = m_at->list().list->books.front().id;
        const books::DeleteOutcome failed = m_at->remove(id);
        QTEST(failed.outcome.kind, "kind");
        QTEST(failed.outcome.code, "code");
        QVERIFY(failed.deleted.isEmpty());
        QCOMPARE(failed.outcome.explanation.contains(u"The book may be gone"_s), isOfUnknownFate);
        QVERIFY2(!isOfUnknownFate || failed.outcome.remedy.contains(u"Reload the list"_s),
                 qPrintable(failed.outcome.remedy));
        QCOMPARE(trouble(textOf(failed.outcome)), QString());
        // A request that may have changed something goes out once.
        QCOMPARE(m_at->proxy().struck(), 1);

        m_at->clear();
        QCOMPARE(holdsBook(m_at->list(), id), !isSpoilt(what));
        QCOMPARE(m_at->remove(id).outcome.kind, OutcomeKind::ok);
    }

    void aStalledCallCanBeCancelled_data()
    {
        QTest::addColumn<Step>("step");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("path");
        QTest::newRow("at the list") << Step::list << "GET"_ba << u"/api/v1/books"_s;
        QTest::newRow("at a delete") << Step::remove << "DELETE"_ba << u"/api/v1/books/bk-0001"_s;
    }

    void aStalledCallCanBeCancelled()
    {
        QFETCH(Step, step);
        QFETCH(QByteArray, method);
        QFETCH(QString, path);
        signIn();
        net::HttpRequest request;
        request.method = method;
        request.url = m_at->desk().connection().apiBaseUrl;
        request.url.setPath(path);
        // More than the six connections that one server gets.
        for (int call = 0; call < 8; ++call) {
            m_at->stall(step);
            std::stop_source stop;
            m_response.reset();
            QCoro::connect(m_at->desk().session().send(request, stop.get_token()), this,
                           [this](const Result<net::HttpResponse> &response) { m_response = response; });
            QTRY_COMPARE(m_at->proxy().struck(), 1);
            stop.request_stop();
            QVERIFY(m_response && !*m_response);
            QCOMPARE(m_response->error().code.toString(), u"net.stopped"_s);
            QCOMPARE(trouble(textOf(m_response->error())), QString());
        }

        m_at->clear();
        const Result<net::HttpResponse> next = QCoro::waitFor(m_at->desk().session().send(request));
        QVERIFY(next && next->status == 200);
    }

    void aStalledRefreshEndsWithTheSession()
    {
        signIn();
        m_at->stall(Step::refresh);
        m_refreshed.reset();
        QCoro::connect(m_at->desk().session().refresh(), this,
                       [this](const Result<void> &refreshed) { m_refreshed = refreshed; });
        QTRY_COMPARE(m_at->proxy().struck(), 1);
        m_at->desk().session().signOut();
        QVERIFY(m_refreshed && !*m_refreshed);
        QCOMPARE(m_refreshed->error().code.toString(), u"session.signed-out"_s);

        m_at->clear();
        QVERIFY(m_at->signIn());
        QVERIFY(m_at->refresh());
        QCOMPARE(m_at->list().outcome.kind, OutcomeKind::ok);
    }
};

QTEST_GUILESS_MAIN(SessionFaultsTest)
#include "session-faults-test.moc"
