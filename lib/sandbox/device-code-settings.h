/// DeviceCodeSettings: how the Sandbox treats those who sign in on another device.
#pragma once

#include <chrono>

namespace bookdesk::sandbox {

/// How long a code lives, and how often a client may ask what has become of it; Entra's numbers. A plain value. Any
/// thread.
struct DeviceCodeSettings
{
    std::chrono::seconds lifetime{900};
    std::chrono::seconds interval{5};
};

} // namespace bookdesk::sandbox
