/// RedirectConnection: one connection to the redirect listener, from its first byte to its close.
#pragma once

#include "identity/redirect-answer.h"
#include "identity/redirect-request.h"

#include <QElapsedTimer>
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

    /// Which connections are dropped first when there are too many, in this order. A silent one has sent nothing for
    /// longer than a browser needs.
    enum class Rank { silent, reading, refused, answering };
    Rank rank() const;
    /// Reads at once what has arrived already.
    void readArrived();
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
    bool m_hasSent = false;
    QElapsedTimer m_age;
    Phase m_phase = Phase::reading;
    QTimer m_limit;
};

} // namespace bookdesk::identity
