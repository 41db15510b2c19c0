// Destroys each owner of tasks at every step of what it does, over real sockets: sign-in, refresh, key fetch, book load
// and the rest. Its waiters hear of it at once, and nothing is called afterwards. Meant for AddressSanitizer above all.
#include "books/claim-types.h"
#include "core/results.h"
#include "identity/discovery.h"
#include "identity/redirect-listener.h"
#include "workspace/persona-browser.h"
#include "workspace/replay.h"
#include "workspace/workspace.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::MakeScene;
using test::Moment;
using test::PlayPointer;
using test::Scene;
using test::Stand;
using test::valueOf;

namespace {

std::shared_ptr<sandbox::SandboxServer> startedSandbox()
{
    return valueOf(QCoro::waitFor(sandbox::SandboxServer::start({})));
}

/// The running Sandbox and what is known of it.
struct World
{
    std::shared_ptr<sandbox::SandboxServer> sandbox = startedSandbox();
    identity::Connection connection = valueOf(identity::readConnection(toCompactJson(sandbox->connectionFile())));
    identity::DiscoveryDocument endpoints;
    std::optional<identity::SignedIn> person;
};

std::unique_ptr<World> world;

/// What a connection's owners share.
struct Network
{
    net::ExchangeLog log;
    Redactor redactor;
    net::AccessManager manager{log, redactor, systemNow, {}, {}};
    net::HttpClient http{manager};
    identity::TrustStore trust{http, world->connection, {books::claimTypes(), {}}, systemNow};
    identity::Session session{{http, trust, redactor, systemNow}};
};

Clock clockOf(const PlayPointer &play, std::chrono::hours ahead = std::chrono::hours{0})
{
    return [play, ahead] {
        play->noteUse();
        return systemNow() + ahead;
    };
}

identity::OpenUrl browserOf(const PlayPointer &play)
{
    return [play, open = workspace::personaBrowser({u"ada"_s}, {})](const QUrl &url) {
        play->called();
        return open(url);
    };
}

/// Every signal of @p sender is a call.
template <class Sender, class... Signals> void hear(Sender &sender, const PlayPointer &play, Signals... ofSender)
{
    (QObject::connect(&sender, ofSender, qApp, [play] { play->called(); }), ...);
}

void hearSession(identity::Session &session, const PlayPointer &play)
{
    hear(session, play, &identity::Session::personChanged, &identity::Session::tokensRenewed,
         &identity::Session::renewalFailed);
}

Scene signIn(PlayPointer play)
{
    const auto network = std::make_shared<Network>();
    const identity::SignIn::Parts parts{network->manager, network->trust, network->redactor, browserOf(play),
                                        clockOf(play)};
    const Stand stand(std::make_unique<identity::SignIn>(parts, identity::SignInOptions(), identity::SignInLimits()),
                      play);
    hear(*stand.get(), play, &identity::SignIn::progressed);
    return stand.scene([stand, play] { test::await(stand->run(), play); }, network);
}

Stand<identity::Session> sessionOf(const std::shared_ptr<Network> &network, const PlayPointer &play,
                                   std::chrono::hours ahead)
{
    const identity::Session::Parts parts{network->http, network->trust, network->redactor, clockOf(play, ahead)};
    const Stand stand(std::make_unique<identity::Session>(parts), play);
    stand->begin(*world->person);
    hearSession(*stand.get(), play);
    return stand;
}

Scene refresh(PlayPointer play)
{
    const auto network = std::make_shared<Network>();
    const Stand stand = sessionOf(network, play, std::chrono::hours{0});
    return stand.scene([stand, play] { test::await(stand->refresh(), play); }, network);
}

/// By our clock the fresh tokens have expired, too, so that the refresh fails.
Scene requestThatRefreshes(PlayPointer play)
{
    const auto network = std::make_shared<Network>();
    const Stand stand = sessionOf(network, play, std::chrono::hours{2});
    net::HttpRequest request;
    request.url = world->sandbox->baseUrl().resolved(QUrl(u"/api/v1/books"_s));
    return stand.scene([stand, play, request] { test::await(stand->send(request), play); }, network);
}

Scene keyFetch(PlayPointer play)
{
    const auto network = std::make_shared<Network>();
    const Stand stand(std::make_unique<identity::KeyStore>(network->http, clockOf(play)), play);
    hear(*stand.get(), play, &identity::KeyStore::changed);
    const identity::KeySource source =
        world->connection.provider.keySource(world->endpoints.issuer, world->endpoints.jwksUri);
    return stand.scene([stand, play, source] { test::await(stand->keysFor(source, {}), play); }, network);
}

Scene inspection(PlayPointer play)
{
    const auto network = std::make_shared<Network>();
    const identity::ApiKnowledge api{books::claimTypes(), {}};
    const Stand stand(std::make_unique<identity::TrustStore>(network->http, world->connection, api, clockOf(play)),
                      play);
    hear(stand->keys(), play, &identity::KeyStore::changed);
    return stand.scene([stand, play] { test::await(stand->inspect(world->person->tokens.idToken), play); }, network);
}

Scene request(PlayPointer play)
{
    const auto network = std::make_shared<Network>();
    const Stand stand(std::make_unique<net::HttpClient>(network->manager), play);
    net::HttpRequest request;
    request.url = world->connection.provider.discoveryUrl(world->connection.authority);
    return stand.scene([stand, play, request] { test::await(stand->send(request), play); }, network);
}

Scene bookLoad(PlayPointer play)
{
    const auto network = std::make_shared<Network>();
    network->session.begin(*world->person);
    const books::BooksApi::Send send = [play, &session = network->session](auto request, auto stop) {
        play->called();
        return session.send(std::move(request), std::move(stop));
    };
    const books::BooksApi::Facts facts = [play] {
        play->noteUse();
        return books::TokenFacts();
    };
    const Stand stand(std::make_unique<books::BooksApi>(world->connection.apiBaseUrl, send, facts), play);
    return stand.scene([stand, play] { test::await(stand->list(), play); }, network);
}

QCoro::Task<void> answerRedirect(Stand<identity::RedirectListener> stand, PlayPointer play)
{
    const OneShot<std::optional<identity::Redirect>> arrival = stand->redirect();
    co_await arrival;
    if (stand.get()) {
        const OneShot<bool> told = stand->tell(identity::page(200, u"Done"_s, u"Done"_s));
        co_await told;
    }
    play->comes();
}

Scene redirect(PlayPointer play)
{
    identity::RedirectListener::Settings settings;
    settings.redirect = {u"localhost"_s, u"/"_s, {}};
    settings.state = "the-state";
    settings.responseMode = identity::ResponseMode::query;
    const Stand stand(valueOf(identity::RedirectListener::listen(settings)), play);
    hear(*stand.get(), play, &identity::RedirectListener::ignored);
    const auto browser = std::make_shared<QNetworkAccessManager>();
    return stand.scene(
        [stand, play, browser = browser.get()] {
            answerRedirect(stand, play);
            stand->redirect().whenSet([play](const auto &arrived) {
                if (arrived)
                    play->called();
            });
            QUrl home(stand->redirectUri());
            home.setPath(u"/"_s);
            home.setQuery(u"code=x&state=foreign"_s);
            browser->get(QNetworkRequest(home));
            // From the start to the page, with the cookie.
            home.setQuery(u"code=x&state=the-state"_s);
            stand->sendTo(home);
            browser->get(QNetworkRequest(stand->newStart()));
        },
        browser);
}

Scene visit(PlayPointer play)
{
    QUrl url = world->endpoints.authorizationEndpoint;
    url.setQuery(QUrlQuery{{u"client_id"_s, world->connection.clientId},
                           {u"response_type"_s, u"code"_s},
                           {u"response_mode"_s, u"query"_s},
                           {u"redirect_uri"_s, world->connection.redirect.uri(1)},
                           {u"scope"_s, u"openid"_s},
                           {u"state"_s, u"x"_s},
                           {u"code_challenge"_s, u"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_s},
                           {u"code_challenge_method"_s, u"S256"_s}});
    const Stand stand(std::make_unique<sandbox::Visitor>(QByteArray()), play);
    return stand.scene([stand, play, url] { test::await(stand->visit(url, {u"ada"_s}), play); });
}

workspace::Surroundings surroundingsOf(const PlayPointer &play)
{
    workspace::Surroundings surroundings;
    surroundings.clock = clockOf(play);
    surroundings.open = browserOf(play);
    return surroundings;
}

using StartOfDesk = std::function<void(workspace::Desk &, PlayPointer)>;

MakeScene deskThat(const StartOfDesk &does)
{
    return [does](const PlayPointer &play) {
        const Stand stand(std::make_unique<workspace::Desk>(world->connection, surroundingsOf(play)), play);
        stand->session().begin(*world->person);
        hear(*stand.get(), play, &workspace::Desk::attemptChanged);
        hear(stand->keys(), play, &identity::KeyStore::changed);
        hearSession(stand->session(), play);
        return stand.scene([stand, play, does] { does(*stand.get(), play); });
    };
}

/// Two connections lead to the Sandbox.
struct TwoConnections
{
    explicit TwoConnections(const PlayPointer &play)
        : store(folder.path())
    {
        workspace::Surroundings surroundings = surroundingsOf(play);
        surroundings.open = [this, play](const QUrl &) -> Result<void> {
            QMetaObject::invokeMethod(qApp, onOpen, Qt::QueuedConnection);
            play->called();
            return {};
        };
        for (const QString &name : {u"First"_s, u"Second"_s}) {
            identity::Connection connection = world->connection;
            connection.name = name;
            valueOf(store.add(connection));
        }
        workspace = std::make_unique<workspace::Workspace>(surroundings, store);
        hear(*workspace, play, &workspace::Workspace::connectionsChanged, &workspace::Workspace::deskChanged);
    }

    QTemporaryDir folder;
    workspace::ConnectionStore store;
    std::unique_ptr<workspace::Workspace> workspace;
    std::function<void()> onOpen;
};

Scene startOfSandbox(PlayPointer play)
{
    const auto props = std::make_shared<QTemporaryDir>();
    const workspace::ConnectionStore store(props->path());
    const Stand stand(std::make_unique<workspace::Workspace>(surroundingsOf(play), store), play);
    hear(*stand.get(), play, &workspace::Workspace::connectionsChanged, &workspace::Workspace::deskChanged);
    return stand.scene([stand, play] { test::await(stand->startSandbox({}), play); }, props);
}

/// The other connection comes into use while the browser is open, which ends the sign-in.
Scene changeOfDesk(PlayPointer play)
{
    const auto props = std::make_shared<TwoConnections>(play);
    const Stand stand(std::move(props->workspace), play);
    props->onOpen = [stand] {
        if (stand.get())
            stand->use(stand->connections().back().id);
    };
    return stand.scene([stand, play] { test::await(stand->desk()->signIn({}), play); }, props);
}

Scene keyRotation(PlayPointer play)
{
    const auto server = std::make_shared<std::shared_ptr<sandbox::SandboxServer>>(startedSandbox());
    hear(**server, play, &sandbox::SandboxServer::changed);
    const auto destroy = [server, play] {
        if (std::exchange(*server, nullptr))
            play->ownerHasGone();
    };
    return {[server, play] { test::await((*server)->rotateKeys(), play); },
            destroy,
            [destroy] { QMetaObject::invokeMethod(qApp, destroy, Qt::QueuedConnection); },
            {}};
}

} // namespace

class DestructionTest : public QObject
{
    Q_OBJECT

public:
    explicit DestructionTest(test::SteppingApplication &application)
        : m_application(application)
    {}

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void cleanupTestCase() { world.reset(); }

    void anOwnerMayGoAtAnyStep_data();
    void anOwnerMayGoAtAnyStep();

private:
    test::SteppingApplication &m_application;
};

void DestructionTest::initTestCase()
{
    world = std::make_unique<World>();
    workspace::Surroundings surroundings;
    surroundings.open = workspace::personaBrowser({u"ada"_s}, {});
    workspace::Desk desk(world->connection, surroundings);
    const Result<void> signedIn = QCoro::waitFor(desk.signIn({}));
    QVERIFY2(signedIn, signedIn ? "" : qPrintable(advised(signedIn.error())));
    world->person = desk.session().current();
    world->endpoints = valueOf(QCoro::waitFor(desk.trust().endpoints()));
}

void DestructionTest::anOwnerMayGoAtAnyStep_data()
{
    QTest::addColumn<MakeScene>("make");
    QTest::addColumn<Moment>("moment");
    const auto twoRows = [](const char *name, const MakeScene &make) {
        QTest::addRow("%s, after an event", name) << make << Moment::afterAnEvent;
        QTest::addRow("%s, in a callback", name) << make << Moment::inACallback;
    };
    const auto rows = [&twoRows](const char *name, const MakeScene &make) {
        twoRows(name, make);
        QTest::addRow("%s, soon after a callback", name) << make << Moment::soonAfterACallback;
    };
    rows("sign-in", signIn);
    rows("refresh", refresh);
    rows("request that refreshes", requestThatRefreshes);
    rows("key fetch", keyFetch);
    rows("inspection", inspection);
    rows("book load", bookLoad);
    rows("request", request);
    rows("redirect", redirect);
    rows("visit", visit);
    rows("change of desk", changeOfDesk);
    // Two rows, because each replay makes keys, which takes long.
    twoRows("key rotation", keyRotation);
    twoRows("start of the Sandbox", startOfSandbox);
    rows("desk, sign-in",
         deskThat([](workspace::Desk &desk, const PlayPointer &play) { test::await(desk.signIn({}), play); }));
    rows("desk, refresh",
         deskThat([](workspace::Desk &desk, const PlayPointer &play) { test::await(desk.session().refresh(), play); }));
    rows("desk, inspection", deskThat([](workspace::Desk &desk, const PlayPointer &play) {
             test::await(desk.inspectToken(world->person->tokens.accessToken), play);
         }));
    rows("desk, book load",
         deskThat([](workspace::Desk &desk, const PlayPointer &play) { test::await(desk.books().list(), play); }));
    rows("desk, deletion", deskThat([](workspace::Desk &desk, const PlayPointer &play) {
             test::await(desk.books().remove(u"no-such-book"_s), play);
         }));
}

void DestructionTest::anOwnerMayGoAtAnyStep()
{
    QFETCH(const MakeScene, make);
    QFETCH(const Moment, moment);
    int step = 0;
    for (bool isReached = true; isReached;) {
        const PlayPointer play = test::playOnce(m_application, make, moment, ++step);
        isReached = play->isLastStepReached();
        const QByteArray where = "step " + QByteArray::number(step);
        QVERIFY2(play->isGone(), where);
        QVERIFY2(!play->isSilentEnd(), where);
        QVERIFY2(play->results() == 1, where);
        QVERIFY2(play->lateCalls() == 0, where);
    }
    QVERIFY(step > 1);
    qInfo("%d steps", step - 1);
}

int main(int argc, char **argv)
{
    test::SteppingApplication application(argc, argv);
    DestructionTest test(application);
    return QTest::qExec(&test, argc, argv);
}
#include "destruction-test.moc"
