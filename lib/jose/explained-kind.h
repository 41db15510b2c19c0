/// Which check a failure is explained by.
#pragma once

#include "jose/verification.h"

namespace bookdesk::jose {

/// The check's own kind, except for a token without an issuer: the issuer check fails first, but people read that a
/// claim is missing. Any thread.
inline CheckKind explainedKind(const Check &failure)
{
    const bool lacksIssuer = failure.kind == CheckKind::issuer && failure.fault == CheckFault::missing;
    return lacksIssuer ? CheckKind::requiredClaims : failure.kind;
}

} // namespace bookdesk::jose
