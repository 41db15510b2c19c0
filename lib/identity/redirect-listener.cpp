#include "identity/redirect-listener.h"

#include "identity/attempt-secrets.h"
#include "identity/redirect-connection.h"

#include <QCoreApplication>
#include <QTcpSocket>
#include <QUrl>

#include <algorithm>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t mostConnections = 128;

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

const Secret *find(const FormParameters &parameters, const QByteArray &name)
{
    const auto found = parameters.find(name);
    return found == parameters.end() || found->second.isEmpty() ? nullptr : &found->second;
}

bool looksLikeRedirect(const FormParameters &parameters)
{
    return find(parameters, "state"_ba) || find(parameters, "code"_ba) || find(parameters, "error"_ba);
}

Redirect readRedirect(const FormParameters &parameters, bool isPost)
{
    Redirect redirect;
    redirect.isPost = isPost;
    for (const auto &[name, value] : parameters) {
        if (name == "code")
            redirect.code = value;
        else if (name != "state")
            redirect.parameters.insert(QString::fromUtf8(name), QString::fromUtf8(value.reveal()));
    }
    return redirect;
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
    m_redirect.set(std::nullopt);
    m_told.set(false);
}

QString RedirectListener::redirectUri() const { return m_settings.redirect.uri(m_server->port()); }

OneShot<bool> RedirectListener::tell(RedirectAnswer outcome)
{
    m_isSuccess = outcome.status == 200;
    const bool mayStillAsk = m_phase == Phase::holding && !m_donePath.isEmpty() && m_held.empty();
    if (mayStillAsk) {
        m_outcome = std::move(outcome);
        m_limit.start(m_settings.pageFetch);
    } else {
        const bool isWaiting = !m_held.empty();
        answerHeld(outcome);
        end(isWaiting);
    }
    return m_told;
}

void RedirectListener::remain(std::unique_ptr<RedirectListener> listener, QObject &owner,
                              std::chrono::milliseconds time)
{
    RedirectListener *late = listener.release();
    late->setParent(&owner);
    late->m_phase = Phase::over;
    late->m_limit.stop();
    late->m_settings.state.clear();
    late->m_outcome.reset();
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
    else if (m_phase == Phase::awaiting)
        handleRedirect(connection);
    else
        handleDone(connection);
}

void RedirectListener::handleRedirect(RedirectConnection &connection)
{
    const RedirectRequest &request = connection.request();
    if (request.path != m_settings.redirect.path.toUtf8())
        return connection.answer(refusalPage(404));
    const bool isPost = request.method == "POST";
    const bool takesPost = m_settings.responseMode == ResponseMode::formPost;
    if (isPost ? !takesPost : request.method != "GET")
        return connection.answer(notAllowed(takesPost ? "GET, POST"_ba : "GET"_ba));
    if (isPost && (!request.isForm() || !request.query.isEmpty()))
        return connection.answer(refusalPage(404));
    const std::optional<FormParameters> parameters = readForm(isPost ? request.body : request.query);
    if (!parameters || !looksLikeRedirect(*parameters))
        return connection.answer(refusalPage(404));
    const Secret *state = find(*parameters, "state"_ba);
    if (!state || *state != Secret(m_settings.state))
        return ignore(connection, foreignPage(),
                      find(*parameters, "error"_ba) ? Ignored::foreignError : Ignored::foreignState);
    if (!find(*parameters, "code"_ba) && !find(*parameters, "error"_ba))
        return ignore(connection, withoutCodePage(), Ignored::withoutCode);
    accept(connection, readRedirect(*parameters, isPost));
}

void RedirectListener::handleDone(RedirectConnection &connection)
{
    const RedirectRequest &request = connection.request();
    const bool isPage = !m_donePath.isEmpty() && request.path == m_donePath && request.method == "GET";
    if (!isPage && request.path != m_settings.redirect.path.toUtf8())
        return connection.answer(refusalPage(404));
    if (m_phase == Phase::over)
        return connection.answer(latePage(m_isSuccess));
    if (!isPage)
        return connection.answer(secondPage());
    m_held.push_back(&connection);
    if (m_outcome) {
        answerHeld(*m_outcome);
        end(true);
    }
}

void RedirectListener::accept(RedirectConnection &connection, Redirect redirect)
{
    m_phase = Phase::holding;
    m_limit.start(m_settings.browserAnswer);
    if (redirect.isPost) {
        m_held.push_back(&connection);
    } else {
        m_donePath = "/done/" + randomText();
        connection.answer(seeOther(m_donePath));
    }
    QMetaObject::invokeMethod(
        this, [redirected = m_redirect, redirect] { redirected.set(redirect); }, Qt::QueuedConnection);
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
    QMetaObject::invokeMethod(
        this, [told = m_told, isTold] { told.set(isTold); }, Qt::QueuedConnection);
}

} // namespace bookdesk::identity
