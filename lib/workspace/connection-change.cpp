#include "workspace/connection-change.h"

#include "identity/errors.h"

namespace bookdesk::workspace {

bool SignedOutAccount::isGone() const { return !error || error->code == identity::errors::notRevoked; }

} // namespace bookdesk::workspace
