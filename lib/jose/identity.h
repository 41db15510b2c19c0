/// Identity: who is signed in, made from a verified ID token and in no other way.
#pragma once

#include "core/result.h"
#include "jose/claim-names.h"
#include "jose/decoded-token.h"
#include "jose/verification.h"

#include <QString>

namespace bookdesk::jose {

/// A plain value. Source: OpenID Connect Core section 2, Microsoft "ID token claims reference". Any thread.
class Identity
{
public:
    /// Errors: token.not-verified where @p verification did not pass or has no nonce check that passed.
    static Result<Identity> fromIdToken(const DecodedToken &token, const Verification &verification,
                                        const ClaimNames &names);

    const QString &issuer() const { return m_issuer; }
    const QString &subject() const { return m_subject; }
    const QString &tenant() const { return m_tenant; }     ///< May be empty.
    const QString &objectId() const { return m_objectId; } ///< May be empty.
    const QString &name() const { return m_name; }         ///< May be empty.
    const QString &userName() const { return m_userName; } ///< May be empty; never use it as a key.
    /// The best name to show: name, user name or subject.
    QString displayName() const;
    /// The same with the user name, as nameWithUser.
    QString fullName() const;
    /// The same account: issuer and subject decide, and tenant and object ID where both have them. Names do not.
    bool isSamePerson(const Identity &other) const;

    friend bool operator==(const Identity &, const Identity &) = default;

private:
    Identity() = default;
    QString m_issuer, m_subject, m_tenant, m_objectId, m_name, m_userName;
};

/// "Riley Reader (riley.reader@sandbox.test)"; the name alone where that is all there is.
QString nameWithUser(const QString &name, const QString &userName);

} // namespace bookdesk::jose
