/// What follows from the settings, for those who use it.
#pragma once

#include "identity/browser.h"
#include "identity/sign-in.h"
#include "net/proxy.h"
#include "workspace/settings.h"

namespace bookdesk::workspace {

/// The browser that the settings name at the time of each sign-in.
identity::OpenUrl chosenBrowser();

/// @p usual with the time limit that was chosen, if one was.
identity::SignInLimits chosenLimits(const Settings &settings, identity::SignInLimits usual);

/// @p usual with the proxy that was chosen, if one was.
net::ProxyRules chosenProxies(const Settings &settings, net::ProxyRules usual);

} // namespace bookdesk::workspace
