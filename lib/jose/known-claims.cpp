#include "jose/known-claims.h"

#include <tuple>

namespace bookdesk::jose {
namespace {

/// In the order of Claim.
constexpr std::array names{QStringView(u"aud"), QStringView(u"azp"), QStringView(u"at_hash"), QStringView(u"exp"),
                           QStringView(u"iat"), QStringView(u"iss"), QStringView(u"nonce"),   QStringView(u"nbf"),
                           QStringView(u"sub"), QStringView(u"jti"), QStringView(u"ver")};

} // namespace

KnownClaims::KnownClaims(const JsonObject &claims)
    : m_claims(claims)
{
    static_assert(names.size() == std::tuple_size_v<decltype(m_values)>);
    for (std::size_t i = 0; i < names.size(); ++i)
        m_values[i] = claims.find(names[i]);
}

const QString *KnownClaims::text(Claim claim) const
{
    const Json *value = (*this)[claim];
    return value ? value->asString() : nullptr;
}

const QString *KnownClaims::text(QStringView name) const
{
    const Json *value = name.isEmpty() ? nullptr : find(name);
    return value ? value->asString() : nullptr;
}

} // namespace bookdesk::jose
