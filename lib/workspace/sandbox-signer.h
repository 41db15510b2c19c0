/// The Sandbox as the signer of probes: the one tenant whose keys are at hand.
#pragma once

#include "lab/probe-setup.h"
#include "sandbox/sandbox-server.h"

namespace bookdesk::workspace {

/// With the keys in use now. @p sandbox must outlive the signer.
lab::TenantSigner sandboxSigner(const sandbox::SandboxServer &sandbox);

} // namespace bookdesk::workspace
