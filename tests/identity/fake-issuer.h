/// FakeIssuer: an OpenID Connect provider on loopback, of any kind but Entra's, that a test can spoil.
#pragma once

#include "identity/fake-tenant.h"

namespace bookdesk::test {

/// Discovery, keys, token endpoint and pushed requests. Its keys are the fake tenants'. One thread.
class FakeIssuer
{
public:
    /// @param kind the ID of a provider.
    explicit FakeIssuer(QString kind = QStringLiteral("generic"), QString path = {});

    /// The connection that signs in here. @param more members of its file.
    identity::Connection connection(const JsonObject &more = {}) const;
    QString issuer() const;
    QUrl url(const QString &path) const { return m_server.url(path); }

    JsonObject document() const; ///< As OpenID Connect Discovery 1.0 demands.
    JsonObject idClaims() const;
    JsonObject accessClaims() const;
    QByteArray tokenAnswer(const JsonObject &idTokenClaims, const JsonObject &accessTokenClaims) const;

    QByteArray nonce;                             ///< Of the sign-in under way.
    JsonObject changes;                           ///< To the document; null takes a member away.
    bool hasOpenIdDocument = true;                ///< Otherwise it is 404.
    bool hasOAuthDocument = false;                ///< That of RFC 8414.
    QString tokenType = QStringLiteral("Bearer"); ///< In the token answer.
    std::function<QByteArray(const Form &)> onToken;
    std::function<QByteArray(const Form &)> onPush;
    QUrl honestEndpoint; ///< Where its authorization endpoint sends browsers on to, as a hostile one does.

    const std::vector<Form> &tokenRequests() const { return m_tokenRequests; }
    const std::vector<Form> &pushes() const { return m_pushes; }
    const FakeServer &server() const { return m_server; }

private:
    QByteArray answer(const SeenRequest &request);
    QByteArray token(const SeenRequest &request);
    QByteArray push(const SeenRequest &request);

    QString m_kind;
    QString m_path;
    std::vector<Form> m_tokenRequests;
    std::vector<Form> m_pushes;
    FakeServer m_server;
};

} // namespace bookdesk::test
