/// Hash: the SHA-2 family, as signatures and `at_hash` use it.
#pragma once

#include "jose/algorithm.h"

#include <QByteArrayView>

#include <array>
#include <cstddef>

struct evp_md_st;

namespace bookdesk::jose {

enum class Hash { sha256, sha384, sha512 };

/// The hash that @p algorithm uses; SHA-512 for EdDSA.
constexpr Hash hashOf(Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::rs256:
    case Algorithm::ps256:
    case Algorithm::es256:
        return Hash::sha256;
    case Algorithm::rs384:
    case Algorithm::ps384:
    case Algorithm::es384:
        return Hash::sha384;
    default:
        return Hash::sha512;
    }
}

/// A plain value without an allocation of its own.
class Digest
{
public:
    /// Empty only where OpenSSL is out of memory.
    static Digest of(Hash hash, QByteArrayView input);

    QByteArrayView view() const { return {m_bytes.data(), static_cast<qsizetype>(m_size)}; }
    const unsigned char *data() const { return m_bytes.data(); }
    std::size_t size() const { return m_size; }

private:
    std::array<unsigned char, 64> m_bytes{};
    std::size_t m_size = 0;
};

/// OpenSSL's name for it.
const char *hashName(Hash hash);

/// OpenSSL's implementation, looked up once in the program's life.
const evp_md_st *implementationOf(Hash hash);

} // namespace bookdesk::jose
