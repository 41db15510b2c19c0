/// Exchange: one request and its response, for display; secrets were removed when it was made.
#pragma once

#include "core/clock.h"
#include "net/request-kind.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace bookdesk::net {

using Headers = std::vector<std::pair<QByteArray, QByteArray>>;

/// The header's first value in any case, or nothing.
std::optional<QByteArray> headerValue(const Headers &headers, QByteArrayView name);

/// How far an exchange has come, counted from its beginning; nothing for what has not happened, or what Qt does not
/// report. A plain value. Any thread.
struct Milestones
{
    std::optional<std::chrono::microseconds> connecting; ///< The name has been found. Never on a reused connection.
    std::optional<std::chrono::microseconds> encrypted;  ///< Connection and TLS are ready; Qt does not tell them apart.
    std::optional<std::chrono::microseconds> sent;       ///< The request is out.
    std::optional<std::chrono::microseconds> answered;   ///< Status and headers have come.
    bool hasBegunAgain = false;                          ///< On a new connection, whose beginning Qt does not report.

    bool operator==(const Milestones &) const = default;
};

/// A plain value made by AccessManager. Redacted, so it may be shown and saved. Any thread.
struct Exchange
{
    std::int64_t id = 0; ///< Counts up within one log.
    TimePoint started;
    std::optional<std::chrono::milliseconds> duration; ///< Nothing while it is under way.
    QByteArray method;
    QString url;
    Headers requestHeaders;
    QString requestBody;
    int status = 0; ///< 0 where no answer came.
    QString reason;
    Headers responseHeaders;
    QString responseBody; ///< At most 1 MB of it; text only.
    QString failure;      ///< Why no answer came; empty if one did.
    QString failureCode;  ///< "net.timed-out"; empty as well.

    RequestKind kind = RequestKind::api;
    Milestones milestones;
    std::chrono::milliseconds patience{0}; ///< It is given up after that time without progress.
    qint64 responseBytes = 0;              ///< Of the body as it came, unpacked.
    bool isRequestBodyCut = false;
    bool isResponseBodyCut = false;
    QString proxy;                ///< "proxy.contoso.com:8080", or empty.
    QString tlsVersion;           ///< "TLS 1.3"; empty without TLS or an answer.
    QString certificateAuthority; ///< Who vouches for the server's certificate: "Contoso Root CA".
    bool hasEmptyBody = false;    ///< A body of no bytes went out; Qt does not report when it has.
    bool isInBrowser = false;     ///< It was handed to the browser, whose answer nobody here sees.

    bool isUnderWay() const { return !duration; }
    bool isSecured() const { return url.startsWith(QLatin1String("https:"), Qt::CaseInsensitive); }
    /// Whether it took a connection that was there.
    bool isConnectionReused() const
    {
        return (milestones.sent || milestones.answered) && !milestones.connecting && !milestones.hasBegunAgain;
    }
};

} // namespace bookdesk::net
