/// ClaimNames: where a provider's tokens carry what each provider names in its own way.
#pragma once

#include <QString>

namespace bookdesk::jose {

/// The names come from the provider's data. A plain value. Any thread. Source: Microsoft "Access token claims
/// reference", "ID token claims reference".
struct ClaimNames
{
    QString scopes;   ///< One string, separated by blanks: `scp`.
    QString roles;    ///< An array of strings: `roles`.
    QString tenant;   ///< `tid`
    QString objectId; ///< `oid`, the same for a person in all apps of a tenant.
    QString name;     ///< To be shown: `name`.
    QString userName; ///< To be shown, and no key to anything: `preferred_username`.

    friend bool operator==(const ClaimNames &, const ClaimNames &) = default;
};

} // namespace bookdesk::jose
