/// RedirectAnswer: what the redirect listener answers to a browser, pages included.
#pragma once

#include "net/exchange.h"

#include <QByteArray>
#include <QString>

namespace bookdesk::identity {

/// One HTTP/1.1 response; the security headers are added when it is written. A plain value. Any thread.
struct RedirectAnswer
{
    int status = 404;
    net::Headers headers;
    QByteArray body; ///< HTML, or nothing.
};

/// A response without any content.
RedirectAnswer bareAnswer(int status);
/// Sends the browser on to @p path, so that what stood in the address bar leaves it.
RedirectAnswer seeOther(const QByteArray &path);
/// A page for people: plain text in plain HTML, without scripts or anything from outside.
RedirectAnswer page(int status, const QString &title, const QString &text);

/// The bytes that go out: no-store, no referrer, no sniffing, nothing loaded, never framed, no CORS, and closed after
/// it.
QByteArray httpBytes(const RedirectAnswer &answer);

} // namespace bookdesk::identity
