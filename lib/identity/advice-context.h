/// AdviceContext: what a connection fills into advice on a sign-in.
#pragma once

#include "identity/connection.h"

#include <QString>
#include <QStringList>

namespace bookdesk::identity {

/// Empty without a connection. A plain value. Any thread.
struct AdviceContext
{
    QString organization; ///< The connection's name.
    QString tenant;       ///< As the authority names it.
    QString clientId;
    QString apiId;
    QString redirectUri; ///< As it is registered: without a port where any is accepted.
    QStringList scopes;
    QString
        consentLink; ///< Where an administrator can consent for everybody; empty where the provider has no such page.
};

/// Source: Microsoft "Admin consent on the Microsoft identity platform", "Redirect URI restrictions and limitations".
AdviceContext adviceContext(const Connection &connection);

} // namespace bookdesk::identity
