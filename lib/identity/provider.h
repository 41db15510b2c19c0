/// Provider: what differs between identity providers, as data (`resources/providers/*.json`).
#pragma once

#include "core/result.h"

#include <QMap>
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
    /// By entry of `hosts`: where the issuer is not the authority with `issuerPath`. `{tenant}` stands for its GUID.
    QMap<QString, QString> issuerTemplates;
    QStringList multiTenantNames; ///< In place of a tenant these mean many of them: `common`.

    bool acceptsHost(const QString &host) const; ///< Loopback always.
    /// The entry of `hosts` that @p host fits, or an empty string (as for loopback).
    QString hostPattern(const QString &host) const;
};

/// Errors: connection.member-invalid for an ID that is not among the data.
Result<Provider> findProvider(const QString &id);

} // namespace bookdesk::identity
