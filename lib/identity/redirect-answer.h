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

/// A page for what is refused, with a sentence on why. @p status is 400, 404, 405, 413 or 431.
RedirectAnswer refusalPage(int status);
/// Sends the browser on to @p location, by GET.
RedirectAnswer seeOther(const QByteArray &location);
/// A page for people: plain text in plain HTML, without scripts or external content.
RedirectAnswer page(int status, const QString &title, const QString &text);

/// The bytes to send: no-store, no referrer, no sniffing, no external content, no framing, no CORS, and the connection
/// is closed afterwards. An answer to HEAD has no content.
QByteArray httpBytes(const RedirectAnswer &answer, bool isForHead = false);

} // namespace bookdesk::identity
