/// HttpClient: sends one request and gives back one response, as a task.
#pragma once

#include "core/secret.h"
#include "core/task.h"
#include "net/access-manager.h"
#include "net/network-failure.h"

#include <QByteArray>
#include <QUrl>

#include <chrono>
#include <optional>
#include <stop_token>
#include <vector>

namespace bookdesk::net {

/// A request as it is sent. `bearer` becomes the Authorization header where it is not empty. The path goes out as it
/// is encoded in `url`.
struct HttpRequest
{
    QByteArray method = "GET";
    QUrl url;
    Headers headers;
    /// Goes out as an Authorization header of its own in front of the bearer's, with GET alone. No secret.
    QByteArray firstAuthorization = {};
    Secret bearer;
    Secret body; ///< May hold secrets (token requests).
    RequestKind kind = RequestKind::api;
    /// *Send anyway*: the bearer token may be meant for someone other than the receiver.
    bool mayCarryForeignToken = false;
};

/// Any answer that came, whatever its status; redirects are not followed. The body is as it came: it may hold tokens,
/// or echo what was sent.
struct HttpResponse
{
    int status = 0;
    QString reason;
    Headers headers;
    Secret body;
    QUrl redirectTarget;                 ///< The resolved `Location` of a 3xx.
    std::int64_t exchangeId = 0;         ///< In the ExchangeLog.
    std::optional<TimePoint> serverDate; ///< The `Date` header.
    /// When the server wants to be asked again, counted from this answer; see readRetryAfter.
    std::optional<std::chrono::seconds> retryAfter;
    bool wasSentAgain = false; ///< The request was refused at first, and this answers it with a fresh token.
};

/// A read that fails in a way that may pass is sent again as RetrySchedule says, all within the time that its kind of
/// request has; each try is an exchange of its own. One thread. A task goes on from the event loop, never from inside
/// Qt's network code, so that it may destroy client and manager. The destructor stops what is under way (every task
/// ends with `net.stopped`). Without a TaskScope, because its tasks use nothing of it.
class HttpClient
{
public:
    /// @param manager must outlive the client.
    explicit HttpClient(AccessManager &manager);
    ~HttpClient();

    /// Errors: net.name-not-found, net.connection-failed, net.tls-failed, net.timed-out, net.stopped, net.too-large,
    /// net.broken, net.url-refused (http to a host that is not loopback), those of askProxy. Details name the host and
    /// Qt's own words.
    Task<HttpResponse> send(HttpRequest request, std::stop_token stop = {});

private:
    AccessManager &m_manager;
    std::stop_source m_stop;
};

/// `application/x-www-form-urlencoded` from fields, every value percent-encoded by the rules of RFC 6749 appendix B.
using FormFields = std::vector<std::pair<QByteArray, Secret>>;
Secret encodeForm(const FormFields &fields);

} // namespace bookdesk::net
