#include "e2e/fault-proxy.h"

#include "e2e/tcp-ends.h"

#include <QNetworkProxy>
#include <QRandomGenerator>
#include <QTcpSocket>
#include <QTimer>

#include <utility>

namespace bookdesk::test {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr qsizetype keptFilled = 64 * 1024;

std::optional<Step> tokenStep(const QByteArray &form)
{
    if (form.contains("grant_type=authorization_code"))
        return Step::token;
    return form.contains("grant_type=refresh_token") ? std::optional(Step::refresh) : std::nullopt;
}

std::optional<Step> stepOf(const SeenRequest &request)
{
    const QByteArray &target = request.target;
    if (target.endsWith("/v2.0/.well-known/openid-configuration"))
        return Step::discovery;
    if (target.endsWith("/discovery/v2.0/keys"))
        return Step::keys;
    if (target.endsWith("/oauth2/v2.0/token"))
        return tokenStep(request.body);
    if (request.method == "GET" && target == "/api/v1/books")
        return Step::list;
    const bool isRemoval = request.method == "DELETE" && target.startsWith("/api/v1/books/");
    return isRemoval ? std::optional(Step::remove) : std::nullopt;
}

QByteArray garbage()
{
    QByteArray bytes(4096, Qt::Uninitialized);
    QRandomGenerator generator(1);
    for (char &byte : bytes)
        byte = static_cast<char>(generator.bounded(256));
    return bytes;
}

/// The beginning of an answer whose body has no end that could be known.
QByteArray bombHead()
{
    // Gzip's header, and a deflate block with fixed codes that writes one zero.
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n\r\n" +
           QByteArray::fromHex("1f8b08000000000000ff6218");
}

/// Eight times the code for "the last byte again, 258 times", which is 13 bits long: it goes on with itself.
QByteArray bombRest() { return QByteArray::fromHex("05a360148c8251300a46c12818").repeated(5000); }

/// Little enough for Qt, which reads headers from a socket without TLS byte by byte and does nothing else as long as
/// there are more.
QByteArray headerLine() { return "X-Filler: " + QByteArray(500, 'a') + "\r\n"; }

QByteArray lorisHead() { return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n"; }

QByteArray typed(const QByteArray &type, const QByteArray &body)
{
    return httpAnswer("200 OK", {{"Content-Type"_ba, type}}, body);
}

QByteArray page(const QByteArray &statusLine)
{
    return httpAnswer(statusLine, {{"Content-Type"_ba, "text/html"_ba}},
                      "<!DOCTYPE html><html><body>" + statusLine + "</body></html>");
}

/// The status and the headers of @p answer, with others about the length of its body.
QByteArray headOf(const SeenRequest &answer, const net::Headers &aboutLength)
{
    QByteArray head = "HTTP/1.1 " + answer.target + " Spoilt\r\n";
    for (const auto &[name, value] : answer.headers) {
        if (name.compare("Content-Length", Qt::CaseInsensitive) != 0)
            head += name + ": " + value + "\r\n";
    }
    for (const auto &[name, value] : aboutLength)
        head += name + ": " + value + "\r\n";
    return head + "\r\n";
}

QByteArray spoilt(const SeenRequest &answer, Wrong what)
{
    const auto length = [](qsizetype size) { return std::pair("Content-Length"_ba, QByteArray::number(size)); };
    const qsizetype size = answer.body.size();
    const QByteArray half = answer.body.first(size / 2);
    switch (what) {
    case Wrong::halfAnswer:
        return headOf(answer, {length(size)}) + half;
    case Wrong::halfChunks:
        return headOf(answer, {{"Transfer-Encoding"_ba, "chunked"_ba}}) + QByteArray::number(half.size(), 16) + "\r\n" +
               half + "\r\n";
    case Wrong::shortLength:
        return headOf(answer, {length(half.size())}) + answer.body;
    case Wrong::twoLengths:
        return headOf(answer, {length(half.size()), length(half.size() - 1)}) + answer.body;
    default:
        return {};
    }
}

} // namespace

const char *nameOf(Wrong what)
{
    switch (what) {
    case Wrong::reset:
        return "the connection is reset";
    case Wrong::close:
        return "the connection is closed";
    case Wrong::stall:
        return "no answer comes";
    case Wrong::garbage:
        return "garbage comes";
    case Wrong::plainText:
        return "plain text comes";
    case Wrong::gzipBomb:
        return "a gzip bomb comes";
    case Wrong::endlessHeaders:
        return "headers come without end";
    case Wrong::redirect:
        return "a redirect leads elsewhere";
    case Wrong::webPage:
        return "a web page comes";
    case Wrong::badGateway:
        return "a gateway fails";
    case Wrong::gatewayTimeout:
        return "a gateway gives up";
    case Wrong::slowLoris:
        return "the body comes byte by byte";
    case Wrong::halfAnswer:
        return "half an answer comes";
    case Wrong::halfChunks:
        return "half of the chunks come";
    case Wrong::shortLength:
        return "more comes than was announced";
    case Wrong::twoLengths:
        return "two lengths are announced";
    case Wrong::lostAnswer:
        return "the answer is lost";
    }
    return "";
}

/// One client's connection and the one behind it. Goes when the client hangs up.
class FaultProxy::Line : public QObject
{
public:
    Line(FaultProxy &proxy, QTcpSocket *client)
        : QObject(&proxy)
        , m_proxy(proxy)
        , m_client(client)
    {
        ++proxy.m_lines;
        client->setParent(this);
        connect(client, &QTcpSocket::readyRead, this, &Line::read);
        connect(client, &QTcpSocket::disconnected, this, [this] {
            --m_proxy.m_lines;
            deleteLater();
        });
        connect(client, &QTcpSocket::bytesWritten, this, &Line::goOn);
        connect(&proxy, &FaultProxy::closing, client, [client] { endSending(*client); });
        read();
    }

private:
    void read()
    {
        m_buffer += m_client->readAll();
        if (m_proxy.m_fault && !m_proxy.m_fault->step)
            strikeOnce();
        else if (m_proxy.m_usesTls)
            forward(std::exchange(m_buffer, {}));
        else
            readRequests();
    }

    void strikeOnce()
    {
        if (m_buffer.isEmpty() || m_isStruck)
            return;
        noteStrike();
        strike(m_proxy.m_fault->what, {});
    }

    void readRequests()
    {
        for (;;) {
            const QByteArray before = m_buffer;
            const std::optional<SeenRequest> request = takeRequest(m_buffer);
            if (!request)
                return;
            handle(*request, before.first(before.size() - m_buffer.size()));
        }
    }

    void handle(const SeenRequest &request, const QByteArray &bytes)
    {
        Q_EMIT m_proxy.asked(request);
        const std::optional<Step> step = stepOf(request);
        if (!m_proxy.m_fault || m_proxy.m_fault->step != step) {
            forward(bytes);
            return;
        }
        noteStrike();
        strike(m_proxy.m_fault->what, bytes);
    }

    void noteStrike()
    {
        ++m_proxy.m_struck;
        m_isStruck = true;
    }

    void strike(Wrong what, const QByteArray &request)
    {
        switch (what) {
        case Wrong::reset:
            resetConnection(*m_client);
            break;
        case Wrong::close:
            m_client->disconnectFromHost();
            break;
        case Wrong::stall:
            break;
        case Wrong::garbage:
            m_client->write(garbage());
            m_client->disconnectFromHost();
            break;
        case Wrong::plainText:
            m_client->write(typed("text/plain", "Everything is fine."));
            break;
        case Wrong::gzipBomb:
            pour(bombHead(), bombRest());
            break;
        case Wrong::endlessHeaders:
            trickle("HTTP/1.1 200 OK\r\n", headerLine());
            break;
        case Wrong::redirect:
            m_client->write(
                httpAnswer("302 Found", {{"Location"_ba, m_proxy.m_elsewhere.url(u"/elsewhere"_s).toEncoded()}}));
            break;
        case Wrong::webPage:
            m_client->write(page("200 OK"));
            break;
        case Wrong::slowLoris:
            trickle(lorisHead(), " ");
            break;
        case Wrong::badGateway:
            m_client->write(page("502 Bad Gateway"));
            break;
        case Wrong::gatewayTimeout:
            m_client->write(page("504 Gateway Timeout"));
            break;
        case Wrong::halfAnswer:
        case Wrong::halfChunks:
        case Wrong::shortLength:
        case Wrong::twoLengths:
        case Wrong::lostAnswer:
            m_spoiling = what;
            forward(request);
            break;
        }
    }

    /// Writes @p head, and @p rest for as long as the client takes it.
    void pour(const QByteArray &head, const QByteArray &rest)
    {
        m_client->write(head);
        m_poured = rest;
        goOn(0);
    }

    /// Writes @p head, and @p piece every now and then.
    void trickle(const QByteArray &head, const QByteArray &piece)
    {
        m_client->write(head);
        connect(&m_pace, &QTimer::timeout, m_client, [this, piece] {
            if (m_client->bytesToWrite() < keptFilled)
                m_client->write(piece);
        });
        m_pace.start(10ms);
    }

    void goOn(qint64 written)
    {
        if (m_isStruck)
            m_proxy.m_pushed += written;
        while (!m_poured.isEmpty() && m_client->isOpen() && m_client->bytesToWrite() < keptFilled)
            m_client->write(m_poured);
    }

    void forward(const QByteArray &request)
    {
        if (!m_server) {
            m_server = new QTcpSocket(this);
            m_server->setProxy(QNetworkProxy::NoProxy);
            connect(m_server, &QTcpSocket::readyRead, this, &Line::relay);
            connect(m_server, &QTcpSocket::disconnected, m_client, &QTcpSocket::disconnectFromHost);
            m_server->connectToHost(QHostAddress::LocalHost, m_proxy.m_target);
        }
        m_server->write(request);
    }

    void relay()
    {
        if (!m_spoiling) {
            m_client->write(m_server->readAll());
            return;
        }
        m_answer += m_server->readAll();
        // Of the same form as a request.
        const std::optional<SeenRequest> answer = takeRequest(m_answer);
        if (!answer)
            return;
        const Wrong what = *std::exchange(m_spoiling, std::nullopt);
        m_client->write(spoilt(*answer, what));
        if (what == Wrong::halfAnswer || what == Wrong::halfChunks)
            m_client->disconnectFromHost();
    }

    FaultProxy &m_proxy;
    QTcpSocket *const m_client;
    QTcpSocket *m_server = nullptr;
    QByteArray m_buffer;
    QByteArray m_answer;
    QByteArray m_poured;
    QTimer m_pace;
    bool m_isStruck = false;
    std::optional<Wrong> m_spoiling;
};

FaultProxy::FaultProxy()
    : m_elsewhere(always(httpAnswer("200 OK")))
{
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("The fault proxy cannot listen: %s", qPrintable(m_server.errorString()));
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = m_server.nextPendingConnection())
            new Line(*this, client);
    });
}

FaultProxy::~FaultProxy() = default;

void FaultProxy::setTarget(quint16 port, bool usesTls)
{
    m_target = port;
    m_usesTls = usesTls;
}

void FaultProxy::arm(Step step, Wrong what) { strikeFrom({step, what}); }

void FaultProxy::strikeFrom(Fault fault)
{
    m_fault = fault;
    m_struck = 0;
    m_pushed = 0;
    m_strayedBefore = m_elsewhere.connections();
}

} // namespace bookdesk::test
