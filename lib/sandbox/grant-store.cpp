#include "sandbox/grant-store.h"

#include <QCryptographicHash>

namespace bookdesk::sandbox {
namespace {

constexpr std::size_t mostGrants = 10'000;

QByteArray keyOf(const Secret &secret) { return QCryptographicHash::hash(secret.reveal(), QCryptographicHash::Sha256); }

} // namespace

template <class Grant> void GrantStore<Grant>::add(const Secret &secret, Grant grant)
{
    if (m_oldestFirst.size() >= mostGrants) {
        m_grants.erase(m_oldestFirst.front());
        m_oldestFirst.pop_front();
    }
    m_oldestFirst.push_back(keyOf(secret));
    m_grants.insert_or_assign(m_oldestFirst.back(), std::move(grant));
}

template <class Grant> Grant *GrantStore<Grant>::find(const Secret &secret)
{
    const auto found = m_grants.find(keyOf(secret));
    return found == m_grants.end() ? nullptr : &found->second;
}

template <class Grant> void GrantStore<Grant>::dropIf(const std::function<bool(const Grant &)> &isOver)
{
    std::erase_if(m_grants, [&isOver](const auto &entry) { return isOver(entry.second); });
    std::erase_if(m_oldestFirst, [this](const QByteArray &key) { return !m_grants.contains(key); });
}

template class GrantStore<CodeGrant>;
template class GrantStore<RefreshGrant>;

} // namespace bookdesk::sandbox
