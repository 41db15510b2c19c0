/// ConnectionChange: what came of editing or removing a connection.
#pragma once

#include "core/error.h"
#include "identity/account.h"

#include <optional>
#include <vector>

namespace bookdesk::workspace {

/// An account of a connection that is another one now, or gone.
struct SignedOutAccount
{
    identity::Account account;
    std::optional<Error> error; ///< As workspace::SignOut::here.

    /// Nothing is kept of it here, whether or not the provider has revoked its refresh token. What could not be removed
    /// is removed when the vault is checked the next time.
    bool isGone() const;

    friend bool operator==(const SignedOutAccount &, const SignedOutAccount &) = default;
};

/// A plain value.
struct ConnectionChange
{
    std::vector<SignedOutAccount> signedOut;
    std::vector<Error> problems; ///< Why kept sign-ins or the person's own rules may still be stored.

    friend bool operator==(const ConnectionChange &, const ConnectionChange &) = default;
};

} // namespace bookdesk::workspace
