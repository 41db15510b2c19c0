/// ClaimNames: the names of the claims that differ from provider to provider.
#pragma once

#include <QString>

namespace bookdesk::jose {

/// The names come from the provider's data. A plain value. Any thread. Source: Microsoft "Access token claims
/// reference", "ID token claims reference".
struct ClaimNames
{
    QString scopes;   ///< One string, separated by spaces: `scp`.
    QString roles;    ///< An array of strings: `roles`.
    QString tenant;   ///< `tid`
    QString objectId; ///< `oid`, the same for a person in all apps of a tenant.
    QString name;     ///< For display: `name`.
    QString userName; ///< For display only, never a key: `preferred_username`.

    friend bool operator==(const ClaimNames &, const ClaimNames &) = default;
};

} // namespace bookdesk::jose
