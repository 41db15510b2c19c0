/// Account: who has signed in where, without any token.
#pragma once

#include "identity/connection.h"
#include "jose/identity.h"

#include <QString>

namespace bookdesk::identity {

/// A plain value; its names are for people only. What it may be used for is bound to the connection as it was: where
/// anything in its binding is another now, it is worthless. Any thread. Source: Microsoft "ID token claims reference".
struct Account
{
    QString connectionId;
    QString issuer; ///< Of the ID token.
    QString clientId;
    QString apiOrigin; ///< Scheme, host and port.
    QString subject;
    QString tenant;   ///< May be empty.
    QString objectId; ///< May be empty.
    QString name;     ///< May be empty.
    QString userName; ///< May be empty.
    QString binding;  ///< As bindingOf.

    /// 32 hexadecimal digits, made from all that identifies the account; names have no part in it.
    QString id() const;
    /// The best name to show: name, user name or subject.
    QString displayName() const;
    /// The same with the user name, as jose::Identity::fullName.
    QString fullName() const;
    bool belongsTo(const Connection &connection) const;
    bool isOf(const jose::Identity &identity) const;

    friend bool operator==(const Account &, const Account &) = default;
};

/// Hexadecimal digits, made from all that decides who gets tokens, and which: provider, authority, client ID, audience,
/// scopes, API URL and CA of the connection.
QString bindingOf(const Connection &connection);

Account accountOf(const Connection &connection, const jose::Identity &identity);

} // namespace bookdesk::identity
