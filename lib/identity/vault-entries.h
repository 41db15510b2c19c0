/// What the entries of the stored sign-ins look like.
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "identity/account.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace bookdesk::identity {

/// What a later run signs an account in with. A plain value. Any thread.
struct KeptSignIn
{
    Secret refreshToken;
    QString nonce; ///< Of the sign-in that it came from: a fresh ID token that has a nonce must have this one.
    QStringList scopes = {}; ///< The names of those that were consented to; empty where that is not known.

    friend bool operator==(const KeptSignIn &, const KeptSignIn &) = default;
};

// Any thread.

Secret writtenList(const std::vector<Account> &accounts);
/// Errors: vault.damaged.
Result<std::vector<Account>> readList(const Secret &text);
/// Why the list cannot be read.
Error damagedList(const Error &cause);

Secret writtenEntry(const KeptSignIn &signIn);
/// Errors: vault.damaged.
Result<KeptSignIn> readEntry(const Secret &entry);

} // namespace bookdesk::identity
