/// The error codes of lib/jose.
#pragma once

#include "core/error.h"

#include <array>

namespace bookdesk::jose::errors {

inline constexpr ErrorCode tokenOpaque{"token.opaque"};
inline constexpr ErrorCode tokenEncrypted{"token.encrypted"};
inline constexpr ErrorCode tokenMalformed{"token.malformed"};
inline constexpr ErrorCode tokenTooLarge{"token.too-large"};
inline constexpr ErrorCode tokenNotVerified{"token.not-verified"};
inline constexpr ErrorCode keySetInvalid{"keys.invalid"};
inline constexpr ErrorCode keyUnusable{"keys.unusable"};
inline constexpr ErrorCode signingFailed{"signing.failed"};

inline constexpr std::array joseCodes{tokenOpaque,      tokenEncrypted, tokenMalformed, tokenTooLarge,
                                      tokenNotVerified, keySetInvalid,  keyUnusable,    signingFailed};

} // namespace bookdesk::jose::errors
