/// Owners for OpenSSL's objects; for this folder's .cpp files only.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

#include <memory>

namespace bookdesk::jose::evp {

/// A deleter that calls one of OpenSSL's functions.
template <auto function> struct FreedBy
{
    template <class T> void operator()(T *object) const { function(object); }
};

using Key = std::unique_ptr<EVP_PKEY, FreedBy<&EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreedBy<&EVP_PKEY_CTX_free>>;
using Digest = std::unique_ptr<EVP_MD, FreedBy<&EVP_MD_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, FreedBy<&EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, FreedBy<&BN_free>>;
using NumberContext = std::unique_ptr<BN_CTX, FreedBy<&BN_CTX_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, FreedBy<&OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, FreedBy<&OSSL_PARAM_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, FreedBy<&ECDSA_SIG_free>>;
using Bio = std::unique_ptr<BIO, FreedBy<&BIO_free_all>>;
using Certificate = std::unique_ptr<X509, FreedBy<&X509_free>>;

inline const unsigned char *bytes(QByteArrayView view) { return reinterpret_cast<const unsigned char *>(view.data()); }
inline unsigned char *bytes(QByteArray &array) { return reinterpret_cast<unsigned char *>(array.data()); }

/// The key's number of that name, big-endian; empty where the key has none. @param fewestBytes shorter numbers are
/// padded with leading zeros.
inline QByteArray numberOf(const EVP_PKEY *key, const char *name, int fewestBytes = 0)
{
    BIGNUM *taken = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &taken) != 1)
        return {};
    const Number number(taken);
    QByteArray all(qMax(BN_num_bytes(number.get()), fewestBytes), Qt::Uninitialized);
    if (BN_bn2binpad(number.get(), bytes(all), static_cast<int>(all.size())) < 0)
        return {};
    return all;
}

} // namespace bookdesk::jose::evp
