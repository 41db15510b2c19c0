/// Provider: what differs between identity providers, as data (`resources/providers/*.json`).
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>
#include <QUrl>

namespace bookdesk::identity {

/// A plain value. Source: Microsoft "Authorization code flow", "National clouds". Any thread.
struct Provider
{
    QString id;
    QString name;            ///< "Microsoft Entra ID".
    QStringList hosts;       ///< Hosts an authority may have besides loopback; `*.` in front stands for one label.
    QString discoveryPath;   ///< Behind the authority: `/v2.0/.well-known/openid-configuration`.
    QString issuerPath;      ///< Behind the authority: `/v2.0`.
    QStringList extraScopes; ///< `openid`, `profile`, `offline_access`.
    QString redirectHost;    ///< `localhost`.
    bool acceptsHost(const QString &host) const; ///< Loopback always.
};

/// Errors: connection.member-invalid for an ID that is not among the data.
Result<Provider> findProvider(const QString &id);

} // namespace bookdesk::identity
