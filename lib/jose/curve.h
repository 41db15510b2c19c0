/// Curve: the elliptic curves of ECDSA keys.
#pragma once

#include "jose/algorithm.h"

#include <QString>

#include <array>
#include <optional>

namespace bookdesk::jose {

/// Source: RFC 7518 section 6.2.1.1.
enum class Curve { p256, p384, p521 };

inline constexpr std::array allCurves{Curve::p256, Curve::p384, Curve::p521};

/// "P-256", …, as `crv` spells it.
inline QString curveName(Curve curve)
{
    switch (curve) {
    case Curve::p256:
        return QStringLiteral("P-256");
    case Curve::p384:
        return QStringLiteral("P-384");
    case Curve::p521:
        return QStringLiteral("P-521");
    }
    return {};
}

/// By its exact name; nothing for curves that are not supported.
inline std::optional<Curve> curveFrom(QStringView name)
{
    for (const Curve curve : allCurves) {
        if (curveName(curve) == name)
            return curve;
    }
    return std::nullopt;
}

/// How many bytes a coordinate has, and each half of a signature.
constexpr int coordinateSize(Curve curve) { return curve == Curve::p256 ? 32 : curve == Curve::p384 ? 48 : 66; }

/// The one algorithm for keys on the curve.
constexpr Algorithm algorithmOf(Curve curve)
{
    return curve == Curve::p256 ? Algorithm::es256 : curve == Curve::p384 ? Algorithm::es384 : Algorithm::es512;
}

} // namespace bookdesk::jose
