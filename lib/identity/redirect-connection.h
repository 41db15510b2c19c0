/// RedirectConnection: one connection to the redirect listener, from its first byte to its close.
#pragma once

#include "identity/redirect-answer.h"
#include "identity/redirect-request.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>

class QTcpSocket;

namespace bookdesk::identity {

/// Reads one request within its limits, waits for its answer, writes it and closes. Requests that break the limits are
/// refused here. One thread.
class RedirectConnection : public QObject
{
    Q_OBJECT

public:
    RedirectConnection(std::unique_ptr<QTcpSocket> socket, std::chrono::milliseconds readLimit);
    ~RedirectConnection() override;

    /// True while the request is not complete.
    bool isReading() const { return m_phase == Phase::reading; }
    const RedirectRequest &request() const { return m_reader.request(); }
    /// Answers, once, and closes.
    void answer(const RedirectAnswer &answer);
    /// Ends it without an answer.
    void drop();

Q_SIGNALS:
    /// The whole request has arrived.
    void requestRead();
    /// The connection is over; no other signal follows.
    void ended();

private:
    enum class Phase { reading, waiting, draining, closing, over };
    void read();
    void refuse(int status);
    void close();
    void reachLimit();
    void end();

    std::unique_ptr<QTcpSocket> m_socket;
    RequestReader m_reader{RequestReader::Limits{}};
    Phase m_phase = Phase::reading;
    QTimer m_limit;
};

} // namespace bookdesk::identity
