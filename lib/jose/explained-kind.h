/// What a failed check is told as to people.
#pragma once

#include "jose/verification.h"

namespace bookdesk::jose {

/// The check's own kind, but for a token without an issuer: the issuer's check finds that first, and it is told as the
/// claim that is missing. Any thread.
inline CheckKind explainedKind(const Check &failure)
{
    const bool lacksIssuer = failure.kind == CheckKind::issuer && failure.fault == CheckFault::missing;
    return lacksIssuer ? CheckKind::requiredClaims : failure.kind;
}

} // namespace bookdesk::jose
