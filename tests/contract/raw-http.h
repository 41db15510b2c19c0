/// rawRequest: one HTTP/1.1 request exactly as written, for comparing servers byte by byte.
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QUrl>

namespace bookdesk::test {

struct RawRequest
{
    QByteArray method = "GET";
    QByteArray target = "/";         ///< As it stands in the request line.
    QByteArrayList headerLines = {}; ///< "Authorization: Bearer …", in order, without line ends.
};

struct RawResponse
{
    int status = 0; ///< 0 where no answer came in time.
    QByteArray body;
    QByteArrayList headerLines;

    /// The values of all headers of that name, in order.
    QByteArrayList header(QByteArrayView name) const;
};

/// Sends to @p server (http, loopback) and runs the event loop until the connection is closed.
RawResponse rawRequest(const QUrl &server, const RawRequest &request);

} // namespace bookdesk::test
