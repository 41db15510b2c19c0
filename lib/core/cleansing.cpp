#include "core/cleansing.h"

#include <cstring>

namespace bookdesk {

void cleanse(void *memory, std::size_t size) noexcept
{
    // Called through a volatile pointer, so that the compiler cannot leave it out. Several times as fast as
    // OPENSSL_cleanse, which goes by eight bytes.
    static void *(*volatile const set)(void *, int, std::size_t) = &std::memset;
    if (size > 0)
        set(memory, 0, size);
}

} // namespace bookdesk
