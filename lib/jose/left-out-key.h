/// LeftOutKey: a published key that is not used, and why.
#pragma once

#include "core/json.h"

#include <QString>

namespace bookdesk::jose {

/// A plain value; its texts are safe to show. Any thread.
struct LeftOutKey
{
    QString keyId;       ///< As published; empty where it has none.
    QString description; ///< "RSA 2048, alg RSA-OAEP": what it says of itself.
    QString why;         ///< A sentence.

    friend bool operator==(const LeftOutKey &, const LeftOutKey &) = default;
};

/// Of an entry of a key set.
LeftOutKey leftOutKey(const JsonObject &jwk, const QString &why);

} // namespace bookdesk::jose
