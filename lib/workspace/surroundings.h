/// Surroundings: what all desks share.
#pragma once

#include "books/retry-plan.h"
#include "core/clock.h"
#include "core/redaction.h"
#include "identity/browser-sign-out.h"
#include "identity/browser.h"
#include "identity/device-code-sign-in.h"
#include "identity/sign-in.h"
#include "identity/token-vault.h"
#include "net/access-manager.h"
#include "workspace/own-rules.h"
#include "workspace/probes.h"

#include <memory>

namespace bookdesk::workspace {

/// Copied to each of them. GUI thread.
struct Surroundings
{
    Clock clock = systemNow;
    Redactor redactor;
    identity::OpenUrl open; ///< How URLs reach a browser.
    net::Limits netLimits;
    net::ProxyRules proxies;
    books::RetryPlanRules retryPlan;
    identity::SignInLimits signInLimits;
    identity::DeviceCodeLimits deviceCodeLimits;
    identity::SignOutLimits signOutLimits;
    OwnRules ownRules;                                                 ///< Stored where the connections are.
    FindSigner signer;                                                 ///< Of the tenant, where its keys are at hand.
    std::shared_ptr<identity::TokenVault> vault = identity::noVault(); ///< Keeps sign-ins for later runs.
};

} // namespace bookdesk::workspace
