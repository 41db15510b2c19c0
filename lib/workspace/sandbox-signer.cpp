#include "workspace/sandbox-signer.h"

namespace bookdesk::workspace {

lab::TenantSigner sandboxSigner(const sandbox::SandboxServer &sandbox)
{
    return {sandbox.tokenHeader(), [&sandbox](const JsonObject &header, const JsonObject &claims) {
                return sandbox.signAsGiven(header, claims);
            }};
}

} // namespace bookdesk::workspace
