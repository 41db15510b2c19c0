/// DeviceCodeAnswer: what the token endpoint says to a device that asks for its tokens.
#pragma once

#include "net/http-client.h"

namespace bookdesk::identity {

enum class DeviceCodeAnswer {
    pending,     ///< The person has not finished yet.
    slowDown,    ///< As pending, and the device asks too often.
    unavailable, ///< The server cannot answer now.
    last,        ///< Tokens, or the reason why there will be none.
};

/// By `error` and the status alone. Any thread. Source: RFC 8628 section 3.5.
DeviceCodeAnswer readDeviceCodeAnswer(const net::HttpResponse &response);

} // namespace bookdesk::identity
