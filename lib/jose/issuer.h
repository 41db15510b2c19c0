/// Issuers as policies and keys name them: exactly, or by a pattern that stands for every tenant of Entra.
#pragma once

#include <QString>

namespace bookdesk::jose {

/// What stands for the tenant in multi-tenant metadata, literally. Source: Microsoft "Validate the issuer".
inline constexpr QStringView tenantMark = u"{tenantid}";

/// 8-4-4-4-12 hexadecimal digits, in any case.
bool isGuid(QStringView text);

/// Whether the issuer depends on the token's `tid`.
bool isIssuerPattern(QStringView text);

/// Whether it is the issuer, or the pattern, of Entra's v2 tokens.
bool isVersion2Issuer(QStringView text);

/// Whether @p issuer equals @p pattern with @p tenant in place of each mark; the tenant must be a GUID.
bool matchesIssuer(QStringView pattern, QStringView issuer, QStringView tenant);

/// The tenant that is part of @p issuer: the first part of its path that is a GUID. Empty where there is none.
QStringView tenantOf(QStringView issuer);

/// The pattern with @p tenant in place of the marks, for display.
QString filledIssuer(const QString &pattern, const QString &tenant);

} // namespace bookdesk::jose
