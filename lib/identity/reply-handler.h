/// ReplyHandler: stands between Qt's OAuth flow and us: what Qt needs as plain text is handed over here and kept
/// nowhere else.
#pragma once

#include "core/clock.h"
#include "core/one-shot.h"
#include "core/result.h"
#include "core/secret.h"
#include "identity/attempt-secrets.h"
#include "identity/token-set.h"
#include "net/http-client.h"

#include <QAbstractOAuth>
#include <QAbstractOAuthReplyHandler>
#include <QMultiMap>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <chrono>
#include <optional>

namespace bookdesk::identity {

/// What an authorization request asks for.
struct AuthorizationRequest
{
    QString clientId;
    QStringList scopes;
    QString redirectUri;
    QString responseMode;        ///< `form_post` or `query`.
    QString prompt;              ///< May be empty.
    QString loginHint;           ///< May be empty.
    QByteArray claims;           ///< The `claims` parameter, of the token request too; may be empty.
    QString acrValues;           ///< May be empty.
    net::FormFields extras = {}; ///< What the provider wants besides, of the authorization request alone.
    std::optional<std::chrono::seconds> maxAge;
    AttemptSecrets secrets;
};

/// Gives Qt's flow its parameters, the code and the end of the token request, and reads the token response itself. One
/// thread; must outlive the token request's reply. Source: RFC 6749 sections 4.1.1 and 4.1.3, RFC 7636, OpenID
/// Connect Core section 3.1.2.1.
class ReplyHandler : public QAbstractOAuthReplyHandler
{
    Q_OBJECT

public:
    ReplyHandler(AuthorizationRequest request, Clock clock);

    QString callback() const override { return m_request.redirectUri; }
    void networkReplyFinished(QNetworkReply *reply) override;

    /// For QAbstractOAuth::setModifyParametersFunction: every parameter is ours and percent-encoded once, because Qt's
    /// own encoding differs between its versions.
    void modifyParameters(QAbstractOAuth::Stage stage, QMultiMap<QString, QVariant> &parameters) const;

    /// Makes the flow redeem @p code.
    void redeem(const Secret &code);
    /// The token response, read. It is set from the event loop, never from inside Qt's flow.
    OneShot<Result<TokenSet>> answer() const { return m_answer; }

private:
    AuthorizationRequest m_request;
    Clock m_clock;
    Secret m_code;
    OneShot<Result<TokenSet>> m_answer;
};

} // namespace bookdesk::identity
