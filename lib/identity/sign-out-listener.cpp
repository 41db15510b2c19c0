#include "identity/sign-out-listener.h"

#include "identity/attempt-secrets.h"

#include <QCoreApplication>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t mostConnections = 32;
/// More than anybody opens by hand; the oldest are forgotten.
constexpr std::size_t mostStarts = 32;
constexpr QByteArrayView startPrefix("/start/");

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SignOutListener)
};

RedirectAnswer signedOutPage()
{
    return page(200, Texts::tr("You are signed out in this browser"),
                Texts::tr("Other apps in this browser may ask you to sign in again. You can close this tab."));
}

RedirectAnswer foreignPage()
{
    return page(404, Texts::tr("This answer does not belong to your sign-out"),
                Texts::tr("It was ignored, and Bookdesk is still waiting. Return to Bookdesk, and open the sign-out "
                          "page again from there."));
}

RedirectAnswer usedPage()
{
    return page(404, Texts::tr("This link does not work any more"),
                Texts::tr("It works once. Return to Bookdesk, and open the sign-out page again from there."));
}

bool carriesState(const RedirectRequest &request, const QByteArray &state)
{
    const std::optional<FormParameters> parameters = readForm(request.query);
    const auto found = parameters ? parameters->find("state"_ba) : FormParameters::const_iterator();
    return parameters && found != parameters->end() && !state.isEmpty() && found->second == Secret(state);
}

} // namespace

Result<std::unique_ptr<SignOutListener>> SignOutListener::listen(Settings settings)
{
    Result<std::unique_ptr<LoopbackServer>> server = LoopbackServer::listen(settings.redirect.ports);
    if (!server)
        return failure(server.error());
    return std::unique_ptr<SignOutListener>(new SignOutListener(std::move(settings), std::move(*server)));
}

SignOutListener::SignOutListener(Settings settings, std::unique_ptr<LoopbackServer> server)
    : m_settings(std::move(settings))
    , m_server(std::move(server))
{
    connect(m_server.get(), &LoopbackServer::connected, this, &SignOutListener::acceptConnections);
}

SignOutListener::~SignOutListener()
{
    for (const ConnectionOwner &connection : m_connections) {
        connection->disconnect(this);
        connection->drop();
    }
    m_returned.set(false);
}

QString SignOutListener::redirectUri() const { return m_settings.redirect.uri(m_server->port()); }

QUrl SignOutListener::newStart()
{
    if (m_starts.size() >= mostStarts)
        m_starts.erase(m_starts.begin());
    m_starts.push_back(startPrefix.toByteArray() + randomText());
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(m_settings.redirect.host);
    url.setPort(m_server->port());
    url.setPath(QString::fromLatin1(m_starts.back()));
    return url;
}

void SignOutListener::remain(std::unique_ptr<SignOutListener> listener, QObject &owner, std::chrono::milliseconds time)
{
    // One is enough: after another sign-out nobody returns to the earlier tabs.
    for (SignOutListener *earlier : owner.findChildren<SignOutListener *>(QString(), Qt::FindDirectChildrenOnly))
        earlier->deleteLater();
    SignOutListener *late = listener.release();
    late->setParent(&owner);
    late->m_starts.clear();
    QTimer::singleShot(time, late, &QObject::deleteLater);
}

void SignOutListener::acceptConnections()
{
    while (std::unique_ptr<QTcpSocket> socket = m_server->nextConnection()) {
        if (m_connections.size() >= mostConnections)
            m_connections.front()->drop();
        m_connections.emplace_back(
            std::make_unique<RedirectConnection>(std::move(socket), m_settings.requestRead).release());
        RedirectConnection *connection = m_connections.back().get();
        connect(connection, &RedirectConnection::requestRead, this, [this, connection] { handle(*connection); });
        connect(connection, &RedirectConnection::ended, this, [this, connection] { forget(connection); });
    }
}

void SignOutListener::forget(RedirectConnection *connection)
{
    std::erase_if(m_connections, [connection](const ConnectionOwner &known) { return known.get() == connection; });
    if (connection != m_returning)
        return;
    QMetaObject::invokeMethod(
        this, [returned = m_returned] { returned.set(true); }, Qt::QueuedConnection);
}

void SignOutListener::handle(RedirectConnection &connection)
{
    const RedirectAnswer answer = answerTo(connection.request());
    if (answer.status == 200)
        m_returning = &connection;
    connection.answer(answer);
}

RedirectAnswer SignOutListener::answerTo(const RedirectRequest &request)
{
    const QByteArray host = u"%1:%2"_s.arg(m_settings.redirect.host).arg(m_server->port()).toUtf8();
    const bool isOurs = request.host().compare(host, Qt::CaseInsensitive) == 0 && !request.isPrefetch();
    if (!isOurs || request.method != "GET")
        return refusalPage(404);
    if (request.path == m_settings.redirect.path.toUtf8())
        return answerToReturn(request);
    return request.path.startsWith(startPrefix) ? answerToStart(request.path) : refusalPage(404);
}

RedirectAnswer SignOutListener::answerToReturn(const RedirectRequest &request)
{
    if (m_settings.returnsState ? carriesState(request, m_settings.state) : m_isVisited)
        return signedOutPage();
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT ignored(); }, Qt::QueuedConnection);
    return foreignPage();
}

RedirectAnswer SignOutListener::answerToStart(const QByteArray &path)
{
    if (std::erase(m_starts, path) == 0)
        return usedPage();
    m_isVisited = true;
    return seeOther(m_signOutAddress.toEncoded(QUrl::FullyEncoded));
}

} // namespace bookdesk::identity
