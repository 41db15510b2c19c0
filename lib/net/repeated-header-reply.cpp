#include "net/repeated-header-reply.h"

#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QSslConfiguration>
#include <QTimer>
#include <QVariant>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::net {
namespace {

constexpr QNetworkRequest::Attribute firstAttribute =
    static_cast<QNetworkRequest::Attribute>(QNetworkRequest::User + 1);
constexpr qsizetype longestHead = 64 * 1024;
constexpr qsizetype longestChunks = 1024 * 1024;

QByteArray headOf(const QNetworkRequest &request)
{
    const QUrl url = request.url();
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (target.isEmpty())
        target = "/";
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    QByteArray head = "GET " + target + " HTTP/1.1\r\nHost: " + url.authority(QUrl::FullyEncoded).toLatin1() +
                      "\r\nConnection: close\r\nAuthorization: " + firstAuthorization(request) + "\r\n";
    for (const QByteArray &name : request.rawHeaderList())
        head += name + ": " + request.rawHeader(name) + "\r\n";
    return head + "\r\n";
}

/// A body that came in chunks (RFC 9112 section 7.1), as far as it has come.
QByteArray unchunked(QByteArrayView text)
{
    QByteArray body;
    for (qsizetype line = text.indexOf("\r\n"); line >= 0; line = text.indexOf("\r\n")) {
        const qsizetype size = text.first(line).toByteArray().split(';').first().trimmed().toLongLong(nullptr, 16);
        text = text.sliced(line + 2);
        if (size <= 0)
            break;
        body += text.first(std::min(size, text.size()));
        text = size < text.size() - 2 ? text.sliced(size + 2) : QByteArrayView();
    }
    return body;
}

/// The network error that Qt's own replies would have.
QNetworkReply::NetworkError networkError(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        return QNetworkReply::ConnectionRefusedError;
    case QAbstractSocket::HostNotFoundError:
        return QNetworkReply::HostNotFoundError;
    case QAbstractSocket::SslHandshakeFailedError:
        return QNetworkReply::SslHandshakeFailedError;
    case QAbstractSocket::RemoteHostClosedError:
        return QNetworkReply::RemoteHostClosedError;
    case QAbstractSocket::ProxyConnectionRefusedError:
        return QNetworkReply::ProxyConnectionRefusedError;
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return QNetworkReply::ProxyAuthenticationRequiredError;
    default:
        return QNetworkReply::UnknownNetworkError;
    }
}

} // namespace

void setFirstAuthorization(QNetworkRequest &request, const QByteArray &header)
{
    request.setAttribute(firstAttribute, header);
}

QByteArray firstAuthorization(const QNetworkRequest &request)
{
    return request.attribute(firstAttribute).toByteArray();
}

RepeatedHeaderReply::RepeatedHeaderReply(const QNetworkRequest &request, const std::optional<Proxy> &proxy,
                                         QObject *parent)
    : QNetworkReply(parent)
{
    setRequest(request);
    setUrl(request.url());
    setOperation(QNetworkAccessManager::GetOperation);
    open(QIODevice::ReadOnly);
    m_socket.setProxy(proxy ? qtProxy(*proxy) : QNetworkProxy(QNetworkProxy::NoProxy));
    connect(&m_socket, &QSslSocket::sslErrors, this, &QNetworkReply::sslErrors);
    connect(&m_socket, &QSslSocket::readyRead, this, &RepeatedHeaderReply::read);
    connect(&m_socket, &QSslSocket::errorOccurred, this, &RepeatedHeaderReply::noteSocketError);
    // Later, because the caller connects to the signals after this returns.
    QTimer::singleShot(0, this, &RepeatedHeaderReply::begin);
}

void RepeatedHeaderReply::begin()
{
    if (isFinished())
        return;
    const QUrl to = url();
    const bool isSecured = to.scheme() == "https"_L1;
    const auto port = static_cast<quint16>(to.port(isSecured ? 443 : 80));
    if (isSecured) {
        m_socket.setSslConfiguration(request().sslConfiguration());
        connect(&m_socket, &QSslSocket::encrypted, this, &RepeatedHeaderReply::write);
        m_socket.connectToHostEncrypted(to.host(), port);
    } else {
        connect(&m_socket, &QSslSocket::connected, this, &RepeatedHeaderReply::write);
        m_socket.connectToHost(to.host(), port);
    }
}

void RepeatedHeaderReply::write() { m_socket.write(headOf(request())); }

void RepeatedHeaderReply::read()
{
    m_received += m_socket.readAll();
    if (const qsizetype head = m_received.indexOf("\r\n\r\n"); !m_hasHead && head >= 0)
        readHead(head);
    if (m_hasHead)
        readBody();
    else if (m_received.size() > longestHead)
        fail(ProtocolFailure, tr("The answer's headers are too long."));
}

void RepeatedHeaderReply::readHead(qsizetype end)
{
    QByteArrayList lines = m_received.first(end).split('\n');
    m_received.remove(0, end + 4);
    const QByteArrayList status = lines.takeFirst().trimmed().split(' ');
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, status.value(1).toInt());
    setAttribute(QNetworkRequest::HttpReasonPhraseAttribute, QString::fromLatin1(status.mid(2).join(' ')));
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            setRawHeader(line.first(colon).trimmed(), line.sliced(colon + 1).trimmed());
    }
    m_isChunked = rawHeader("Transfer-Encoding").toLower().contains("chunked");
    if (!m_isChunked && hasRawHeader("Content-Length"))
        m_left = std::max<qint64>(rawHeader("Content-Length").toLongLong(), 0);
    m_hasHead = true;
    Q_EMIT metaDataChanged();
}

void RepeatedHeaderReply::readBody()
{
    if (isFinished())
        return;
    if (m_isChunked) {
        if (m_received.endsWith("\r\n0\r\n\r\n") || m_received.size() > longestChunks)
            end();
        return;
    }
    const QByteArray come = std::exchange(m_received, {});
    m_body += m_left ? come.first(std::min<qint64>(*m_left, come.size())) : come;
    if (m_left)
        *m_left -= std::min<qint64>(*m_left, come.size());
    if (!come.isEmpty())
        Q_EMIT readyRead();
    if (m_left == 0)
        end();
}

/// The server ends an answer of unknown length by hanging up.
void RepeatedHeaderReply::noteSocketError(QAbstractSocket::SocketError error)
{
    if (isFinished())
        return;
    if (error == QAbstractSocket::RemoteHostClosedError && m_hasHead && !m_left)
        end();
    else
        fail(networkError(error), m_socket.errorString());
}

void RepeatedHeaderReply::abort()
{
    if (!isFinished())
        fail(OperationCanceledError, tr("The request was stopped."));
}

void RepeatedHeaderReply::fail(NetworkError error, const QString &reason)
{
    setError(error, reason);
    Q_EMIT errorOccurred(error);
    end();
}

void RepeatedHeaderReply::end()
{
    if (isFinished())
        return;
    if (m_isChunked)
        m_body = unchunked(m_received);
    setFinished(true);
    m_socket.abort();
    Q_EMIT finished();
}

qint64 RepeatedHeaderReply::bytesAvailable() const { return m_body.size() + QNetworkReply::bytesAvailable(); }

qint64 RepeatedHeaderReply::readData(char *data, qint64 most)
{
    const qsizetype size = std::min<qsizetype>(most, m_body.size());
    std::copy_n(m_body.constData(), size, data);
    m_body.remove(0, size);
    return size == 0 && isFinished() ? -1 : size;
}

void RepeatedHeaderReply::ignoreSslErrorsImplementation(const QList<QSslError> &errors)
{
    m_socket.ignoreSslErrors(errors);
}

} // namespace bookdesk::net
