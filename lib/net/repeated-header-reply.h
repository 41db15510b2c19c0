/// RepeatedHeaderReply: a GET with two Authorization headers, which Qt's network manager cannot send.
#pragma once

#include "net/proxy.h"

#include <QByteArray>
#include <QNetworkReply>
#include <QSslSocket>

#include <optional>

namespace bookdesk::net {

/// Marks a request for AccessManager: @p header goes out as an Authorization header in front of the request's own.
void setFirstAuthorization(QNetworkRequest &request, const QByteArray &header);
/// Empty where there is no mark.
QByteArray firstAuthorization(const QNetworkRequest &request);

/// Over a connection of its own, which is closed afterwards. Everything else is as with Qt's replies: errors, TLS
/// errors, abort, proxies. It has no time limit of its own. One thread. Source: RFC 9112.
class RepeatedHeaderReply : public QNetworkReply
{
    Q_OBJECT

public:
    /// Begins at once. @param request with its TLS configuration.
    RepeatedHeaderReply(const QNetworkRequest &request, const std::optional<Proxy> &proxy, QObject *parent);

    void abort() override;
    qint64 bytesAvailable() const override;
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 most) override;
    void ignoreSslErrorsImplementation(const QList<QSslError> &errors) override;

private:
    void begin();
    void write();
    void read();
    void readHead(qsizetype end);
    void readBody();
    void noteSocketError(QAbstractSocket::SocketError error);
    void fail(NetworkError error, const QString &reason);
    void end();

    QSslSocket m_socket;
    QByteArray m_received;        ///< What has come and is not read as the head or the body yet.
    QByteArray m_body;            ///< What has not been taken by readData.
    std::optional<qint64> m_left; ///< Of the body, where the server has said how long it is.
    bool m_hasHead = false;
    bool m_isChunked = false; ///< Then the body is read when all of it has come.
};

} // namespace bookdesk::net
