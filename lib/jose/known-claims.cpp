#include "jose/known-claims.h"

#include <cstdint>
#include <string_view>

namespace bookdesk::jose {
namespace {

struct KnownName
{
    std::u16string_view text;
    Claim claim;
};

constexpr std::array names{KnownName{u"aud", Claim::audience},
                           KnownName{u"azp", Claim::authorizedParty},
                           KnownName{u"at_hash", Claim::accessTokenHash},
                           KnownName{u"exp", Claim::expiry},
                           KnownName{u"iat", Claim::issuedAt},
                           KnownName{u"iss", Claim::issuer},
                           KnownName{u"nonce", Claim::nonce},
                           KnownName{u"nbf", Claim::notBefore},
                           KnownName{u"sub", Claim::subject},
                           KnownName{u"jti", Claim::tokenId},
                           KnownName{u"ver", Claim::version}};

constexpr std::size_t shortest = 3;

/// The length and the first three letters: all that there is of most names, and different for all of them.
/// @param name has at least three.
constexpr std::uint64_t keyOf(std::u16string_view name)
{
    std::uint64_t key = name.size();
    for (const char16_t letter : name.substr(0, shortest))
        key = key << 16 | letter;
    return key;
}

struct Slot
{
    std::uint64_t key = ~std::uint64_t{0};
    KnownName name{};
};

/// A table in which every name has a place of its own, so that one look tells whether a claim is known.
class NameTable
{
public:
    consteval NameTable()
    {
        for (const KnownName &name : names) {
            Slot &slot = m_slots[placeOf(keyOf(name.text))];
            if (!slot.name.text.empty())
                throw "two names have one place: choose another factor";
            slot = {keyOf(name.text), name};
        }
    }

    /// The claim of that name, or nullptr.
    const Claim *find(std::u16string_view name) const
    {
        if (name.size() < shortest)
            return nullptr;
        const std::uint64_t key = keyOf(name);
        const Slot &slot = m_slots[placeOf(key)];
        const bool isKnown = slot.key == key && (name.size() == shortest || slot.name.text == name);
        return isKnown ? &slot.name.claim : nullptr;
    }

private:
    static constexpr std::size_t placeOf(std::uint64_t key) { return key * factor >> 58; }

    // Found by trying.
    static constexpr std::uint64_t factor = 0xc4647159c324c985;
    std::array<Slot, 64> m_slots;
};

constexpr NameTable table;

const Claim *knownClaim(QStringView name) { return table.find({name.utf16(), static_cast<std::size_t>(name.size())}); }

std::size_t placeOf(Claim claim) { return static_cast<std::size_t>(claim); }

} // namespace

KnownClaims::KnownClaims(const JsonObject &claims)
    : m_claims(claims)
{
    for (const auto &[name, value] : claims.members()) {
        if (const Claim *claim = knownClaim(name))
            m_values[placeOf(*claim)] = &value;
    }
}

const Json *KnownClaims::find(QStringView name) const
{
    const Claim *claim = knownClaim(name);
    return claim ? m_values[placeOf(*claim)] : m_claims.find(name);
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
