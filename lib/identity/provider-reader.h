/// Reads a provider's data, a file of `resources/providers`. Any thread.
#pragma once

#include "core/result.h"
#include "identity/provider.h"

#include <QByteArrayView>

namespace bookdesk::identity {

/// Strictly: an unknown member, word or form is an error, because nobody would notice that it has no effect.
/// Errors: json.*.
Result<Provider> readProvider(QByteArrayView text);

} // namespace bookdesk::identity
