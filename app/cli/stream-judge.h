/// StreamJudge: verifies a stream of tokens on many threads by the trust of one connection.
#pragma once

#include "core/off-thread.h"
#include "core/result.h"
#include "core/secret.h"
#include "identity/trust.h"
#include "jose/verification.h"

#include <QString>

#include <chrono>
#include <memory>
#include <mutex>

namespace bookdesk::cli {

class BlockingDesk;

/// Each thread uses the trust that is known; the main thread, which has the network, fetches what is missing.
class StreamJudge
{
public:
    /// @param desk must outlive the judge.
    explicit StreamJudge(BlockingDesk &desk)
        : m_desk(desk)
    {}

    /// Fetches the keys before the first token, because no token is judged without them. Main thread. Errors: as
    /// BlockingDesk::trustFor, keys.unavailable.
    Result<void> prepare() { return renew({}); }

    /// Any thread but the main one, whose event loop must run. Errors: as prepare.
    Result<jose::Verification> judge(const Secret &token);

private:
    std::shared_ptr<const identity::Trust> known();
    bool isFresh();
    Result<void> renew(const std::vector<Secret> &tokens);
    Result<void> renewFromAfar(const Secret &token);

    BlockingDesk &m_desk;
    HomeThread m_mainThread;
    std::mutex m_mutex;
    std::shared_ptr<const identity::Trust> m_known;
    std::chrono::steady_clock::time_point m_askedAt;
};

} // namespace bookdesk::cli
