#include "net/http-client.h"

#include "core/address-text.h"
#include "net/answer-body.h"
#include "net/errors.h"
#include "net/http-date.h"
#include "net/repeated-header-reply.h"
#include "net/trusted-url.h"

#include <QCoreApplication>
#include <QNetworkReply>
#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <utility>

namespace bookdesk::net {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(HttpClient)
};

QNetworkRequest networkRequest(const HttpRequest &request)
{
    QNetworkRequest result(request.url);
    setRequestKind(result, request.kind);
    for (const auto &[name, value] : request.headers)
        result.setRawHeader(name, value);
    if (!request.firstAuthorization.isEmpty())
        setFirstAuthorization(result, request.firstAuthorization);
    if (!request.bearer.isEmpty())
        result.setRawHeader("Authorization"_ba, "Bearer "_ba.append(request.bearer.reveal()));
    return result;
}

QNetworkReply *start(AccessManager &manager, const HttpRequest &request)
{
    const QNetworkRequest prepared = networkRequest(request);
    const QByteArray body = request.body.reveal().toByteArray();
    if (request.method == "GET"_ba && body.isEmpty())
        return manager.get(prepared);
    if (request.method == "HEAD"_ba && body.isEmpty())
        return manager.head(prepared);
    if (request.method == "POST"_ba)
        return manager.post(prepared, body);
    // With a body, even an empty one, because a request without one may be sent twice.
    return manager.sendCustomRequest(prepared, request.method, body);
}

QUrl redirectTarget(const HttpResponse &response, const QUrl &base)
{
    const std::optional<QByteArray> location = headerValue(response.headers, "Location");
    if (response.status < 300 || response.status > 399 || !location)
        return {};
    return base.resolved(QUrl::fromEncoded(*location));
}

Result<HttpResponse> readReply(QNetworkReply &reply, TimePoint now)
{
    if (const auto error = networkFailure(reply))
        return failure(*error);
    const auto pairs = reply.rawHeaderPairs();
    HttpResponse response;
    response.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    response.reason = reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    response.headers = Headers(pairs.begin(), pairs.end());
    response.body = readBody(reply);
    response.redirectTarget = redirectTarget(response, reply.url());
    response.exchangeId = AccessManager::exchangeId(&reply);
    response.serverDate = readHttpDate(headerValue(response.headers, "Date"));
    // By the server's own clock where it is known, because ours may differ.
    response.retryAfter = readRetryAfter(response.headers, response.serverDate.value_or(now));
    return response;
}

auto stopped(const QUrl &url)
{
    return failure(errors::stopped, Texts::tr("The request to %1 was stopped.").arg(hostText(url)));
}

using Answered = OneShot<Result<HttpResponse>>;

/// As AccessManager::passProxy; gives @p way its result unless it has one before.
QCoro::Task<> passProxy(AccessManager *manager, QUrl url, OneShot<Result<void>> way)
{
    Task<void> passing = manager->passProxy(url);
    way.set(co_await passing);
}

/// Waits until a request to @p url may go out; a person may have to log in to a proxy.
Task<void> wayTo(AccessManager *manager, QUrl url, std::stop_token ownerStop, std::stop_token callerStop)
{
    if (ownerStop.stop_requested() || callerStop.stop_requested())
        co_return stopped(url);
    if (const Result<QUrl> trusted = trustedUrl(url); !trusted)
        co_return failure(trusted.error());
    const OneShot<Result<void>> way;
    const auto stop = [way, error = stopped(url)] { way.set(error); };
    const std::stop_callback onOwnerStop(std::move(ownerStop), stop);
    const std::stop_callback onCallerStop(std::move(callerStop), stop);
    passProxy(manager, url, way);
    co_return co_await way;
}

/// Reads the reply while it lives, and lets whoever waits go on when Qt's own work on it is over: they may destroy
/// everything then, the manager too.
void answerWhenFinished(AccessManager &manager, QNetworkReply *reply, const Answered &answer)
{
    QObject::connect(reply, &QNetworkReply::finished, &manager, [&manager, reply, answer] {
        QMetaObject::invokeMethod(
            &manager, [answer, result = readReply(*reply, manager.now())] { answer.set(result); },
            Qt::QueuedConnection);
    });
}

using SteadyTime = std::chrono::steady_clock::time_point;

std::chrono::milliseconds timeUntil(SteadyTime moment)
{
    const auto left = moment - std::chrono::steady_clock::now();
    return std::max(std::chrono::milliseconds{0}, std::chrono::duration_cast<std::chrono::milliseconds>(left));
}

/// One try once there is a @p way, which ends at @p deadline at the latest. The reply belongs to the manager, which
/// outlives this; nothing of the client is touched once it has begun.
Task<HttpResponse> exchange(AccessManager *manager, HttpRequest request, Result<void> way, SteadyTime deadline,
                            std::stop_token ownerStop, std::stop_token callerStop)
{
    if (!way)
        co_return failure(way.error());
    const Answered answer;
    // Ends the wait and touches nothing afterwards: the task then runs to its end and takes this object with it.
    const auto stop = [answer, error = stopped(request.url)] { answer.set(error); };
    const std::stop_callback onOwnerStop(std::move(ownerStop), stop);
    const std::stop_callback onCallerStop(std::move(callerStop), stop);
    const QPointer<QNetworkReply> reply = start(*manager, request);
    const std::int64_t exchangeId = AccessManager::exchangeId(reply);
    answerWhenFinished(*manager, reply, answer);
    QTimer::singleShot(timeUntil(deadline), reply.data(), [reply] { cut(reply, CutReason::timedOut); });
    Result<HttpResponse> result = co_await answer;
    if (reply)
        cut(reply, CutReason::stopped);
    if (!result)
        result.error().exchangeId = exchangeId;
    co_return result;
}

/// Waits until either stop is requested, or as long as it takes.
QCoro::Task<WaitEnd> pauseBetweenTries(std::chrono::milliseconds wait, std::stop_token ownerStop,
                                       std::stop_token callerStop)
{
    // A copy of the source, because the wait that it ends takes the callbacks with it.
    std::stop_source either;
    const auto stop = [either] { std::stop_source(either).request_stop(); };
    const std::stop_callback onOwnerStop(std::move(ownerStop), stop);
    const std::stop_callback onCallerStop(std::move(callerStop), stop);
    QCoro::Task<WaitEnd> pausing = pauseFor(wait, either.get_token());
    co_return co_await pausing;
}

/// Notes whether the host was reached. A listener may destroy the manager.
void noteEnd(AccessManager &manager, const QUrl &url, const Result<HttpResponse> &result)
{
    manager.reachability().note(url.authority(QUrl::FullyEncoded),
                                result ? std::nullopt : std::optional(result.error()));
}

/// Between two tries nothing but the stops is touched; the manager lives as long as they are not requested.
Task<HttpResponse> exchangeWithRetries(AccessManager *manager, HttpRequest request, std::stop_token ownerStop,
                                       std::stop_token callerStop)
{
    SteadyTime deadline = std::chrono::steady_clock::now() + manager->limits().bounds(request.kind).time;
    const bool mayRepeat = isRepeatable(request.method, request.kind);
    RetrySchedule schedule(manager->limits().retries);
    for (;;) {
        const SteadyTime begun = std::chrono::steady_clock::now();
        Task<void> waiting = wayTo(manager, request.url, ownerStop, callerStop);
        const Result<void> way = co_await waiting;
        // The server is not to blame for the time that a person takes.
        deadline += std::chrono::steady_clock::now() - begun;
        Task<HttpResponse> sending = exchange(manager, request, way, deadline, ownerStop, callerStop);
        Result<HttpResponse> result = co_await sending;
        if (ownerStop.stop_requested())
            co_return result;
        std::optional<std::chrono::milliseconds> wait;
        if (mayRepeat)
            wait = result ? schedule.afterAnswer(result->status, result->retryAfter)
                          : schedule.afterFailure(result.error().code);
        if (!wait || *wait >= timeUntil(deadline)) {
            noteEnd(*manager, request.url, result);
            co_return result;
        }
        QCoro::Task<WaitEnd> pausing = pauseBetweenTries(*wait, ownerStop, callerStop);
        if (co_await pausing == WaitEnd::stopped)
            co_return stopped(request.url);
    }
}

constexpr bool isUnreserved(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '-' || character == '.' || character == '_';
}

/// @return behind what was written: at most three bytes for each of @p value.
char *writeEncoded(QByteArrayView value, char *out)
{
    constexpr char digits[] = "0123456789ABCDEF";
    for (const char character : value) {
        if (isUnreserved(character)) {
            *out++ = character;
            continue;
        }
        const auto byte = static_cast<unsigned char>(character);
        *out++ = '%';
        *out++ = digits[byte >> 4];
        *out++ = digits[byte & 0x0f];
    }
    return out;
}

char *writeForm(const FormFields &fields, char *out)
{
    const char *begin = out;
    for (const auto &[name, value] : fields) {
        if (out != begin)
            *out++ = '&';
        out = writeEncoded(name, out);
        *out++ = '=';
        out = writeEncoded(value.reveal(), out);
    }
    return out;
}

} // namespace

HttpClient::HttpClient(AccessManager &manager)
    : m_manager(manager)
{}

HttpClient::~HttpClient() { m_stop.request_stop(); }

Task<HttpResponse> HttpClient::send(HttpRequest request, std::stop_token stop)
{
    return exchangeWithRetries(&m_manager, std::move(request), m_stop.get_token(), std::move(stop));
}

Secret encodeForm(const FormFields &fields)
{
    qsizetype most = 0;
    for (const auto &[name, value] : fields)
        most += 3 * (name.size() + value.size()) + 2;
    return Secret::written(most, [&fields](char *out) -> qsizetype { return writeForm(fields, out) - out; });
}

} // namespace bookdesk::net
