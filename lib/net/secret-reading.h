/// Bodies that may hold secrets, read from a device into memory that is wiped.
#pragma once

#include "core/secret.h"

class QIODevice;

namespace bookdesk::net {

/// All that can be read from @p device now; nothing if it is closed.
Secret readSecret(QIODevice &device);

/// The same, at most @p most bytes, which stay to be read.
Secret peekSecret(QIODevice &device, qsizetype most);

} // namespace bookdesk::net
