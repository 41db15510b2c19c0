/// Limit: the least that a verification can cost, OpenSSL's own work with everything prepared.
#pragma once

#include "core/json.h"

#include <QByteArray>

#include <memory>

struct evp_pkey_st;
struct evp_pkey_ctx_st;
struct evp_md_st;
struct evp_md_ctx_st;

namespace bookdesk::bench {

/// The bare check of one signature. RSA and EC: SHA-256 of the signing input and EVP_PKEY_verify on one prepared
/// context, an EC signature being turned into DER beforehand. Ed25519: EVP_DigestVerify on a context initialised once.
class Limit
{
public:
    /// @param token a compact JWS that the key signed.
    Limit(const JsonObject &publicJwk, const QByteArray &token);

    bool verify() const;

private:
    bool verifyText() const;

    QByteArray m_input;
    QByteArray m_signature;
    std::shared_ptr<evp_md_st> m_hash; ///< Looked up once: each look-up costs as much as a short hash.
    std::shared_ptr<evp_md_ctx_st> m_hashing;
    std::shared_ptr<evp_pkey_st> m_key;
    std::shared_ptr<evp_pkey_ctx_st> m_context;
    std::shared_ptr<evp_md_ctx_st> m_textContext; ///< Ed25519 only.
};

} // namespace bookdesk::bench
