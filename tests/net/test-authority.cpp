#include "net/test-authority.h"

#include <QSslKey>

#include <openssl/evp.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <cstdint>

namespace bookdesk::test {
namespace {

using Key = std::shared_ptr<EVP_PKEY>;
using Certificate = std::shared_ptr<X509>;

constexpr long day = 24 * 60 * 60;

template <class Write> QByteArray pem(Write write)
{
    const std::shared_ptr<BIO> bio(BIO_new(BIO_s_mem()), BIO_free);
    write(bio.get());
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return QByteArray(data, static_cast<qsizetype>(size));
}

QByteArray pemOf(X509 *certificate)
{
    return pem([certificate](BIO *bio) { PEM_write_bio_X509(bio, certificate); });
}

QByteArray pemOf(EVP_PKEY *key)
{
    return pem([key](BIO *bio) { PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

void setName(X509_NAME *name, const QByteArray &commonName)
{
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(commonName.constData()), -1, -1, 0);
}

void addExtension(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::shared_ptr<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value),
                                                    X509_EXTENSION_free);
    X509_add_ext(certificate, extension.get(), -1);
}

Certificate newCertificate(EVP_PKEY *key, const QByteArray &commonName, int validFrom = -10, int validUntil = 1)
{
    const Certificate certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), 2);
    std::uint32_t serial = 0;
    RAND_bytes(reinterpret_cast<unsigned char *>(&serial), sizeof serial);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), validFrom * day);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), validUntil * day);
    X509_set_pubkey(certificate.get(), key);
    setName(X509_get_subject_name(certificate.get()), commonName);
    return certificate;
}

} // namespace

TestAuthority::TestAuthority(const QByteArray &name)
    : m_key(EVP_EC_gen("P-256"), EVP_PKEY_free)
    , m_certificate(newCertificate(m_key.get(), name))
{
    X509_set_issuer_name(m_certificate.get(), X509_get_subject_name(m_certificate.get()));
    addExtension(m_certificate.get(), m_certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    addExtension(m_certificate.get(), m_certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    X509_sign(m_certificate.get(), m_key.get(), EVP_sha256());
}

QByteArray TestAuthority::certificate() const { return pemOf(m_certificate.get()); }

QByteArray TestAuthority::privateKey() const { return pemOf(m_key.get()); }

QByteArray TestAuthority::statement(const QSslCertificate &server, CertificateStatus status) const
{
    const QByteArray der = server.toDer();
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    const Certificate certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())), X509_free);
    const std::shared_ptr<OCSP_CERTID> id(OCSP_cert_to_id(EVP_sha1(), certificate.get(), m_certificate.get()),
                                          OCSP_CERTID_free);
    const long begin = status == CertificateStatus::outdated ? -9 * day : -1;
    const auto at = [begin](long later) {
        return std::shared_ptr<ASN1_TIME>(X509_gmtime_adj(nullptr, begin + later), ASN1_TIME_free);
    };
    const bool isRevoked = status == CertificateStatus::revoked;
    const int code = isRevoked                              ? V_OCSP_CERTSTATUS_REVOKED
                     : status == CertificateStatus::unknown ? V_OCSP_CERTSTATUS_UNKNOWN
                                                            : V_OCSP_CERTSTATUS_GOOD;
    const std::shared_ptr<OCSP_BASICRESP> basic(OCSP_BASICRESP_new(), OCSP_BASICRESP_free);
    OCSP_basic_add1_status(basic.get(), id.get(), code, OCSP_REVOKED_STATUS_KEYCOMPROMISE,
                           isRevoked ? at(0).get() : nullptr, at(0).get(), at(day).get());
    OCSP_basic_sign(basic.get(), m_certificate.get(), m_key.get(), EVP_sha256(), nullptr, 0);
    const std::shared_ptr<OCSP_RESPONSE> response(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()),
                                                  OCSP_RESPONSE_free);
    unsigned char *data = nullptr;
    const int size = i2d_OCSP_RESPONSE(response.get(), &data);
    const QByteArray result(reinterpret_cast<const char *>(data), size);
    OPENSSL_free(data);
    return result;
}

QSslConfiguration TestAuthority::serverTls(const ServerName &name) const
{
    const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const Certificate certificate = newCertificate(key.get(), "Test server", name.validFrom, name.validUntil);
    X509 *issuer = name.isSelfSigned ? certificate.get() : m_certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
    addExtension(certificate.get(), issuer, NID_basic_constraints, "critical,CA:FALSE");
    addExtension(certificate.get(), issuer, NID_subject_alt_name, name.subjectAltName.constData());
    X509_sign(certificate.get(), name.isSelfSigned ? key.get() : m_key.get(), EVP_sha256());

    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificate(QSslCertificate(pemOf(certificate.get()), QSsl::Pem));
    tls.setPrivateKey(QSslKey(pemOf(key.get()), QSsl::Ec));
    return tls;
}

} // namespace bookdesk::test
