#include "sandbox/certificates.h"

#include "sandbox/errors.h"

#include <QCoreApplication>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>

namespace bookdesk::sandbox {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Certificates)
};

template <auto release> struct Releaser
{
    template <class T> void operator()(T *object) const { release(object); }
};

using Key = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Releaser<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Releaser<X509_EXTENSION_free>>;
using Memory = std::unique_ptr<BIO, Releaser<BIO_free_all>>;

constexpr long day = 24 * 60 * 60;

struct ExtensionText
{
    int kind;
    const char *value;
};

constexpr std::array authorityExtensions{ExtensionText{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                                         ExtensionText{NID_key_usage, "critical,keyCertSign,cRLSign"},
                                         ExtensionText{NID_subject_key_identifier, "hash"}};
constexpr std::array serverExtensions{ExtensionText{NID_basic_constraints, "critical,CA:FALSE"},
                                      ExtensionText{NID_key_usage, "critical,digitalSignature"},
                                      ExtensionText{NID_ext_key_usage, "serverAuth"},
                                      ExtensionText{NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1"},
                                      ExtensionText{NID_subject_key_identifier, "hash"},
                                      ExtensionText{NID_authority_key_identifier, "keyid:always"}};

tl::unexpected<Error> failed()
{
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_get_error(), text.data(), text.size());
    return failure(errors::certificateFailed, Texts::tr("The Sandbox's certificate could not be made."),
                   Texts::tr("Start it without TLS."), {{facts::reason, QString::fromLatin1(text.data())}});
}

bool setSerial(X509 *certificate)
{
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return false;
    bytes.front() = static_cast<unsigned char>(bytes.front() & 0x7f); // positive
    const std::unique_ptr<BIGNUM, Releaser<BN_free>> number(
        BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

bool setName(X509_NAME *name, const char *commonName)
{
    return X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>("Bookdesk Sandbox"), -1, -1, 0) == 1 &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(commonName),
                                      -1, -1, 0) == 1;
}

template <std::size_t N> bool addExtensions(X509 *certificate, X509 *issuer, const std::array<ExtensionText, N> &texts)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    for (const ExtensionText &text : texts) {
        const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, text.kind, text.value));
        if (!extension || X509_add_ext(certificate, extension.get(), -1) != 1)
            return false;
    }
    return true;
}

/// A certificate for @p key; self-signed without an @p issuer.
template <std::size_t N>
Certificate makeCertificate(EVP_PKEY *key, const char *commonName, const std::array<ExtensionText, N> &extensions,
                            X509 *issuer, EVP_PKEY *issuerKey)
{
    Certificate certificate(X509_new());
    if (!certificate)
        return nullptr;
    X509 *const made = certificate.get();
    const bool isDone =
        X509_set_version(made, X509_VERSION_3) == 1 && setSerial(made) &&
        X509_gmtime_adj(X509_getm_notBefore(made), -day) && X509_gmtime_adj(X509_getm_notAfter(made), 30 * day) &&
        X509_set_pubkey(made, key) == 1 && setName(X509_get_subject_name(made), commonName) &&
        X509_set_issuer_name(made, X509_get_subject_name(issuer ? issuer : made)) == 1 &&
        addExtensions(made, issuer ? issuer : made, extensions) && X509_sign(made, issuerKey, EVP_sha256()) > 0;
    return isDone ? std::move(certificate) : nullptr;
}

QByteArray contentOf(BIO *memory)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return {data, static_cast<qsizetype>(size)};
}

QByteArray toPem(X509 *certificate)
{
    const Memory memory(BIO_new(BIO_s_mem()));
    return memory && PEM_write_bio_X509(memory.get(), certificate) == 1 ? contentOf(memory.get()) : QByteArray();
}

Secret toPem(EVP_PKEY *key)
{
    const Memory memory(BIO_new(BIO_s_secmem()));
    if (!memory || PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return {};
    return Secret::taking(contentOf(memory.get()));
}

} // namespace

Result<Certificates> makeCertificates()
{
    const Key authorityKey(EVP_EC_gen("P-256"));
    const Key serverKey(EVP_EC_gen("P-256"));
    if (!authorityKey || !serverKey)
        return failed();
    const Certificate authority =
        makeCertificate(authorityKey.get(), "Bookdesk Sandbox CA", authorityExtensions, nullptr, authorityKey.get());
    if (!authority)
        return failed();
    const Certificate server =
        makeCertificate(serverKey.get(), "localhost", serverExtensions, authority.get(), authorityKey.get());
    if (!server)
        return failed();
    Certificates certificates{toPem(authority.get()), toPem(server.get()), toPem(serverKey.get())};
    if (certificates.authority.isEmpty() || certificates.server.isEmpty() || certificates.serverKey.isEmpty())
        return failed();
    return certificates;
}

} // namespace bookdesk::sandbox
