/// Owners for OpenSSL's objects; for this folder's .cpp files only.
#pragma once

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <memory>

namespace bookdesk::jose::evp {

template <auto function> struct FreedBy
{
    template <class T> void operator()(T *object) const { function(object); }
};

using Key = std::unique_ptr<EVP_PKEY, FreedBy<&EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreedBy<&EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, FreedBy<&EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, FreedBy<&BN_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, FreedBy<&OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, FreedBy<&OSSL_PARAM_free>>;

} // namespace bookdesk::jose::evp
