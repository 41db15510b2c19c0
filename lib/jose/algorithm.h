/// Algorithm: the signature algorithms that tokens may be signed with.
#pragma once

#include <QString>

#include <array>
#include <cstddef>
#include <optional>

namespace bookdesk::jose {

/// Public-key signatures only. `none` and the algorithms with a shared secret are missing, so no allow-list can contain
/// them. Source: RFC 7518 section 3.1, RFC 8037 section 3.1.
enum class Algorithm { rs256, rs384, rs512, ps256, ps384, ps512, es256, es384, es512, edDsa };

inline constexpr std::array allAlgorithms{Algorithm::rs256, Algorithm::rs384, Algorithm::rs512, Algorithm::ps256,
                                          Algorithm::ps384, Algorithm::ps512, Algorithm::es256, Algorithm::es384,
                                          Algorithm::es512, Algorithm::edDsa};

/// The place of @p algorithm in allAlgorithms.
constexpr std::size_t indexOf(Algorithm algorithm) { return static_cast<std::size_t>(algorithm); }

/// RSASSA-PSS.
constexpr bool isPss(Algorithm algorithm)
{
    return algorithm == Algorithm::ps256 || algorithm == Algorithm::ps384 || algorithm == Algorithm::ps512;
}

constexpr bool isEcdsa(Algorithm algorithm)
{
    return algorithm == Algorithm::es256 || algorithm == Algorithm::es384 || algorithm == Algorithm::es512;
}

/// "RS256", …, as `alg` spells it.
QString algorithmName(Algorithm algorithm);

/// By its exact name; nothing for `none`, `HS256`, `rs256` and the like.
std::optional<Algorithm> algorithmFrom(QStringView name);

} // namespace bookdesk::jose
