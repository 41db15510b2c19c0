#include "net/har.h"

#include "core/errors.h"
#include "core/json-escapes.h"
#include "core/json.h"
#include "core/off-thread.h"
#include "core/private-file.h"
#include "net/exchange-timing.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace bookdesk::net {
namespace {

using namespace Qt::StringLiterals;
using std::chrono::microseconds;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Har)
};

constexpr double notMeasured = -1;

QString httpVersion() { return u"HTTP/1.1"_s; }

double milliseconds(microseconds time) { return static_cast<double>(time.count()) / 1000; }

QString isoTime(TimePoint time)
{
    const auto sinceEpoch = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(sinceEpoch.count()).toUTC().toString(Qt::ISODateWithMs);
}

Json pair(const QString &name, const QString &value) { return JsonObject{{u"name"_s, name}, {u"value"_s, value}}; }

bool isCookie(const QByteArray &name)
{
    return name.compare("Cookie", Qt::CaseInsensitive) == 0 || name.compare("Set-Cookie", Qt::CaseInsensitive) == 0;
}

JsonArray headersOf(const Headers &headers)
{
    JsonArray array;
    for (const auto &[name, value] : headers) {
        if (!isCookie(name))
            array.push_back(pair(QString::fromUtf8(name), QString::fromUtf8(value)));
    }
    return array;
}

JsonArray queryOf(const QString &url)
{
    JsonArray array;
    for (const auto &[name, value] : QUrlQuery(QUrl(url)).queryItems(QUrl::FullyDecoded))
        array.push_back(pair(name, value));
    return array;
}

QString textOf(const Headers &headers, QByteArrayView name, const QString &otherwise)
{
    const std::optional<QByteArray> value = headerValue(headers, name);
    return value ? QString::fromUtf8(*value) : otherwise;
}

JsonObject requestOf(const Exchange &exchange)
{
    JsonObject request{{u"method"_s, QString::fromLatin1(exchange.method)},
                       {u"url"_s, exchange.url},
                       {u"httpVersion"_s, httpVersion()},
                       {u"cookies"_s, JsonArray()},
                       {u"headers"_s, headersOf(exchange.requestHeaders)},
                       {u"queryString"_s, queryOf(exchange.url)},
                       {u"headersSize"_s, -1},
                       {u"bodySize"_s, exchange.requestBody.isEmpty() ? 0 : -1}};
    if (!exchange.requestBody.isEmpty()) {
        JsonObject data{{u"mimeType"_s, textOf(exchange.requestHeaders, "Content-Type", {})},
                        {u"text"_s, exchange.requestBody}};
        if (exchange.isRequestBodyCut)
            data.append(u"comment"_s, Texts::tr("Cut"));
        request.append(u"postData"_s, std::move(data));
    }
    return request;
}

JsonObject contentOf(const Exchange &exchange)
{
    JsonObject content{{u"size"_s, std::int64_t{exchange.responseBytes}},
                       {u"mimeType"_s, textOf(exchange.responseHeaders, "Content-Type", u"x-unknown"_s)},
                       {u"text"_s, exchange.responseBody}};
    if (exchange.isResponseBodyCut)
        content.append(u"comment"_s, Texts::tr("Cut"));
    return content;
}

JsonObject responseOf(const Exchange &exchange)
{
    return {{u"status"_s, exchange.status},
            {u"statusText"_s, exchange.reason},
            {u"httpVersion"_s, exchange.status != 0 ? httpVersion() : u"unknown"_s},
            {u"cookies"_s, JsonArray()},
            {u"headers"_s, headersOf(exchange.responseHeaders)},
            {u"content"_s, contentOf(exchange)},
            {u"redirectURL"_s, textOf(exchange.responseHeaders, "Location", {})},
            {u"headersSize"_s, -1},
            {u"bodySize"_s, -1}};
}

/// From the connection's end to that of the request, where both are known.
microseconds sendTime(const Milestones &at)
{
    return at.encrypted && at.sent ? std::max(microseconds{0}, *at.sent - *at.encrypted) : microseconds{0};
}

struct Timings
{
    double dns = notMeasured;
    double connect = notMeasured; ///< With TLS.
    double send = 0;
    double wait = 0;
    double receive = 0;

    double sum() const { return std::max(dns, 0.0) + std::max(connect, 0.0) + send + wait + receive; }
};

Timings timingsOf(const Exchange &exchange, microseconds end)
{
    Timings timings;
    timings.send = milliseconds(sendTime(exchange.milestones));
    for (const PhaseTime &phase : phaseTimes(exchange, end)) {
        if (phase.state != PhaseState::measured)
            continue;
        const double length = milliseconds(phase.length);
        if (phase.phase == Phase::name)
            timings.dns = length;
        else if (phase.phase == Phase::connect)
            timings.connect = length;
        else if (phase.phase == Phase::firstByte)
            timings.wait = length;
        else if (phase.phase == Phase::body)
            timings.receive = length;
    }
    return timings;
}

JsonObject timingsObject(const Timings &timings)
{
    return {{u"blocked"_s, -1},          {u"dns"_s, timings.dns},   {u"connect"_s, timings.connect},
            {u"send"_s, timings.send},   {u"wait"_s, timings.wait}, {u"receive"_s, timings.receive},
            {u"ssl"_s, std::int64_t{-1}}};
}

QString remarkOn(const Exchange &exchange)
{
    if (exchange.isInBrowser)
        return Texts::tr("Opened in the browser");
    return exchange.isUnderWay() ? Texts::tr("Under way when this was saved") : exchange.failure;
}

Timings timingsUntil(const Exchange &exchange, TimePoint now)
{
    if (exchange.isInBrowser)
        return {};
    const auto lasted = std::chrono::duration_cast<microseconds>(now - exchange.started);
    return timingsOf(exchange, std::max(microseconds{0}, exchange.isUnderWay() ? lasted : *exchange.duration));
}

Json entryOf(const Exchange &exchange, TimePoint now)
{
    const Timings timings = timingsUntil(exchange, now);
    JsonObject entry{{u"startedDateTime"_s, isoTime(exchange.started)},
                     {u"time"_s, timings.sum()},
                     {u"request"_s, requestOf(exchange)},
                     {u"response"_s, responseOf(exchange)},
                     {u"cache"_s, JsonObject()},
                     {u"timings"_s, timingsObject(timings)}};
    if (const QString remark = remarkOn(exchange); !remark.isEmpty())
        entry.append(u"comment"_s, remark);
    return entry;
}

} // namespace

QByteArray harOf(const std::vector<Exchange> &exchanges, TimePoint now)
{
    JsonArray entries;
    for (const Exchange &exchange : exchanges)
        entries.push_back(entryOf(exchange, now));
    const JsonObject creator{{u"name"_s, u"Bookdesk"_s}, {u"version"_s, QStringLiteral(BOOKDESK_VERSION)}};
    const JsonObject log{{u"version"_s, u"1.2"_s},
                         {u"creator"_s, creator},
                         {u"entries"_s, std::move(entries)},
                         {u"comment"_s, Texts::tr("Secrets were removed when the exchanges were recorded.")}};
    return withHiddenCharactersEscaped(toPrettyJson(JsonObject{{u"log"_s, log}}));
}

Task<void> saveHar(QString path, std::vector<Exchange> exchanges, TimePoint now, std::stop_token stop)
{
    const std::function<Result<void>()> work = [path, exchanges = std::move(exchanges), now] {
        return writePrivately(path, harOf(exchanges, now));
    };
    const std::optional<Result<void>> written = co_await offThread(work, std::move(stop));
    co_return written.value_or(failure(bookdesk::errors::stopped, {}));
}

} // namespace bookdesk::net
