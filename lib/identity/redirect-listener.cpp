#include "identity/redirect-listener.h"

#include "identity/attempt-secrets.h"
#include "identity/redirect-connection.h"

#include <QCoreApplication>
#include <QTcpSocket>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t mostConnections = 128;
/// More than anybody opens by hand; the oldest are forgotten.
constexpr std::size_t mostStarts = 32;
constexpr std::size_t mostCandidates = 8;
/// Of one owner.
constexpr qsizetype mostLate = 4;
constexpr QByteArrayView startPrefix("/start/");
constexpr QByteArrayView pagePrefix("/done/");
/// Of the cookie: the attempt's own limit is shorter.
constexpr std::chrono::seconds cookieLifetime{600};

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(RedirectListener)
};

RedirectAnswer notAllowed(const QByteArray &methods)
{
    RedirectAnswer answer = refusalPage(405);
    answer.headers.emplace_back("Allow"_ba, methods);
    return answer;
}

RedirectAnswer withoutCodePage()
{
    return page(400, Texts::tr("The sign-in code is missing"),
                Texts::tr("This redirect carries no sign-in code, so it was ignored. Bookdesk is still waiting: return "
                          "to Bookdesk and open the sign-in page again."));
}

RedirectAnswer foreignPage()
{
    return page(
        404, Texts::tr("This redirect does not belong to your sign-in"),
        Texts::tr("It was ignored, and Bookdesk is still waiting. Return to Bookdesk, and open the sign-in page "
                  "again from there."));
}

RedirectAnswer withoutCookiePage(const QString &host)
{
    return page(403, Texts::tr("This browser did not begin the sign-in"),
                Texts::tr("Its answer was ignored, and Bookdesk is still waiting. Finish the sign-in in the browser in "
                          "which it began. If it began here, allow cookies for %1, return to Bookdesk, and open the "
                          "sign-in page again.")
                    .arg(host));
}

RedirectAnswer twicePage()
{
    return page(409, Texts::tr("This link was used before"),
                Texts::tr("It works once. Somebody else on this computer may have used it first, so Bookdesk has ended "
                          "the sign-in. Return to Bookdesk and sign in again."));
}

RedirectAnswer secondPage()
{
    return page(404, Texts::tr("This sign-in has its answer already"),
                Texts::tr("Another tab brought it, and Bookdesk shows how the sign-in went. You can close this tab."));
}

RedirectAnswer latePage(bool isSuccess)
{
    return page(404, Texts::tr("This sign-in is over"),
                isSuccess ? Texts::tr("It was finished before, and Bookdesk shows who is signed in. You can close this "
                                      "tab.")
                          : Texts::tr("It ended without signing anybody in. Return to Bookdesk, which says why, and "
                                      "sign in again from there."));
}

RedirectAnswer returnPage()
{
    return page(200, Texts::tr("Return to Bookdesk"),
                Texts::tr("Bookdesk is still working on your sign-in and shows there how it went. You can close this "
                          "tab."));
}

/// Leads to the sign-in server, with the cookie for the pages below @p path.
RedirectAnswer startAnswer(const QUrl &authorizationUrl, const Secret &cookie, const QByteArray &path)
{
    RedirectAnswer answer = seeOther(authorizationUrl.toEncoded(QUrl::FullyEncoded));
    answer.headers.emplace_back("Set-Cookie"_ba, ownCookie.toByteArray() + '=' + cookie.reveal().toByteArray() +
                                                     "; Path=" + path +
                                                     "; Max-Age=" + QByteArray::number(qint64{cookieLifetime.count()}) +
                                                     "; HttpOnly; SameSite=Lax");
    return answer;
}

} // namespace

Result<std::unique_ptr<RedirectListener>> RedirectListener::listen(Settings settings)
{
    Result<std::unique_ptr<LoopbackServer>> server = LoopbackServer::listen(settings.redirect.ports);
    if (!server)
        return failure(server.error());
    return std::unique_ptr<RedirectListener>(new RedirectListener(std::move(settings), std::move(*server)));
}

RedirectListener::RedirectListener(Settings settings, std::unique_ptr<LoopbackServer> server)
    : m_settings(std::move(settings))
    , m_server(std::move(server))
    , m_pages(pagePrefix.toByteArray() + randomText())
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, &RedirectListener::giveUpHolding);
    connect(m_server.get(), &LoopbackServer::connected, this, &RedirectListener::acceptConnections);
}

RedirectListener::~RedirectListener()
{
    for (const ConnectionOwner &connection : m_connections) {
        connection->disconnect(this);
        connection->drop();
    }
    m_visited.set(false);
    m_redirect.set(std::nullopt);
    m_told.set(false);
}

QString RedirectListener::redirectUri() const { return m_settings.redirect.uri(m_server->port()); }

QUrl RedirectListener::newStart()
{
    if (m_starts.size() >= mostStarts) {
        const auto unused =
            std::find_if(m_starts.begin(), m_starts.end(), [](const Start &start) { return !start.isVisited; });
        m_starts.erase(unused == m_starts.end() ? m_starts.begin() : unused);
    }
    m_starts.push_back({startPrefix.toByteArray() + randomText(), Secret::taking(randomText())});
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(m_settings.redirect.host);
    url.setPort(m_server->port());
    url.setPath(QString::fromLatin1(m_starts.back().path));
    return url;
}

OneShot<bool> RedirectListener::tell(RedirectAnswer outcome)
{
    m_isSuccess = outcome.status == 200;
    const bool isWaiting = !m_held.empty();
    answerHeld(outcome);
    end(isWaiting);
    return m_told;
}

void RedirectListener::remain(std::unique_ptr<RedirectListener> listener, QObject &owner,
                              std::chrono::milliseconds time)
{
    const QList<RedirectListener *> earlier =
        owner.findChildren<RedirectListener *>(QString(), Qt::FindDirectChildrenOnly);
    if (earlier.size() >= mostLate)
        earlier.front()->deleteLater();
    RedirectListener *late = listener.release();
    late->setParent(&owner);
    late->m_phase = Phase::over;
    late->m_limit.stop();
    late->forgetSecrets();
    QTimer::singleShot(time, late, &QObject::deleteLater);
}

void RedirectListener::acceptConnections()
{
    while (std::unique_ptr<QTcpSocket> socket = m_server->nextConnection()) {
        m_connections.emplace_back(
            std::make_unique<RedirectConnection>(std::move(socket), m_settings.requestRead).release());
        RedirectConnection *connection = m_connections.back().get();
        connect(connection, &RedirectConnection::requestRead, this, [this, connection] { handle(*connection); });
        connect(connection, &RedirectConnection::ended, this, [this, connection] { forget(connection); });
        // What has been sent is read before anything is dropped, so that no burst costs a request its answer.
        connection->readArrived();
        makeRoom();
    }
}

/// Drops the oldest of the connections that matter least: a browser sends at once, a stalled one never does.
void RedirectListener::makeRoom()
{
    if (m_connections.size() <= mostConnections)
        return;
    std::vector<RedirectConnection *> all;
    for (const ConnectionOwner &connection : m_connections)
        all.push_back(connection.get());
    // Reading may end some; they are destroyed later.
    for (RedirectConnection *connection : all)
        connection->readArrived();
    if (m_connections.size() <= mostConnections)
        return;
    const auto least = std::min_element(
        m_connections.begin(), m_connections.end(),
        [](const ConnectionOwner &left, const ConnectionOwner &right) { return left->rank() < right->rank(); });
    if ((*least)->rank() != RedirectConnection::Rank::answering)
        (*least)->drop();
}

void RedirectListener::forget(RedirectConnection *connection)
{
    std::erase(m_held, connection);
    std::erase_if(m_connections, [connection](const ConnectionOwner &known) { return known.get() == connection; });
}

void RedirectListener::handle(RedirectConnection &connection)
{
    const RedirectRequest &request = connection.request();
    const QByteArray host = u"%1:%2"_s.arg(m_settings.redirect.host).arg(m_server->port()).toUtf8();
    if (request.host().compare(host, Qt::CaseInsensitive) != 0 || request.isPrefetch())
        connection.answer(refusalPage(404));
    else if (m_phase == Phase::over)
        handleLate(connection);
    else if (request.path == m_settings.redirect.path.toUtf8())
        handleRedirect(connection);
    else if (request.path.startsWith(startPrefix))
        handleStart(connection);
    else
        handlePage(connection);
}

void RedirectListener::handleLate(RedirectConnection &connection)
{
    const QByteArray &path = connection.request().path;
    const bool isOurs =
        path == m_settings.redirect.path.toUtf8() || path.startsWith(startPrefix) || path.startsWith(pagePrefix);
    connection.answer(isOurs ? latePage(m_isSuccess) : refusalPage(404));
}

void RedirectListener::handleStart(RedirectConnection &connection)
{
    const RedirectRequest &request = connection.request();
    const auto start = std::find_if(m_starts.begin(), m_starts.end(),
                                    [&request](const Start &known) { return known.path == request.path; });
    if (start == m_starts.end())
        return connection.answer(refusalPage(404));
    if (request.method != "GET")
        return connection.answer(notAllowed("GET"_ba));
    if (start->isVisited)
        return refuseSecondVisit(connection);
    if (m_phase == Phase::holding)
        return connection.answer(secondPage());
    start->isVisited = true;
    connection.answer(startAnswer(m_authorizationUrl, start->cookie, m_pages));
    QMetaObject::invokeMethod(
        this, [visited = m_visited] { visited.set(true); }, Qt::QueuedConnection);
}

void RedirectListener::refuseSecondVisit(RedirectConnection &connection)
{
    // From now on no cookie is accepted, no matter who has it.
    forgetSecrets();
    connection.answer(twicePage());
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT visitedTwice(); }, Qt::QueuedConnection);
}

void RedirectListener::handleRedirect(RedirectConnection &connection)
{
    if (m_phase == Phase::holding)
        return connection.answer(secondPage());
    const bool takesPost = m_settings.responseMode == ResponseMode::formPost;
    RedirectReading read = readRedirect(connection.request(), m_settings.state, m_settings.responseMode);
    switch (read.kind) {
    case RedirectKind::ours:
        return keep(connection, std::move(read.redirect));
    case RedirectKind::foreignState:
        return ignore(connection, foreignPage(), Ignored::foreignState);
    case RedirectKind::foreignError:
        return ignore(connection, foreignPage(), Ignored::foreignError);
    case RedirectKind::withoutCode:
        return ignore(connection, withoutCodePage(), Ignored::withoutCode);
    case RedirectKind::wrongMethod:
        return connection.answer(notAllowed(takesPost ? "GET, POST"_ba : "GET"_ba));
    case RedirectKind::other:
        return connection.answer(refusalPage(404));
    }
}

/// Keeping a code costs nothing: it is redeemed only after its page was requested with the cookie.
void RedirectListener::keep(RedirectConnection &connection, Redirect redirect)
{
    if (m_candidates.size() >= mostCandidates)
        m_candidates.erase(m_candidates.begin());
    m_candidates.push_back({m_pages + '/' + randomText(), std::move(redirect)});
    connection.answer(seeOther(m_candidates.back().page));
}

void RedirectListener::handlePage(RedirectConnection &connection)
{
    const RedirectRequest &request = connection.request();
    const bool isKept = std::any_of(m_candidates.begin(), m_candidates.end(),
                                    [&request](const Candidate &kept) { return kept.page == request.path; });
    if (!isKept && (m_takenPage.isEmpty() || request.path != m_takenPage))
        return connection.answer(refusalPage(404));
    if (request.method != "GET")
        return connection.answer(notAllowed("GET"_ba));
    if (!hasCookie(request))
        return ignore(connection, withoutCookiePage(m_settings.redirect.host), Ignored::withoutCookie);
    if (m_phase == Phase::awaiting)
        take(request.path);
    if (request.path != m_takenPage)
        return connection.answer(secondPage());
    m_held.push_back(&connection);
}

void RedirectListener::take(const QByteArray &page)
{
    m_phase = Phase::holding;
    m_takenPage = page;
    m_limit.start(m_settings.browserAnswer);
    const auto taken = std::find_if(m_candidates.begin(), m_candidates.end(),
                                    [&page](const Candidate &kept) { return kept.page == page; });
    QMetaObject::invokeMethod(
        this, [redirected = m_redirect, redirect = taken->redirect] { redirected.set(redirect); },
        Qt::QueuedConnection);
    for (Candidate &kept : m_candidates)
        kept.redirect = {};
}

bool RedirectListener::hasCookie(const RedirectRequest &request) const
{
    return std::any_of(m_starts.begin(), m_starts.end(), [&request](const Start &start) {
        return start.isVisited &&
               std::find(request.cookies.begin(), request.cookies.end(), start.cookie) != request.cookies.end();
    });
}

void RedirectListener::ignore(RedirectConnection &connection, const RedirectAnswer &answer, Ignored why)
{
    connection.answer(answer);
    QMetaObject::invokeMethod(
        this, [this, why] { Q_EMIT ignored(why); }, Qt::QueuedConnection);
}

void RedirectListener::answerHeld(const RedirectAnswer &answer)
{
    for (RedirectConnection *held : std::exchange(m_held, {}))
        held->answer(answer);
}

void RedirectListener::giveUpHolding()
{
    answerHeld(returnPage());
    end(false);
}

void RedirectListener::end(bool isTold)
{
    m_phase = Phase::over;
    m_limit.stop();
    forgetSecrets();
    QMetaObject::invokeMethod(
        this, [told = m_told, isTold] { told.set(isTold); }, Qt::QueuedConnection);
}

void RedirectListener::forgetSecrets()
{
    m_settings.state.clear();
    m_authorizationUrl.clear();
    m_starts.clear();
    m_candidates.clear();
}

} // namespace bookdesk::identity
