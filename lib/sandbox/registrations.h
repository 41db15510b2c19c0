/// Registrations: the tenant and the two applications that are registered in it.
#pragma once

#include <QString>
#include <QStringList>

namespace bookdesk::sandbox {

/// A plain value. ID tokens are for the client, access tokens for the API. Any thread.
struct Registrations
{
    QString tenantId = QStringLiteral("116755a4-f27a-4ece-b27a-08fd2a97a9ce");
    QString clientId = QStringLiteral("3cc7a892-5b01-4241-a57e-0d1457529b2f");
    QString apiId = QStringLiteral("2be4aed8-ec15-48d7-ae7a-84e5d14e7531");
    /// The audience of a token with the wrong audience.
    QString otherApiId = QStringLiteral("66f0c781-0158-43d9-aad4-0dfff8a34228");
    QStringList apiScopes{QStringLiteral("Books.Read"), QStringLiteral("Books.Write")};
    QStringList apiRoles{QStringLiteral("Books.Reader"), QStringLiteral("Books.Admin")};
};

} // namespace bookdesk::sandbox
