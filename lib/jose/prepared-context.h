/// PreparedContext: OpenSSL's state for verifying with one key and one algorithm, and each thread's copy of it.
///
/// Keeping the copy gains 0.6 % of a verification (tests/bench, RS256): most tokens in a row are signed with one key,
/// and a copy costs as much as reading half a token.
#pragma once

#include "jose/evp.h"

#include <cstdint>

namespace bookdesk::jose {

/// Has a number that no other context of the program has, or ever had. Made by one thread, then only read.
struct PreparedContext
{
    evp::KeyContext context; ///< Null where the algorithm does not fit the key.
    std::uint64_t number = newNumber();

private:
    static std::uint64_t newNumber();
};

/// This thread's copy, because a context serves one thread at a time; nullptr where there is nothing to copy. Valid
/// until the thread asks for another.
EVP_PKEY_CTX *threadsCopyOf(const PreparedContext &prepared);

} // namespace bookdesk::jose
