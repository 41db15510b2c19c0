/// Makes the request that carries a forged token.
#pragma once

#include "lab/forgery.h"
#include "net/http-client.h"

#include <QUrl>

namespace bookdesk::lab {

/// A GET of @p target. Any thread. Source: RFC 6750 section 2.
net::HttpRequest probeRequest(const QUrl &target, const Forgery &forgery);

} // namespace bookdesk::lab
