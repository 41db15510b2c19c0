#include "jose/identity.h"

#include "jose/errors.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace bookdesk::jose {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Identity)
};

/// The checks that must have passed; others may not have been applicable.
constexpr std::array indispensable{CheckKind::signature, CheckKind::expiry,  CheckKind::issuer,
                                   CheckKind::audience,  CheckKind::subject, CheckKind::nonce};

QString whatIsMissing(const Verification &verification)
{
    if (const Check *failed = verification.firstFailure())
        return checkCode(failed->kind);
    for (const CheckKind kind : indispensable) {
        const Check *check = verification.find(kind);
        if (!check || check->result != CheckResult::passed)
            return checkCode(kind);
    }
    return {};
}

} // namespace

Result<Identity> Identity::fromIdToken(const DecodedToken &token, const Verification &verification,
                                       const ClaimNames &names)
{
    const auto claim = [&token](QStringView name) { return token.stringClaim(name).value_or(QString()); };
    QString missing = whatIsMissing(verification);
    if (missing.isEmpty() && claim(u"sub").isEmpty())
        missing = checkCode(CheckKind::subject);
    if (!missing.isEmpty())
        return failure(errors::tokenNotVerified,
                       Texts::tr("The ID token did not pass verification, so nobody is signed in."),
                       Texts::tr("Sign in again."), {{facts::check, missing}});
    Identity identity;
    identity.m_issuer = claim(u"iss");
    identity.m_subject = claim(u"sub");
    identity.m_tenant = names.tenant.isEmpty() ? QString() : claim(names.tenant);
    identity.m_objectId = names.objectId.isEmpty() ? QString() : claim(names.objectId);
    identity.m_name = firstTextIn(token.claims, names.name);
    identity.m_userName = firstTextIn(token.claims, names.userName);
    return identity;
}

bool Identity::isSamePerson(const Identity &other) const
{
    const auto agree = [](const QString &one, const QString &two) {
        return one.isEmpty() || two.isEmpty() || one == two;
    };
    return m_issuer == other.m_issuer && m_subject == other.m_subject && agree(m_tenant, other.m_tenant) &&
           agree(m_objectId, other.m_objectId);
}

QString Identity::displayName() const
{
    if (!m_name.isEmpty())
        return m_name;
    return m_userName.isEmpty() ? m_subject : m_userName;
}

QString Identity::fullName() const { return nameWithUser(displayName(), m_userName); }

QString nameWithUser(const QString &name, const QString &userName)
{
    return userName.isEmpty() || userName == name ? name : QStringLiteral("%1 (%2)").arg(name, userName);
}

} // namespace bookdesk::jose
