/// ClaimNames: the claims that differ from provider to provider.
#pragma once

#include "jose/claim-path.h"

#include <QString>

#include <vector>

namespace bookdesk::jose {

/// They come from the provider's data; what a provider does not have is empty. A plain value. Any thread. Source:
/// Microsoft "Access token claims reference", "ID token claims reference"; Amazon "Understanding the access token".
struct ClaimNames
{
    ClaimPlaces scopes;              ///< `scp`
    ClaimPlaces roles;               ///< `roles`
    QString tenant;                  ///< `tid`
    QString objectId;                ///< `oid`, the same for a person in all apps of a tenant.
    std::vector<ClaimPath> name;     ///< For display, the first that is there: `name`.
    std::vector<ClaimPath> userName; ///< For display only, never a key: `preferred_username`.
    ClaimPlaces groups = {};         ///< `groups`
    /// Names the client of an access token that has no audience: Cognito's `client_id`.
    QString client = {};
    QString use = {};       ///< What a token is for: Cognito's `token_use`.
    QString accessUse = {}; ///< The value of `use` in access tokens: `access`.
    QString idUse = {};     ///< The same in ID tokens: `id`.
    /// Of the connection's API: its scopes have this name and a slash in front: `books/Books.Read`. May be empty.
    QString scopeServer = {};

    friend bool operator==(const ClaimNames &, const ClaimNames &) = default;
};

} // namespace bookdesk::jose
