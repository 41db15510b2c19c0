#include "core/cleansing.h"

#include <openssl/crypto.h>

namespace bookdesk {

void cleanse(void *memory, std::size_t size) noexcept { OPENSSL_cleanse(memory, size); }

} // namespace bookdesk
