#include "identity/reply-handler.h"

#include "core/masking.h"
#include "net/answer-body.h"
#include "net/http-date.h"
#include "net/network-failure.h"

#include <QNetworkReply>
#include <QUrl>

#include <optional>
#include <utility>
#include <vector>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

using Parameters = QMultiMap<QString, QVariant>;

void setParameter(Parameters &parameters, const QString &name, QByteArrayView value)
{
    parameters.remove(name);
    // A form's blank, sign and percent must survive Qt's own encoding, which leaves what is encoded already.
    if (!value.isEmpty())
        parameters.insert(name, QString::fromLatin1(value.toByteArray().toPercentEncoding()));
}

QByteArray utf8(const QString &text) { return text.toUtf8(); }

QByteArray seconds(const std::optional<std::chrono::seconds> &age)
{
    return age ? QByteArray::number(qint64{age->count()}) : QByteArray();
}

Result<TokenSet> readReply(QNetworkReply &reply, const AuthorizationRequest &request, TimePoint now)
{
    if (const std::optional<Error> failed = net::networkFailure(reply))
        return failure(*failed);
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QUrl target = reply.attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    const QUrl location = target.isEmpty() ? QUrl() : reply.url().resolved(target);
    Result<TokenSet> tokens =
        readTokenResponse(status, net::readBody(reply), request.scopes, now, request.redirectUri, location);
    if (tokens)
        tokens->serverDate = net::readHttpDate(reply.rawHeader("Date"_ba));
    return tokens;
}

} // namespace

ReplyHandler::ReplyHandler(AuthorizationRequest request, Clock clock)
    : m_request(std::move(request))
    , m_clock(std::move(clock))
{}

void ReplyHandler::modifyParameters(QAbstractOAuth::Stage stage, Parameters &parameters) const
{
    std::vector<std::pair<QString, QByteArray>> ours{
        {u"client_id"_s, utf8(m_request.clientId)},
        {u"redirect_uri"_s, utf8(m_request.redirectUri)},
        {u"scope"_s, utf8(m_request.scopes.join(u' '))},
        {u"claims"_s, m_request.claims},
        {u"client_secret"_s, {}},
    };
    if (stage == QAbstractOAuth::Stage::RequestingAuthorization) {
        ours.insert(ours.end(), {{u"state"_s, m_request.secrets.state},
                                 {u"nonce"_s, m_request.secrets.nonce},
                                 {u"code_challenge"_s, codeChallenge(m_request.secrets.verifier)},
                                 {u"code_challenge_method"_s, "S256"_ba},
                                 {u"response_mode"_s, utf8(m_request.responseMode)},
                                 {u"prompt"_s, utf8(m_request.prompt)},
                                 {u"login_hint"_s, utf8(m_request.loginHint)},
                                 {u"acr_values"_s, utf8(m_request.acrValues)},
                                 {u"max_age"_s, seconds(m_request.maxAge)}});
        for (const auto &[name, value] : m_request.extras)
            ours.emplace_back(QString::fromLatin1(name), value.reveal().toByteArray());
    } else if (stage == QAbstractOAuth::Stage::RequestingAccessToken) {
        setParameter(parameters, u"code"_s, m_code.reveal());
        setParameter(parameters, u"code_verifier"_s, m_request.secrets.verifier.reveal());
    }
    for (const auto &[name, value] : ours)
        setParameter(parameters, name, value);
}

void ReplyHandler::redeem(const Secret &code)
{
    m_code = code;
    // Qt keeps what it is given as text. It needs some code to go on; the real one goes into the token request alone.
    Q_EMIT callbackReceived({{u"code"_s, removedMark()}, {u"state"_s, QString::fromLatin1(m_request.secrets.state)}});
}

void ReplyHandler::networkReplyFinished(QNetworkReply *reply)
{
    const Result<TokenSet> tokens = readReply(*reply, m_request, m_clock());
    if (tokens)
        Q_EMIT tokensReceived({{u"access_token"_s, removedMark()}}); // Nobody asks Qt for its token.
    // Qt is not told of a failure: newer versions would print a warning, and the flow ends with the attempt anyway.
    QMetaObject::invokeMethod(
        this, [answer = m_answer, tokens] { answer.set(tokens); }, Qt::QueuedConnection);
}

} // namespace bookdesk::identity
