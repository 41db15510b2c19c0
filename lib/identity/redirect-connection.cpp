#include "identity/redirect-connection.h"

#include <QTcpSocket>

namespace bookdesk::identity {
namespace {

/// How long the rest of a refused request is read and discarded: closing with unread bytes would reset the connection
/// before the refusal arrives.
constexpr std::chrono::milliseconds drainLimit{200};
/// How long the browser may take to read its answer.
constexpr std::chrono::milliseconds writeLimit{5'000};
/// A browser that has connected sends sooner.
constexpr std::chrono::milliseconds silenceLimit{100};
constexpr qint64 bufferBytes = qint64{128} * 1024;

} // namespace

RedirectConnection::RedirectConnection(std::unique_ptr<QTcpSocket> socket, std::chrono::milliseconds readLimit)
    : m_socket(std::move(socket))
{
    m_socket->setReadBufferSize(bufferBytes);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, &RedirectConnection::reachLimit);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &RedirectConnection::read);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &RedirectConnection::end);
    m_limit.start(readLimit);
    m_age.start();
}

RedirectConnection::~RedirectConnection() { m_socket->disconnect(this); }

RedirectConnection::Rank RedirectConnection::rank() const
{
    switch (m_phase) {
    case Phase::reading:
        return !m_hasSent && m_age.hasExpired(silenceLimit.count()) ? Rank::silent : Rank::reading;
    case Phase::draining:
        return Rank::refused;
    case Phase::waiting:
    case Phase::closing:
    case Phase::over:
        break;
    }
    return Rank::answering;
}

void RedirectConnection::readArrived()
{
    // The socket itself reads only when the event loop runs again.
    if (m_socket->state() == QAbstractSocket::ConnectedState)
        m_socket->waitForReadyRead(0);
    read();
}

void RedirectConnection::read()
{
    if (m_phase == Phase::over)
        return;
    const QByteArray bytes = m_socket->readAll();
    if (m_phase != Phase::reading || bytes.isEmpty())
        return;
    m_hasSent = true;
    switch (m_reader.feed(bytes)) {
    case RequestReader::State::reading:
        return;
    case RequestReader::State::refused:
        refuse(m_reader.refusal());
        return;
    case RequestReader::State::complete:
        m_phase = Phase::waiting;
        m_limit.stop();
        Q_EMIT requestRead();
    }
}

void RedirectConnection::answer(const RedirectAnswer &answer)
{
    if (m_phase != Phase::waiting)
        return;
    m_socket->write(httpBytes(answer, request().method == "HEAD"));
    m_socket->flush();
    close();
}

void RedirectConnection::refuse(int status)
{
    m_phase = Phase::draining;
    m_socket->write(httpBytes(refusalPage(status)));
    m_socket->flush();
    m_limit.start(drainLimit);
}

void RedirectConnection::close()
{
    m_phase = Phase::closing;
    m_limit.start(writeLimit);
    m_socket->disconnectFromHost();
}

void RedirectConnection::reachLimit()
{
    if (m_phase == Phase::draining)
        close();
    else
        drop();
}

void RedirectConnection::drop()
{
    m_socket->abort();
    end();
}

void RedirectConnection::end()
{
    if (m_phase == Phase::over)
        return;
    m_phase = Phase::over;
    m_limit.stop();
    Q_EMIT ended();
}

} // namespace bookdesk::identity
