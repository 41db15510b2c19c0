#include "sandbox/http-server-compat.h"

#include <QAbstractHttpServer>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

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

/// The answers that are to be sent later.
class LateAnswers : public QObject
{
public:
    /// @param needed without which the answer is not written.
    void send(QHttpServerResponder &&responder, QObject *needed, const Response &response, bool withBody)
    {
        auto *timer = new QTimer(this);
        const auto kept = std::make_shared<QHttpServerResponder>(std::move(responder));
        // The timer owns what is kept, so it all goes with this object.
        timer->callOnTimeout(timer, [timer, kept, needed = QPointer(needed), response, withBody] {
            if (needed)
                write(*kept, response, withBody);
            timer->deleteLater();
        });
        timer->setSingleShot(true);
        timer->setTimerType(Qt::PreciseTimer);
        timer->start(response.delay);
    }
};

} // namespace

/// Below Qt's own routes, which it therefore does not have.
class HttpServer::Server : public QAbstractHttpServer
{
public:
    explicit Server(Handler handler)
        : m_handler(std::move(handler))
    {}

protected:
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override
    {
        // What belongs to a connection stays for as long as there is a responder.
        answer(request, std::move(responder), this);
        return true;
    }
#else
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override
    {
        // The socket goes when the client closes the connection; the responder refers to it even so.
        answer(request, makeResponder(request, socket), socket);
        return true;
    }
#endif

#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    void missingHandler(const QHttpServerRequest &, QHttpServerResponder &) override {}
#elif QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    void missingHandler(const QHttpServerRequest &, QHttpServerResponder &&) override {}
#else
    void missingHandler(const QHttpServerRequest &, QTcpSocket *) override {}
#endif

private:
    void answer(const QHttpServerRequest &request, QHttpServerResponder &&responder, QObject *needed)
    {
        const Request value = valueOf(request);
        const Response response = m_handler(value);
        if (response.delay.count() > 0)
            m_late.send(std::move(responder), needed, response, value.method != "HEAD");
        else
            write(responder, response, value.method != "HEAD");
    }

    Handler m_handler;
    LateAnswers m_late; // destroyed before the base, to which its responders refer
};

HttpServer::HttpServer(Handler handler)
    : m_server(std::make_unique<Server>(std::move(handler)))
{}

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
