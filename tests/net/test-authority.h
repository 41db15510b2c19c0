/// TestAuthority: a certificate authority made for one test run, with servers' certificates signed by it.
#pragma once

#include <QByteArray>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <memory>

struct evp_pkey_st;
struct x509_st;

namespace bookdesk::test {

/// The content of a server's certificate.
struct ServerName
{
    QByteArray subjectAltName = "IP:127.0.0.1,DNS:localhost";
    int validFrom = -10; ///< In days from now, as validUntil.
    int validUntil = 1;
    bool isSelfSigned = false; ///< Not signed by the authority.
};

/// What an authority says about a certificate.
enum class CertificateStatus { good, revoked, unknown, outdated };

/// Any thread.
class TestAuthority
{
public:
    explicit TestAuthority(const QByteArray &name);

    /// PEM.
    QByteArray certificate() const;
    QSslCertificate sslCertificate() const { return QSslCertificate(certificate(), QSsl::Pem); }
    /// The TLS settings for a server with that name.
    QSslConfiguration serverTls(const ServerName &name = {}) const;
    /// What the authority says about a server's certificate, for OCSP stapling (RFC 6960), in DER.
    QByteArray statement(const QSslCertificate &server, CertificateStatus status) const;
    /// The authority's own private key in PEM.
    QByteArray privateKey() const;

private:
    std::shared_ptr<evp_pkey_st> m_key;
    std::shared_ptr<x509_st> m_certificate;
};

} // namespace bookdesk::test
