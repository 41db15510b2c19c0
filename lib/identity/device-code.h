/// DeviceCode: what a person types on another device to sign in here.
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "core/secret.h"
#include "identity/provider.h"
#include "net/http-client.h"

#include <QString>
#include <QUrl>

#include <chrono>

namespace bookdesk::identity {

/// What this program holds an answer to, as constructor values.
struct DeviceCodeRules
{
    std::chrono::milliseconds usualInterval{5'000}; ///< Where the server does not say (RFC 8628 section 3.2).
    std::chrono::milliseconds leastInterval{1'000}; ///< Whatever the server says.
    std::chrono::seconds longestLife{3600};         ///< So that nobody is kept waiting for hours.
};

/// A plain value. The server's texts are bounded, and the link may be opened. Source: RFC 8628 section 3.2. Any thread.
struct DeviceCode
{
    Secret deviceCode;     ///< What this program asks for the tokens with.
    QString userCode;      ///< What the person types, exactly as it was sent: printable ASCII.
    QUrl verificationLink; ///< Where it is typed: https, or http on loopback. Never one that holds the code.
    TimePoint expiresAt;
    std::chrono::milliseconds interval{0}; ///< At least so long between two questions.

    friend bool operator==(const DeviceCode &, const DeviceCode &) = default;
};

/// Reads the answer of the device authorization endpoint, good or bad. `verification_uri_complete` and `message` are
/// not read: a link that holds the code needs no typing, which is what makes people look where they are.
/// Errors: sign-in.* with advice for an OAuth error, sign-in.refused, sign-in.response-invalid.
Result<DeviceCode> readDeviceCode(const net::HttpResponse &response, TimePoint now, const DeviceCodeRules &rules = {});

/// Refuses a link to Microsoft or to another provider of the list, where the endpoints of @p provider may be anywhere:
/// such a server would have people type its own code, or one of its choice, at an honest page.
/// Errors: sign-in.response-invalid. Any thread. Source: RFC 8628 section 5.4.
Result<DeviceCode> withOwnLink(DeviceCode code, const Provider &provider);

} // namespace bookdesk::identity
