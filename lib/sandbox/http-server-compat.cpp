#include "sandbox/http-server-compat.h"

#include <QHttpServer>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QTcpServer>

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
#include <QHttpHeaders>
#endif

namespace bookdesk::sandbox {
namespace {

QByteArray methodOf(const QHttpServerRequest &request)
{
    using Method = QHttpServerRequest::Method;
    switch (request.method()) {
    case Method::Get:
        return "GET";
    case Method::Put:
        return "PUT";
    case Method::Delete:
        return "DELETE";
    case Method::Post:
        return "POST";
    case Method::Head:
        return "HEAD";
    case Method::Options:
        return "OPTIONS";
    case Method::Patch:
        return "PATCH";
    case Method::Connect:
        return "CONNECT";
    case Method::Trace:
        return "TRACE";
    default:
        return {};
    }
}

Headers headersOf(const QHttpServerRequest &request)
{
    Headers headers;
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    const QHttpHeaders all = request.headers();
    for (qsizetype i = 0; i < all.size(); ++i)
        headers.emplace_back(QByteArray(all.nameAt(i).data(), all.nameAt(i).size()), all.valueAt(i).toByteArray());
#else
    for (const auto &[name, value] : request.headers())
        headers.emplace_back(name, value.trimmed());
#endif
    return headers;
}

Request valueOf(const QHttpServerRequest &request)
{
    return {methodOf(request), request.url().path(QUrl::FullyEncoded).toLatin1(),
            request.url().query(QUrl::FullyEncoded).toLatin1(), headersOf(request), request.body()};
}

void write(QHttpServerResponder &responder, const Response &response, bool withBody)
{
    const auto status = static_cast<QHttpServerResponder::StatusCode>(response.status);
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QHttpHeaders headers;
    for (const auto &[name, value] : response.headers)
        headers.append(name, value);
    // Qt adds the length itself, but cannot name the length of a body that is not sent.
    responder.write(withBody ? response.body : QByteArray(), headers, status);
#else
    responder.writeStatusLine(status);
    for (const auto &[name, value] : response.headers)
        responder.writeHeader(name, value);
    responder.writeHeader("content-length", QByteArray::number(response.body.size()));
    responder.writeBody(withBody ? response.body : QByteArray());
#endif
}

} // namespace

HttpServer::HttpServer(Handler handler)
    : m_server(std::make_unique<QHttpServer>())
{
    auto serve = [handler = std::move(handler)](const QHttpServerRequest &request, QHttpServerResponder &responder) {
        const Request value = valueOf(request);
        write(responder, handler(value), value.method != "HEAD");
    };
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    m_server->setMissingHandler(m_server.get(), std::move(serve));
#else
    m_server->setMissingHandler(
        [serve](const QHttpServerRequest &request, QHttpServerResponder &&responder) { serve(request, responder); });
#endif
}

HttpServer::~HttpServer() = default;

bool HttpServer::bind(std::unique_ptr<QTcpServer> listener)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    if (!m_server->bind(listener.get()))
        return false;
#else
    m_server->bind(listener.get());
#endif
    static_cast<void>(listener.release()); // the server is its parent now
    return true;
}

} // namespace bookdesk::sandbox
