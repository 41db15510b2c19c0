/// FakeTenant: a small Entra-like tenant on loopback whose tokens a test can spoil.
#pragma once

#include "core/clock.h"
#include "core/json.h"
#include "core/secret.h"
#include "identity/connection.h"
#include "jose/signing-key.h"
#include "net/fake-server.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QUrl>

#include <functional>
#include <vector>

namespace bookdesk::test {

/// Real keys, made once because that takes long.
const jose::SigningKey &tenantKey(std::size_t index);

using Form = QMap<QByteArray, QByteArray>;
Form readFormBody(const QByteArray &body);

/// Discovery, keys and token endpoint. One thread.
class FakeTenant
{
public:
    FakeTenant();

    /// The connection that signs in here.
    identity::Connection connection(identity::ResponseMode mode = identity::ResponseMode::formPost) const;
    QString issuer() const;

    JsonObject idClaims() const;     ///< Good ones, with `nonce`.
    JsonObject accessClaims() const; ///< Good ones.
    /// A token response with tokens of these claims.
    QByteArray tokenAnswer(const JsonObject &idTokenClaims, const JsonObject &accessTokenClaims) const;

    QByteArray nonce;                  ///< Of the sign-in under way.
    QByteArray refreshToken = "RT-1~"; ///< What the next answer gives.
    QByteArray idTokenMember = "id_token";
    TimePoint now = systemNow();
    std::size_t signingKey = 0;
    std::vector<std::size_t> publishedKeys{0};
    bool promisesIssuer = false; ///< In its discovery document.
    QString issuingTenant;       ///< In its issuer; by default the connection's.
    bool isSilent = false;       ///< The token endpoint never answers.
    QUrl honestEndpoint;         ///< Where its authorization endpoint sends browsers on to, as a hostile tenant does.
    /// What the authorization endpoint answers; by default there is none.
    std::function<QByteArray(const Form &)> onAuthorize;
    bool givesDeviceCodes = true; ///< Its discovery document says where to ask for them.
    /// What the device authorization endpoint answers; by default a code that is asked for as often as one likes.
    std::function<QByteArray(const Form &)> onDevice;
    JsonObject moreDiscovery; ///< Appended to its discovery document.
    /// What the revocation endpoint answers, which its discovery document does not name; by default, that it is done.
    std::function<QByteArray(const Form &)> onRevoke;
    /// What the token endpoint answers; by default good tokens.
    std::function<QByteArray(const Form &)> onToken;

    const std::vector<Form> &tokenRequests() const { return m_tokenRequests; }
    const std::vector<Form> &deviceRequests() const { return m_deviceRequests; }
    const std::vector<Form> &revocations() const { return m_revocations; }
    /// Of an endpoint: `/oauth2/v2.0/revoke`.
    QString address(const QString &path) const;
    int fetchesOfKeys() const { return m_keyFetches; }
    FakeServer &server() { return m_server; }

private:
    QByteArray answer(const SeenRequest &request);
    QByteArray discovery() const;
    QByteArray keys();
    QByteArray token(const SeenRequest &request);
    QByteArray device(const SeenRequest &request);
    QByteArray revoke(const SeenRequest &request);

    std::vector<Form> m_tokenRequests;
    std::vector<Form> m_deviceRequests;
    std::vector<Form> m_revocations;
    int m_keyFetches = 0;
    FakeServer m_server;
};

/// The browser's way back with @p code, in the mode that was asked for: a redirect, or a form that posts itself.
QByteArray answerOfTenant(const Form &asked, const QByteArray &code);

/// What the device authorization endpoint gives: a code that lives for @p seconds.
QByteArray deviceCodeAnswer(int seconds);

/// A failed token request as Entra answers it.
QByteArray oauthFailure(const QByteArray &error, const QByteArray &description);

} // namespace bookdesk::test
