#include "identity/authorization-flow.h"

#include "core/errors.h"
#include "identity/network-auth-compat.h"
#include "net/network-failure.h"

#include <QNetworkReply>
#include <QOAuth2AuthorizationCodeFlow>
#include <QPointer>
#include <QUrlQuery>

namespace bookdesk::identity {

namespace {

using namespace Qt::StringLiterals;

QString parameterName(QStringView pair)
{
    const qsizetype equals = pair.indexOf(u'=');
    const QByteArray name = (equals < 0 ? pair : pair.first(equals)).toLatin1().replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(name));
}

/// @p request with the endpoint's own query, which has to be retained, in front of it. What the request says itself is
/// left out of that, because no parameter may come twice. Source: RFC 6749 section 3.1.
QUrl withOwnQuery(QUrl request, const QUrl &endpoint)
{
    const QString asked = request.query(QUrl::FullyEncoded);
    QStringList names;
    for (const QString &pair : asked.split(u'&', Qt::SkipEmptyParts))
        names += parameterName(pair);
    QStringList pairs;
    for (const QString &pair : endpoint.query(QUrl::FullyEncoded).split(u'&', Qt::SkipEmptyParts)) {
        if (!names.contains(parameterName(pair), Qt::CaseInsensitive))
            pairs += pair;
    }
    pairs += asked;
    request.setQuery(pairs.join(u'&'));
    return request;
}

} // namespace

/// Gives access to Qt's protected status, to end an attempt, which Qt cannot cancel.
class AuthorizationFlow::CodeFlow : public QOAuth2AuthorizationCodeFlow
{
public:
    using QOAuth2AuthorizationCodeFlow::QOAuth2AuthorizationCodeFlow;
    void cancel() { setStatus(Status::NotAuthenticated); }
};

/// Sends the flow's token request through the connection's AccessManager, remembers its reply, and keeps the manager's
/// signals from Qt's flow, which would repeat the request with Basic authentication after a 401.
class AuthorizationFlow::TokenRelay : public QNetworkAccessManager
{
public:
    explicit TokenRelay(net::AccessManager &manager)
        : m_manager(manager)
    {}

    void abort()
    {
        if (!m_reply)
            return;
        net::cut(m_reply, net::CutReason::stopped);
        m_reply->deleteLater();
    }

protected:
    QNetworkReply *createRequest(Operation, const QNetworkRequest &request, QIODevice *outgoing) override
    {
        QNetworkRequest marked(request);
        net::setRequestKind(marked, net::RequestKind::tokens);
        m_reply = m_manager.post(marked, outgoing);
        return m_reply;
    }

private:
    net::AccessManager &m_manager;
    QPointer<QNetworkReply> m_reply;
};

AuthorizationFlow::AuthorizationFlow(net::AccessManager &manager, const DiscoveryDocument &discovery,
                                     AuthorizationRequest request, Clock clock)
{
    const QString clientId = request.clientId;
    const QString state = QString::fromLatin1(request.secrets.state);
    m_handler.reset(std::make_unique<ReplyHandler>(std::move(request), std::move(clock)).release());
    m_relay.reset(std::make_unique<TokenRelay>(manager).release());
    m_flow.reset(
        std::make_unique<CodeFlow>(clientId, discovery.authorizationEndpoint, discovery.tokenEndpoint, m_relay.get())
            .release());
    disableOwnSecrets(*m_flow);
    m_flow->setReplyHandler(m_handler.get());
    m_flow->setState(state);
    m_flow->setModifyParametersFunction(
        [handler = m_handler.get()](QAbstractOAuth::Stage stage, QMultiMap<QString, QVariant> *parameters) {
            handler->modifyParameters(stage, *parameters);
        });
}

AuthorizationFlow::~AuthorizationFlow()
{
    m_relay->abort();
    m_flow->cancel();
}

QUrl AuthorizationFlow::authorizationUrl()
{
    QUrl url;
    const QMetaObject::Connection connection =
        QObject::connect(m_flow.get(), &QAbstractOAuth::authorizeWithBrowser, [&url](const QUrl &made) { url = made; });
    m_flow->grant();
    QObject::disconnect(connection);
    return withOwnQuery(url, m_flow->authorizationUrl());
}

Task<TokenSet> AuthorizationFlow::redeem(Secret code, std::stop_token stop)
{
    const OneShot<Result<TokenSet>> answer = m_handler->answer();
    const std::stop_callback onStop(stop, [answer] { answer.set(failure(bookdesk::errors::stopped, {})); });
    m_handler->redeem(code);
    co_return co_await answer;
}

QUrl recordableUrl(const QUrl &authorizationUrl)
{
    QUrlQuery kept;
    const QUrlQuery all(authorizationUrl);
    for (const QString &name : {u"client_id"_s, u"response_type"_s, u"response_mode"_s, u"redirect_uri"_s, u"scope"_s,
                                u"prompt"_s, u"code_challenge_method"_s}) {
        if (all.hasQueryItem(name))
            kept.addQueryItem(name, all.queryItemValue(name, QUrl::FullyEncoded));
    }
    QUrl url = authorizationUrl;
    url.setQuery(kept);
    url.setFragment({});
    return url;
}

} // namespace bookdesk::identity
