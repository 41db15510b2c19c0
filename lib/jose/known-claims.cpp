#include "jose/known-claims.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace bookdesk::jose {
namespace {

/// Up to four characters as one number, because comparing numbers is cheaper than calling out to compare texts.
constexpr std::uint64_t packed(std::u16string_view name)
{
    std::uint64_t number = 0;
    for (const char16_t character : name)
        number = number << 16 | character;
    return number;
}

std::optional<Claim> shortClaim(QStringView name)
{
    switch (packed({name.utf16(), static_cast<std::size_t>(name.size())})) {
    case packed(u"aud"):
        return Claim::audience;
    case packed(u"azp"):
        return Claim::authorizedParty;
    case packed(u"exp"):
        return Claim::expiry;
    case packed(u"iat"):
        return Claim::issuedAt;
    case packed(u"iss"):
        return Claim::issuer;
    case packed(u"jti"):
        return Claim::tokenId;
    case packed(u"name"):
        return Claim::name;
    case packed(u"nbf"):
        return Claim::notBefore;
    case packed(u"scp"):
        return Claim::scopes;
    case packed(u"sub"):
        return Claim::subject;
    case packed(u"tid"):
        return Claim::tenant;
    case packed(u"ver"):
        return Claim::version;
    default:
        return std::nullopt;
    }
}

std::optional<Claim> claimFrom(QStringView name)
{
    if (name.size() <= 4)
        return shortClaim(name);
    if (name == u"roles")
        return Claim::roles;
    if (name == u"nonce")
        return Claim::nonce;
    if (name == u"preferred_username")
        return Claim::preferredUserName;
    if (name == u"at_hash")
        return Claim::accessTokenHash;
    return std::nullopt;
}

} // namespace

KnownClaims::KnownClaims(const JsonObject &claims)
{
    for (const auto &[name, value] : claims.members()) {
        if (const std::optional<Claim> claim = claimFrom(name))
            m_values[static_cast<std::size_t>(*claim)] = &value;
    }
}

const QString *KnownClaims::text(Claim claim) const
{
    const Json *value = (*this)[claim];
    return value ? value->asString() : nullptr;
}

} // namespace bookdesk::jose
