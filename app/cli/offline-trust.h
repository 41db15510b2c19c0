/// Trust from a file of keys and a few options, without any connection.
#pragma once

#include "core/result.h"
#include "identity/trust.h"

#include <QString>
#include <QStringList>

namespace bookdesk::cli {

/// What a token is checked against without a connection.
struct OfflineTrust
{
    QString jwksFile;
    QString issuer;
    QString audience;
    QStringList algorithms; ///< Empty for the API's own.
};

/// The findings of the trust's keys say what was left out of the file. Errors: cli.usage, cli.file-unreadable, keys.*
/// and json.*.
Result<identity::Trust> readOfflineTrust(const OfflineTrust &options);

} // namespace bookdesk::cli
