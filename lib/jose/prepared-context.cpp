#include "jose/prepared-context.h"

#include <atomic>

namespace bookdesk::jose {

std::uint64_t PreparedContext::newNumber()
{
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

EVP_PKEY_CTX *threadsCopyOf(const PreparedContext &prepared)
{
    struct Copy
    {
        evp::KeyContext context;
        std::uint64_t number = 0;
    };
    thread_local Copy own;
    if (own.number != prepared.number || !own.context)
        own = {evp::KeyContext(prepared.context ? EVP_PKEY_CTX_dup(prepared.context.get()) : nullptr), prepared.number};
    return own.context.get();
}

} // namespace bookdesk::jose
