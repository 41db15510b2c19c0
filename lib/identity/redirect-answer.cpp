#include "identity/redirect-answer.h"

#include "core/text.h"

#include <QCoreApplication>
#include <QCryptographicHash>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(RedirectAnswer)
};

constexpr QByteArrayView style =
    ":root{color-scheme:light dark}"
    "body{font:1rem/1.5 system-ui,sans-serif;background:#f3f5f8;color:#18202b;margin:0}"
    "main{max-width:34rem;margin:12vh auto 0;padding:1.5rem 2rem;background:#fff;border:1px solid #d5dbe3;"
    "border-radius:8px;overflow-wrap:anywhere}"
    "h1{font-size:1.4rem;margin:0 0 .5rem}p{margin:0;white-space:pre-line}small{color:#566273}"
    "@media(prefers-color-scheme:dark){body{background:#1a1e23;color:#e7ebf0}"
    "main{background:#22272e;border-color:#3b434d}small{color:#a3aebb}}";

/// The only style that is allowed, by its hash instead of 'unsafe-inline'.
QByteArray contentSecurityPolicy()
{
    const QByteArray hash = QCryptographicHash::hash(style.toByteArray(), QCryptographicHash::Sha256).toBase64();
    return "default-src 'none'; style-src 'sha256-" + hash +
           "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

QByteArray reason(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 303:
        return "See Other";
    case 400:
        return "Bad Request";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 431:
        return "Request Header Fields Too Large";
    default:
        return "Status";
    }
}

} // namespace

RedirectAnswer refusalPage(int status)
{
    switch (status) {
    case 404:
        return page(status, Texts::tr("There is nothing at this address"),
                    Texts::tr("Bookdesk waits here for the end of a sign-in. Return to Bookdesk, and open the sign-in "
                              "page from there."));
    case 405:
        return page(status, Texts::tr("This cannot be done here"),
                    Texts::tr("Bookdesk waits here for a browser that opens a page, and ignored this request."));
    case 413:
        return page(status, Texts::tr("The answer is too large"),
                    Texts::tr("The sign-in server's answer is larger than Bookdesk accepts, and was ignored. Return to "
                              "Bookdesk and sign in again."));
    case 431:
        return page(status, Texts::tr("The address or the headers are too large"),
                    Texts::tr("The browser sent more than Bookdesk accepts, and it was ignored. Delete the browser's "
                              "cookies for localhost, and sign in again."));
    default:
        return page(status, Texts::tr("This request cannot be read"),
                    Texts::tr("Bookdesk waits here for a browser, and ignored what it cannot read. Return to Bookdesk, "
                              "and open the sign-in page from there."));
    }
}

RedirectAnswer seeOther(const QByteArray &location) { return {303, {{"Location"_ba, location}}, {}}; }

RedirectAnswer page(int status, const QString &title, const QString &text)
{
    //: The language code of the page that the browser shows, such as "en" or "de".
    const QString language = Texts::tr("en");
    const QString html =
        u"<!doctype html>\n<html lang=\"%1\"><head><meta charset=\"utf-8\"><title>%2 - Bookdesk</title>"
        "<meta name=\"viewport\" content=\"width=device-width\"><style>%3</style></head>\n"
        "<body><main><h1>%2</h1>\n<p>%4</p>\n<small>Bookdesk</small></main></body></html>\n"_s.arg(
            language.toHtmlEscaped(), visible(title).toHtmlEscaped(), QString::fromLatin1(style),
            visibleLines(text).toHtmlEscaped());
    return {status, {{"Content-Type"_ba, "text/html; charset=utf-8"_ba}}, html.toUtf8()};
}

QByteArray httpBytes(const RedirectAnswer &answer, bool isForHead)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + reason(answer.status) + "\r\n";
    for (const auto &[name, value] : answer.headers)
        bytes += name + ": " + value + "\r\n";
    bytes += "Cache-Control: no-store\r\n"
             "Referrer-Policy: no-referrer\r\n"
             "X-Content-Type-Options: nosniff\r\n"
             "Content-Security-Policy: " +
             contentSecurityPolicy() +
             "\r\n"
             "Cross-Origin-Resource-Policy: same-origin\r\n"
             "Connection: close\r\n"
             "Content-Length: " +
             QByteArray::number(answer.body.size()) + "\r\n\r\n";
    return isForHead ? bytes : bytes + answer.body;
}

} // namespace bookdesk::identity
