#include "cli/stream-judge.h"

#include "cli/blocking-desk.h"
#include "core/clock.h"
#include "jose/verify.h"

#include <future>

namespace bookdesk::cli {

Result<jose::Verification> StreamJudge::judge(const Secret &token)
{
    const Result<jose::DecodedToken> decoded = jose::decode(token);
    std::shared_ptr<const identity::Trust> trust = known();
    if (!decoded)
        return jose::verify(token, *trust->keys, trust->accessTokens, systemNow());
    if (!isFresh() || trust->lacksKeyOf(*decoded)) {
        if (const Result<void> renewed = renewFromAfar(token); !renewed)
            return failure(renewed.error());
        trust = known();
    }
    return trust->verify(*decoded, systemNow());
}

std::shared_ptr<const identity::Trust> StreamJudge::known()
{
    const std::lock_guard lock(m_mutex);
    return m_known;
}

/// The key store decides when keys are too old; it is asked again every minute.
bool StreamJudge::isFresh()
{
    const std::lock_guard lock(m_mutex);
    return std::chrono::steady_clock::now() < m_askedAt + std::chrono::minutes{1};
}

Result<void> StreamJudge::renew(const std::vector<Secret> &tokens)
{
    const Result<identity::Trust> trust = m_desk.trustFor(tokens);
    if (!trust)
        return failure(trust.error());
    if (trust->keysFailure)
        return failure(*trust->keysFailure);
    const std::lock_guard lock(m_mutex);
    m_known = std::make_shared<const identity::Trust>(*trust);
    m_askedAt = std::chrono::steady_clock::now();
    return {};
}

Result<void> StreamJudge::renewFromAfar(const Secret &token)
{
    Result<void> renewed;
    const auto done = std::make_shared<std::promise<void>>();
    const std::future<void> end = done->get_future();
    m_mainThread.post([this, &renewed, &token, done] {
        renewed = renew({token});
        done->set_value();
    });
    end.wait();
    return renewed;
}

} // namespace bookdesk::cli
