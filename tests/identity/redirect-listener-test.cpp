#include "identity/raw-browser.h"
#include "identity/redirect-listener.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <functional>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray goodState = "the-state-of-this-attempt-and-no-other-one-";
const QUrl goodServer(u"https://login.example/authorize?client_id=a%26b&state=x"_s);
const QByteArray goodForm = "code=the-code&state=" + goodState;

QCoro::Task<void> collect(OneShot<std::optional<Redirect>> arrival, std::shared_ptr<std::vector<Redirect>> into)
{
    const std::optional<Redirect> redirect = co_await arrival;
    if (redirect)
        into->push_back(*redirect);
}

/// A listener with the test on both sides of it.
struct Bench
{
    explicit Bench(ResponseMode mode = ResponseMode::formPost,
                   const std::function<void(RedirectListener::Settings &)> &change = {})
    {
        RedirectListener::Settings settings;
        settings.redirect = {u"localhost"_s, u"/"_s, {}};
        settings.state = goodState;
        settings.responseMode = mode;
        if (change)
            change(settings);
        Result<std::unique_ptr<RedirectListener>> listening = RedirectListener::listen(settings);
        if (!listening)
            qFatal("The listener cannot listen: %s", qPrintable(factLines(listening.error().facts)));
        listener = std::move(*listening);
        port = static_cast<quint16>(QUrl(listener->redirectUri()).port());
        QObject::connect(listener.get(), &RedirectListener::ignored, listener.get(),
                         [this](RedirectListener::Ignored why) { ignored.push_back(why); });
        QObject::connect(listener.get(), &RedirectListener::visitedTwice, listener.get(), [this] { ++visitedTwice; });
        collect(listener->redirect(), redirects);
        listener->sendTo(goodServer);
        start = listener->newStart().path().toLatin1();
        cookie = visit(start);
    }

    /// Visits a start address and gives the cookie that it sets.
    QByteArray visit(const QByteArray &path) const
    {
        return exchange(port, get(path)).header("Set-Cookie").split(';').front();
    }
    /// The request for the page where @p redirect is sent on, with the cookie.
    QByteArray pageFor(const QByteArray &redirect) const
    {
        return get(exchange(port, redirect).header("Location"), "Cookie: a=b; " + cookie + "; c=d\r\n");
    }

    QByteArray host() const { return "localhost:" + QByteArray::number(port); }
    QByteArray get(const QByteArray &target, const QByteArray &headers = {}) const
    {
        return getRequest(target, host(), headers);
    }
    QByteArray post(const QByteArray &form) const { return postRequest("/", host(), form); }

    std::unique_ptr<RedirectListener> listener;
    quint16 port = 0;
    QByteArray start;
    QByteArray cookie; ///< `name=value`
    int visitedTwice = 0;
    std::shared_ptr<std::vector<Redirect>> redirects = std::make_shared<std::vector<Redirect>>();
    std::vector<RedirectListener::Ignored> ignored;
};

bool hasFamily(QHostAddress::SpecialAddress address)
{
    QTcpServer server;
    return server.listen(QHostAddress(address));
}

} // namespace

Q_DECLARE_METATYPE(bookdesk::identity::RedirectListener::Ignored)

class RedirectListenerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRedirectUriHasNoSlashForTheRoot();
    void bothFamiliesAnswer();
    void aPortTakenOnOneFamilyIsNotUsed_data();
    void aPortTakenOnOneFamilyIsNotUsed();
    void allPortsTakenIsAnError();
    void aPostIsHeldUntilTheOutcome();
    void aGetIsSentOnAtOnceAndToldThere();
    void theOutcomeDoesNotWait();
    void theStartLeadsOnWithACookie();
    void aStartWorksOnce_data();
    void aStartWorksOnce();
    void whatIsNoVisitDoesNotCount_data();
    void whatIsNoVisitDoesNotCount();
    void everyStartHasItsOwnCookie();
    void aCodeWithoutTheCookieCostsNothing_data();
    void aCodeWithoutTheCookieCostsNothing();
    void cookiesAreNeededForItsOwnHost();
    void aStrangersCodeIsNotTaken();
    void noiseChangesNothing_data();
    void noiseChangesNothing();
    void aForeignRedirectIsNoticed_data();
    void aForeignRedirectIsNoticed();
    void aMissingCodeIsNoticed();
    void aRequestInPiecesIsRead_data();
    void aRequestInPiecesIsRead();
    void aStalledConnectionIsDropped();
    void stalledConnectionsKeepNobodyOut();
    void noBurstCostsARequestItsAnswer();
    void cookiesOfOthersCostNothing();
    void aLateVisitGetsAPage_data();
    void aLateVisitGetsAPage();
    void lateVisitsEnd();
    void aReplayIsRefused_data();
    void aReplayIsRefused();
    void aPageThatWaitsTooLongSaysReturn();
    void everyAnswerIsGuarded();
    void destroyingSetsEverythingFree();
};

void RedirectListenerTest::theRedirectUriHasNoSlashForTheRoot()
{
    const Bench root;
    QCOMPARE(root.listener->redirectUri(), u"http://localhost:%1"_s.arg(root.port));
    const Bench other(ResponseMode::query, [](auto &settings) { settings.redirect.path = u"/cb/0123456789abcdef"_s; });
    QCOMPARE(other.listener->redirectUri(), u"http://localhost:%1/cb/0123456789abcdef"_s.arg(other.port));
    QCOMPARE(exchange(other.port, other.get("/cb/0123456789abcdef?" + goodForm)).status, 303);
}

void RedirectListenerTest::bothFamiliesAnswer()
{
    const Bench bench;
    QCOMPARE(exchange(bench.port, bench.get("/elsewhere")).status, 404);
    QCOMPARE(exchange(bench.port, bench.get("/elsewhere"), true).status,
             hasFamily(QHostAddress::LocalHostIPv6) ? 404 : 0);
}

void RedirectListenerTest::aPortTakenOnOneFamilyIsNotUsed_data()
{
    QTest::addColumn<bool>("isV6");
    QTest::newRow("taken on 127.0.0.1") << false;
    QTest::newRow("taken on ::1, or no such family") << true;
}

void RedirectListenerTest::aPortTakenOnOneFamilyIsNotUsed()
{
    QFETCH(bool, isV6);
    const QHostAddress::SpecialAddress family = isV6 ? QHostAddress::LocalHostIPv6 : QHostAddress::LocalHost;
    QTcpServer taken;
    quint16 free = 0;
    {
        const Bench other;
        free = other.port;
        if (!hasFamily(family)) {
            QVERIFY(free != 0);
            return;
        }
        QVERIFY(taken.listen(QHostAddress(family)));
    }
    const Bench bench(ResponseMode::query, [&](auto &settings) {
        settings.redirect.ports = {taken.serverPort(), free};
    });
    QCOMPARE(bench.port, free);
    QCOMPARE(exchange(bench.port, bench.get("/?" + goodForm)).status, 303);
}

void RedirectListenerTest::allPortsTakenIsAnError()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress(QHostAddress::LocalHost)));
    RedirectListener::Settings settings;
    settings.redirect.ports = {taken.serverPort()};
    const auto listening = RedirectListener::listen(settings);
    QVERIFY(!listening);
    QCOMPARE(listening.error().code.toString(), u"sign-in.listen-failed"_s);
    QVERIFY(factValue(listening.error().facts, facts::portsTried).contains(QString::number(taken.serverPort())));
}

void RedirectListenerTest::aPostIsHeldUntilTheOutcome()
{
    Bench bench;
    RawBrowser browser(bench.port);
    browser.send(bench.pageFor(bench.post(goodForm + "&session_state=abc")));
    QTRY_COMPARE(bench.redirects->size(), 1U);
    const Redirect redirect = bench.redirects->front();
    QVERIFY(redirect.isPost);
    QCOMPARE(redirect.code.reveal().toByteArray(), "the-code"_ba);
    QCOMPARE(redirect.parameters, (QMap<QString, QString>{{u"session_state"_s, u"abc"_s}}));
    QVERIFY(!browser.hasAnswer());
    const RawAnswer secondTab = exchange(bench.port, bench.get("/?" + goodForm));
    QCOMPARE(secondTab.status, 404);
    QVERIFY(secondTab.body.contains("has its answer already"));
    QVERIFY(QCoro::waitFor([](OneShot<bool> told) -> QCoro::Task<bool> {
        co_return co_await told;
    }(bench.listener->tell(page(200, u"Done"_s, u"Well done"_s)))));
    const RawAnswer answer = browser.answer();
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.contains("Well done"));
}

void RedirectListenerTest::aGetIsSentOnAtOnceAndToldThere()
{
    Bench bench(ResponseMode::query);
    const RawAnswer moved = exchange(bench.port, bench.get("/?" + goodForm));
    QCOMPARE(moved.status, 303);
    QVERIFY(moved.body.isEmpty());
    const QByteArray done = moved.header("Location");
    QVERIFY(!done.contains("the-code"));
    QVERIFY(bench.redirects->empty());
    RawBrowser browser(bench.port);
    browser.send(bench.get(done, "Cookie: " + bench.cookie + "\r\n"));
    QTRY_COMPARE(bench.redirects->size(), 1U);
    RawBrowser reloaded(bench.port, hasFamily(QHostAddress::LocalHostIPv6));
    reloaded.send(bench.get(done, "Cookie: " + bench.cookie + "\r\n"));
    QCOMPARE(exchange(bench.port, bench.get("/done/guessed")).status, 404);
    QVERIFY(!browser.hasAnswer());
    bench.listener->tell(page(200, u"Done"_s, u"Well done"_s));
    QVERIFY(browser.answer().body.contains("Well done"));
    QVERIFY(reloaded.answer().body.contains("Well done"));
    QVERIFY(exchange(bench.port, bench.get(done)).body.contains("This sign-in is over"));
}

void RedirectListenerTest::theOutcomeDoesNotWait()
{
    const Bench untouched;
    QTRY_VERIFY(untouched.listener->tell(page(200, u"Done"_s, {})).isSet());
    Bench left;
    {
        RawBrowser browser(left.port);
        browser.send(left.pageFor(left.post(goodForm)));
        QTRY_COMPARE(left.redirects->size(), 1U);
    }
    QTRY_VERIFY(left.listener->tell(page(200, u"Done"_s, {})).isSet());
}

void RedirectListenerTest::theStartLeadsOnWithACookie()
{
    const Bench bench;
    const QUrl url = bench.listener->newStart();
    QCOMPARE(url.toString(QUrl::RemovePath), u"http://localhost:%1"_s.arg(bench.port));
    const RawAnswer answer = exchange(bench.port, bench.get(url.path().toLatin1()));
    QCOMPARE(answer.status, 303);
    QCOMPARE(answer.header("Location"), goodServer.toEncoded());
    QByteArrayList parts = answer.header("Set-Cookie").split(';');
    for (QByteArray &part : parts)
        part = part.trimmed();
    QVERIFY(parts.value(0).startsWith("bookdesk="));
    QCOMPARE(parts.value(0).size(), qsizetype(sizeof("bookdesk=") - 1 + 43));
    QVERIFY(parts.value(1).startsWith("Path=/done/"));
    QCOMPARE(parts.mid(2), (QByteArrayList{"Max-Age=600", "HttpOnly", "SameSite=Lax"}));
    QVERIFY(exchange(bench.port, bench.post(goodForm)).header("Location").startsWith(parts.value(1).sliced(5) + '/'));
    QTRY_VERIFY(bench.listener->visited().isSet());
}

void RedirectListenerTest::aStartWorksOnce_data()
{
    QTest::addColumn<bool>("isHeld");
    QTest::newRow("while it waits") << false;
    QTest::newRow("while a page is held") << true;
}

void RedirectListenerTest::aStartWorksOnce()
{
    QFETCH(bool, isHeld);
    Bench bench;
    const QByteArray other = bench.visit(bench.listener->newStart().path().toLatin1());
    const QByteArray pageOfFirst = bench.pageFor(bench.post(goodForm));
    RawBrowser browser(bench.port);
    if (isHeld) {
        browser.send(pageOfFirst);
        QTRY_COMPARE(bench.redirects->size(), 1U);
    }
    const RawAnswer second = exchange(bench.port, bench.get(bench.start));
    QCOMPARE(second.status, 409);
    QVERIFY(second.body.contains("Somebody else on this computer may have used it first"));
    QVERIFY(second.header("Location").isEmpty() && second.header("Set-Cookie").isEmpty());
    QTRY_COMPARE(bench.visitedTwice, 1);
    QCOMPARE(exchange(bench.port, pageOfFirst).status, isHeld ? 403 : 404);
    QCOMPARE(exchange(bench.port, bench.post(goodForm)).status, 404);
    QCOMPARE(bench.redirects->size(), isHeld ? 1U : 0U);
    QVERIFY(!other.isEmpty());
}

void RedirectListenerTest::whatIsNoVisitDoesNotCount_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("a prefetch") << getRequest("@START@", "@HOST@", "Purpose: prefetch\r\n");
    QTest::newRow("a prerender") << getRequest("@START@", "@HOST@", "Sec-Purpose: prefetch;prerender\r\n");
    QTest::newRow("HEAD") << "HEAD @START@ HTTP/1.1\r\nHost: @HOST@\r\n\r\n"_ba;
    QTest::newRow("a form") << postRequest("@START@", "@HOST@", "a=b");
    QTest::newRow("another host") << getRequest("@START@", "evil.example");
    QTest::newRow("an address that was never given") << getRequest("/start/guessed", "@HOST@");
    QTest::newRow("the beginning of one") << getRequest("/start/", "@HOST@");
}

void RedirectListenerTest::whatIsNoVisitDoesNotCount()
{
    QFETCH(QByteArray, request);
    Bench bench;
    const QByteArray fresh = bench.listener->newStart().path().toLatin1();
    for (const QByteArray &start : {fresh, bench.start}) {
        const QByteArray sent = QByteArray(request).replace("@START@", start).replace("@HOST@", bench.host());
        const RawAnswer answer = exchange(bench.port, sent);
        QVERIFY(answer.status == 404 || answer.status == 405);
        QVERIFY(answer.header("Set-Cookie").isEmpty());
    }
    QVERIFY(!bench.visit(fresh).isEmpty());
    QCoreApplication::processEvents();
    QCOMPARE(bench.visitedTwice, 0);
}

void RedirectListenerTest::everyStartHasItsOwnCookie()
{
    for (const bool isFirst : {true, false}) {
        Bench bench;
        const QByteArray later = bench.visit(bench.listener->newStart().path().toLatin1());
        QVERIFY(later != bench.cookie);
        if (!isFirst)
            bench.cookie = later;
        RawBrowser browser(bench.port);
        browser.send(bench.pageFor(bench.post(goodForm)));
        QTRY_COMPARE(bench.redirects->size(), 1U);
    }
}

void RedirectListenerTest::aCodeWithoutTheCookieCostsNothing_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::newRow("no cookie") << QByteArray();
    QTest::newRow("an empty one") << "Cookie: bookdesk=\r\n"_ba;
    QTest::newRow("a guessed one") << "Cookie: bookdesk=guessed\r\n"_ba;
    QTest::newRow("the right one by another name") << "Cookie: other@VALUE@\r\n"_ba;
    QTest::newRow("the beginning of the right one") << "Cookie: bookdesk@HALF@\r\n"_ba;
    QTest::newRow("the right one in another header") << "X-Cookie: bookdesk@VALUE@\r\n"_ba;
}

void RedirectListenerTest::aCodeWithoutTheCookieCostsNothing()
{
    QFETCH(QByteArray, headers);
    Bench bench;
    const QByteArray value = bench.cookie.sliced(bench.cookie.indexOf('='));
    headers.replace("@VALUE@", value).replace("@HALF@", value.first(20));
    const QByteArray location = exchange(bench.port, bench.post(goodForm)).header("Location");
    const RawAnswer answer = exchange(bench.port, bench.get(location, headers));
    QCOMPARE(answer.status, 403);
    QVERIFY(answer.body.contains("This browser did not begin the sign-in"));
    QTRY_COMPARE(bench.ignored, std::vector{RedirectListener::Ignored::withoutCookie});
    QVERIFY(bench.redirects->empty());
    RawBrowser browser(bench.port);
    browser.send(bench.get(location, "Cookie: " + bench.cookie + "\r\n"));
    QTRY_COMPARE(bench.redirects->size(), 1U);
}

void RedirectListenerTest::cookiesAreNeededForItsOwnHost()
{
    const Bench bench(ResponseMode::formPost,
                      [](RedirectListener::Settings &settings) { settings.redirect.host = u"127.0.0.1"_s; });
    const QByteArray host = "127.0.0.1:" + QByteArray::number(bench.port);
    const QByteArray location = exchange(bench.port, postRequest("/", host, goodForm)).header("Location");
    const RawAnswer answer = exchange(bench.port, getRequest(location, host, {}));
    QCOMPARE(answer.status, 403);
    QVERIFY2(answer.body.contains("cookies for 127.0.0.1"), answer.body);
}

void RedirectListenerTest::aStrangersCodeIsNotTaken()
{
    Bench bench;
    for (int i = 0; i < 20; ++i) {
        const RawAnswer sentOn = exchange(bench.port, bench.post("code=strangers&state=" + goodState));
        QCOMPARE(sentOn.status, 303);
        QCOMPARE(exchange(bench.port, bench.get(sentOn.header("Location"))).status, 403);
    }
    RawBrowser browser(bench.port);
    browser.send(bench.pageFor(bench.post(goodForm)));
    QTRY_COMPARE(bench.redirects->size(), 1U);
    QCOMPARE(bench.redirects->front().code.reveal().toByteArray(), "the-code"_ba);
    QCOMPARE(exchange(bench.port, bench.post("code=strangers&state=" + goodState)).status, 404);
    QVERIFY(!browser.hasAnswer());
}

void RedirectListenerTest::noiseChangesNothing_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const auto get = [](const QByteArray &target, const QByteArray &headers = {}) {
        return getRequest(target, "@HOST@", headers);
    };
    const QByteArray good = "/?" + goodForm;
    QTest::newRow("favicon") << get("/favicon.ico") << 404;
    QTest::newRow("another path with the good parameters") << get("/cb?" + goodForm) << 404;
    QTest::newRow("a longer path") << get("/x/?" + goodForm) << 404;
    QTest::newRow("a doubled slash") << get("//?" + goodForm) << 404;
    QTest::newRow("nothing asked") << get("/") << 404;
    QTest::newRow("HEAD") << QByteArray("HEAD " + good + " HTTP/1.1\r\nHost: @HOST@\r\n\r\n") << 405;
    QTest::newRow("OPTIONS") << QByteArray("OPTIONS " + good + " HTTP/1.1\r\nHost: @HOST@\r\n\r\n") << 405;
    QTest::newRow("PUT") << QByteArray("PUT " + good + " HTTP/1.1\r\nHost: @HOST@\r\n\r\n") << 405;
    QTest::newRow("prefetch") << get(good, "Purpose: prefetch\r\n") << 404;
    QTest::newRow("secure prefetch") << get(good, "Sec-Purpose: prefetch;prerender\r\n") << 404;
    QTest::newRow("another host") << getRequest(good, "evil.example") << 404;
    QTest::newRow("127.0.0.1 as host") << getRequest(good, "127.0.0.1:@PORT@") << 404;
    QTest::newRow("the host without its port") << getRequest(good, "localhost") << 404;
    QTest::newRow("the host with another port") << getRequest(good, "localhost:1") << 404;
    QTest::newRow("no host") << QByteArray("GET " + good + " HTTP/1.1\r\n\r\n") << 404;
    QTest::newRow("two hosts") << get(good, "Host: evil.example\r\n") << 400;
    QTest::newRow("the code twice") << get(good + "&code=another") << 404;
    QTest::newRow("the state twice") << get(good + "&state=" + goodState) << 404;
    QTest::newRow("the state twice, the second encoded") << get(good + "&st%61te=other") << 404;
    QTest::newRow("a broken escape") << get(good + "&x=%zz") << 404;
    QTest::newRow("no UTF-8") << get(good + "&x=%ff%fe") << 404;
    QTest::newRow("70 KB of headers") << get(good, "X-Long: " + QByteArray(70 * 1024, 'x') + "\r\n") << 431;
    QTest::newRow("70 KB of query") << get(good + "&x=" + QByteArray(70 * 1024, 'x')) << 431;
    QTest::newRow("a huge body") << QByteArray("POST / HTTP/1.1\r\nHost: @HOST@\r\nContent-Type: "
                                               "application/x-www-form-urlencoded\r\nContent-Length: 99999999\r\n\r\n")
                                 << 413;
    QTest::newRow("a length that is none") << get(good, "Content-Length: -1\r\n") << 400;
    QTest::newRow("chunks") << get(good, "Transfer-Encoding: chunked\r\n") << 400;
    QTest::newRow("a folded header") << get(good, "X: a\r\n b\r\n") << 400;
    QTest::newRow("an absolute target") << get("http://@HOST@" + good) << 400;
    QTest::newRow("a shouting port scanner") << QByteArray("EHLO scanner\r\n\r\n") << 400;
    QTest::newRow("a TLS greeting") << QByteArray::fromHex("16030100a5010000a10303") + "\r\n\r\n" << 400;
    QTest::newRow("a form that is none") << QByteArray("POST / HTTP/1.1\r\nHost: @HOST@\r\nContent-Type: text/plain\r\n"
                                                       "Content-Length: " +
                                                       QByteArray::number(goodForm.size()) + "\r\n\r\n" + goodForm)
                                         << 404;
    QTest::newRow("a form with a query") << postRequest("/?a=b", "@HOST@", goodForm) << 404;
}

void RedirectListenerTest::noiseChangesNothing()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    Bench bench;
    request.replace("@HOST@", bench.host()).replace("@PORT@", QByteArray::number(bench.port));
    const RawAnswer answer = exchange(bench.port, request);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.body.contains("<p>Bookdesk ") || answer.body.contains("<p>The "), !request.startsWith("HEAD"));
    QVERIFY(bench.redirects->empty());
    QVERIFY(bench.ignored.empty());
    RawBrowser browser(bench.port);
    browser.send(bench.pageFor(bench.post(goodForm)));
    QTRY_COMPARE(bench.redirects->size(), 1U);
}

void RedirectListenerTest::aForeignRedirectIsNoticed_data()
{
    QTest::addColumn<QByteArray>("form");
    QTest::addColumn<RedirectListener::Ignored>("why");
    using enum RedirectListener::Ignored;
    QTest::newRow("wrong state") << "code=stolen&state=somebody-elses"_ba << foreignState;
    QTest::newRow("no state") << "code=stolen"_ba << foreignState;
    QTest::newRow("an error without our state") << "error=access_denied&error_description=AADSTS1"_ba << foreignError;
    QTest::newRow("an error with a wrong state") << "error=access_denied&state=x"_ba << foreignError;
    QTest::newRow("an empty state") << "code=stolen&state="_ba << foreignState;
    QTest::newRow("the beginning of the state")
        << QByteArray("code=stolen&state=" + goodState.first(20)) << foreignState;
    QTest::newRow("the state and more") << QByteArray("code=stolen&state=" + goodState + "x") << foreignState;
}

void RedirectListenerTest::aForeignRedirectIsNoticed()
{
    QFETCH(QByteArray, form);
    QFETCH(RedirectListener::Ignored, why);
    Bench bench;
    for (const QByteArray &request : {bench.post(form), bench.get("/?" + form)}) {
        bench.ignored.clear();
        const RawAnswer answer = exchange(bench.port, request);
        QCOMPARE(answer.status, 404);
        QVERIFY(answer.body.contains("does not belong to your sign-in"));
        QTRY_COMPARE(bench.ignored, std::vector{why});
        QVERIFY(bench.redirects->empty());
    }
}

void RedirectListenerTest::aMissingCodeIsNoticed()
{
    Bench bench;
    for (const QByteArray &form : {"state=" + goodState, "code=&state=" + goodState}) {
        bench.ignored.clear();
        const RawAnswer answer = exchange(bench.port, bench.post(form));
        QCOMPARE(answer.status, 400);
        QVERIFY(answer.body.contains("carries no sign-in code"));
        QTRY_COMPARE(bench.ignored, std::vector{RedirectListener::Ignored::withoutCode});
        QVERIFY(bench.redirects->empty());
    }
}

void RedirectListenerTest::aRequestInPiecesIsRead_data()
{
    QTest::addColumn<bool>("isQuery");
    QTest::addColumn<int>("size");
    QTest::newRow("a form in bytes") << false << 1;
    QTest::newRow("a query in bytes") << true << 1;
    QTest::newRow("a form in large pieces") << false << 50;
    QTest::newRow("a query in large pieces") << true << 50;
}

void RedirectListenerTest::aRequestInPiecesIsRead()
{
    QFETCH(bool, isQuery);
    QFETCH(int, size);
    Bench bench(isQuery ? ResponseMode::query : ResponseMode::formPost);
    const QByteArray request = isQuery ? bench.get("/?" + goodForm) : bench.post(goodForm);
    RawBrowser browser(bench.port);
    for (qsizetype at = 0; at < request.size(); at += size) {
        browser.send(request.sliced(at, qMin<qsizetype>(size, request.size() - at)));
        QVERIFY(!browser.hasAnswer());
        QCoreApplication::processEvents();
    }
    QCOMPARE(browser.answer().status, 303);
}

void RedirectListenerTest::aStalledConnectionIsDropped()
{
    Bench bench(ResponseMode::formPost, [](auto &settings) { settings.requestRead = 200ms; });
    RawBrowser silent(bench.port);
    RawBrowser half(bench.port);
    half.send("POST / HTTP/1.1\r\nHost: ");
    QTRY_VERIFY(silent.isClosed());
    QTRY_VERIFY(half.isClosed());
    QCOMPARE(half.answer().status, 0);
    QCOMPARE(exchange(bench.port, bench.post(goodForm)).status, 303);
}

void RedirectListenerTest::stalledConnectionsKeepNobodyOut()
{
    Bench bench;
    std::vector<std::unique_ptr<RawBrowser>> stalled;
    for (int i = 0; i < 200; ++i) {
        stalled.push_back(std::make_unique<RawBrowser>(bench.port));
        stalled.back()->send("GET / HTTP/1.1\r\n");
    }
    QCOMPARE(exchange(bench.port, bench.post(goodForm)).status, 303);
    int open = 0;
    for (const auto &connection : stalled)
        open += connection->isClosed() ? 0 : 1;
    QVERIFY2(open <= 128, qPrintable(QString::number(open)));
}

void RedirectListenerTest::noBurstCostsARequestItsAnswer()
{
    static int messages = 0;
    messages = 0;
    const Bench bench;
    const QtMessageHandler before =
        qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) { ++messages; });
    // The system takes them all, before the listener looks at the first.
    std::vector<std::unique_ptr<QTcpSocket>> all;
    std::vector<QTcpSocket *> honest;
    bool areConnected = true;
    for (int i = 0; i < 1000; ++i) {
        all.push_back(std::make_unique<QTcpSocket>());
        all.back()->connectToHost(QHostAddress(QHostAddress::LocalHost), bench.port);
        areConnected = areConnected && all.back()->waitForConnected(2'000);
        if (i % 100 == 50) {
            honest.push_back(all.back().get());
            honest.back()->write(bench.get("/elsewhere"));
            areConnected = areConnected && honest.back()->waitForBytesWritten(2'000);
        }
    }
    const auto isAnswered = [](QTcpSocket *socket) {
        return socket->state() == QAbstractSocket::UnconnectedState && socket->peek(12) == "HTTP/1.1 404";
    };
    const bool areAnswered =
        QTest::qWaitFor([&] { return std::all_of(honest.begin(), honest.end(), isAnswered); }, 10'000);
    qInstallMessageHandler(before);
    QVERIFY(areConnected);
    QVERIFY(areAnswered);
    QCOMPARE(messages, 0);
}

void RedirectListenerTest::cookiesOfOthersCostNothing()
{
    Bench bench;
    const QByteArray cookies = "Cookie: other=" + QByteArray(40 * 1024, 'c') + "\r\n";
    QByteArray request = bench.post(goodForm);
    request.insert(request.indexOf("\r\n") + 2, cookies);
    QCOMPARE(exchange(bench.port, request).status, 303);
}

void RedirectListenerTest::aLateVisitGetsAPage_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("somebody was signed in") << 200 << "It was finished before"_ba;
    QTest::newRow("nobody was signed in") << 400 << "It ended without signing anybody in"_ba;
}

void RedirectListenerTest::aLateVisitGetsAPage()
{
    QFETCH(int, status);
    QFETCH(QByteArray, says);
    Bench bench;
    bench.listener->tell(page(status, u"Done"_s, u"Secret outcome"_s));
    QObject owner;
    RedirectListener::remain(std::move(bench.listener), owner, 1min);
    for (const QByteArray &request : {bench.post(goodForm), bench.get("/?" + goodForm)}) {
        const RawAnswer answer = exchange(bench.port, request);
        QCOMPARE(answer.status, 404);
        QVERIFY(answer.body.contains(says));
        QVERIFY(!answer.body.contains("Secret outcome"));
    }
    QVERIFY(bench.redirects->empty());
}

void RedirectListenerTest::lateVisitsEnd()
{
    Bench first;
    Bench second;
    QObject owner;
    auto other = std::make_unique<QObject>();
    RedirectListener::remain(std::move(first.listener), owner, 50ms);
    RedirectListener::remain(std::move(second.listener), *other, 1min);
    other.reset();
    QVERIFY(!RawBrowser(second.port).isConnected());
    QTRY_VERIFY(owner.children().isEmpty());
    QVERIFY(!RawBrowser(first.port).isConnected());
    for (int i = 0; i < 20; ++i) {
        RedirectListener::remain(std::move(Bench().listener), owner, 1min);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    QVERIFY2(owner.children().size() <= 4, "not one for each of many attempts");
}

void RedirectListenerTest::aReplayIsRefused_data()
{
    QTest::addColumn<bool>("isQuery");
    QTest::newRow("by form") << false;
    QTest::newRow("by query") << true;
}

void RedirectListenerTest::aReplayIsRefused()
{
    QFETCH(bool, isQuery);
    Bench bench(isQuery ? ResponseMode::query : ResponseMode::formPost);
    const QByteArray request = isQuery ? bench.get("/?" + goodForm) : bench.post(goodForm);
    RawBrowser waiting(bench.port);
    waiting.send(request.first(10));
    RawBrowser browser(bench.port);
    browser.send(bench.pageFor(request));
    QTRY_COMPARE(bench.redirects->size(), 1U);
    waiting.send(request.sliced(10));
    QCOMPARE(waiting.answer().status, 404);
    QCOMPARE(exchange(bench.port, request).status, 404);
    QCOMPARE(bench.redirects->size(), 1U);
}

void RedirectListenerTest::aPageThatWaitsTooLongSaysReturn()
{
    Bench bench(ResponseMode::formPost, [](auto &settings) { settings.browserAnswer = 200ms; });
    const RawAnswer answer = exchange(bench.port, bench.pageFor(bench.post(goodForm)));
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.contains("Return to Bookdesk"));
    QTRY_VERIFY(bench.listener->tell(page(200, u"Done"_s, {})).isSet());
}

void RedirectListenerTest::everyAnswerIsGuarded()
{
    Bench bench(ResponseMode::query);
    std::vector<RawAnswer> answers{exchange(bench.port, bench.get("/favicon.ico", "Origin: https://evil.example\r\n")),
                                   exchange(bench.port, bench.get("/?state=" + goodState)),
                                   exchange(bench.port, bench.get("/?" + goodForm))};
    RawBrowser browser(bench.port);
    browser.send(bench.get(answers.back().header("Location"), "Cookie: " + bench.cookie + "\r\n"));
    QTRY_COMPARE(bench.redirects->size(), 1U);
    bench.listener->tell(page(200, u"Done"_s, u"<script>alert(1)</script> & \u202Eevil"_s));
    answers.push_back(browser.answer());
    for (const RawAnswer &answer : answers) {
        QCOMPARE(answer.header("Cache-Control"), "no-store"_ba);
        QCOMPARE(answer.header("Referrer-Policy"), "no-referrer"_ba);
        QCOMPARE(answer.header("X-Content-Type-Options"), "nosniff"_ba);
        QVERIFY(answer.header("Content-Security-Policy").startsWith("default-src 'none';"));
        QVERIFY(answer.header("Content-Security-Policy").contains("frame-ancestors 'none'"));
        QVERIFY(!answer.head.toLower().contains("access-control"));
        QVERIFY(!answer.head.toLower().contains("set-cookie"));
        QVERIFY(!answer.body.contains("<script"));
        QVERIFY(!answer.body.contains("\u202E"));
    }
    QVERIFY(answers.back().body.contains("&lt;script&gt;"));
}

void RedirectListenerTest::destroyingSetsEverythingFree()
{
    Bench bench;
    RawBrowser idle(bench.port);
    RawBrowser browser(bench.port);
    browser.send(bench.pageFor(bench.post(goodForm)));
    QTRY_COMPARE(bench.redirects->size(), 1U);
    const OneShot<std::optional<Redirect>> untouched = Bench().listener->redirect();
    QVERIFY(untouched.isSet());
    bench.listener.reset();
    QTRY_VERIFY(idle.isClosed() && browser.isClosed());
}

QTEST_GUILESS_MAIN(RedirectListenerTest)
#include "redirect-listener-test.moc"
