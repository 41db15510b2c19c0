/// FaultProxy: between a client and the Sandbox; does one thing wrong at one step.
#pragma once

#include "net/fake-server.h"

#include <QObject>
#include <QTcpServer>

#include <optional>

namespace bookdesk::test {

/// What a client asks for, told by the method, the path and the grant type of its request.
enum class Step { discovery, keys, token, refresh, list, remove };

/// What can go wrong. The request reaches the Sandbox only where its answer is then spoilt.
enum class Wrong {
    reset,          ///< The connection is reset (RST) once the request has come.
    close,          ///< The connection ends without an answer.
    stall,          ///< Nothing comes, and the connection stays.
    garbage,        ///< Bytes that are not HTTP.
    plainText,      ///< 200 with a content type and a body that nobody asked for.
    gzipBomb,       ///< A compressed body that never ends.
    endlessHeaders, ///< Headers that never end.
    redirect,       ///< To another server on this computer.
    webPage,        ///< 200 with a page, as gateways and Wi-Fi portals answer.
    badGateway,     ///< 502 with a page.
    gatewayTimeout, ///< 504 with a page.
    slowLoris,      ///< One byte of the body at a time, for ever.
    // Of the Sandbox's own answers:
    halfAnswer,  ///< The connection ends in the middle of the body.
    halfChunks,  ///< The same where the body comes in chunks. Qt does not always notice.
    shortLength, ///< The body is longer than announced, and the connection stays.
    twoLengths,  ///< Two lengths are announced, and neither is right.
    lostAnswer,  ///< It never comes, and the connection stays.
};

/// Whether the request reaches the Sandbox.
constexpr bool isSpoilt(Wrong what) { return what >= Wrong::halfAnswer; }

/// As a part of a sentence: "the connection is reset".
const char *nameOf(Wrong what);

/// True where @p code is one of those in @p expected, which are joined by " or ".
inline bool isExpected(const QString &code, const QString &expected)
{
    return expected.split(QStringLiteral(" or ")).contains(code);
}

/// More than a client may take of an answer without end.
inline constexpr qint64 mostPushed = 16LL * 1024 * 1024;

/// One thread. Forwards TCP from 127.0.0.1 and any free port. A fault lasts until it is taken back and strikes every
/// request of its step on every connection, because clients try again by themselves.
class FaultProxy : public QObject
{
    Q_OBJECT

public:
    FaultProxy();
    ~FaultProxy() override;

    quint16 port() const { return m_server.serverPort(); }
    /// Where to forward to on this computer. With TLS no requests can be seen.
    void setTarget(quint16 port, bool usesTls = false);

    void arm(Step step, Wrong what);
    /// Strikes every new connection at its first bytes: with TLS, in the handshake.
    void armConnections(Wrong what) { strikeFrom({{}, what}); }
    /// Closes all connections, as servers do when nothing has come for a while. There are none as soon as the clients
    /// have seen it.
    void closeConnections() { Q_EMIT closing(); }
    bool hasConnections() const { return m_lines > 0; }
    /// New requests go through. What was struck stays as it is.
    void clear() { m_fault.reset(); }
    /// Requests struck since the fault was armed.
    int struck() const { return m_struck; }
    /// Bytes of wrong answers that clients have taken since then.
    qint64 pushed() const { return m_pushed; }
    /// Connections since then to the server that `redirect` leads to.
    int strayed() const { return m_elsewhere.connections() - m_strayedBefore; }

Q_SIGNALS:
    /// A client asks for something, whatever becomes of it. Not with TLS.
    void asked(const bookdesk::test::SeenRequest &request);
    /// Clients are to be told that their connections have ended.
    void closing();

private:
    struct Fault
    {
        std::optional<Step> step; ///< Nothing for all connections.
        Wrong what;
    };
    class Line;

    void strikeFrom(Fault fault);

    QTcpServer m_server;
    FakeServer m_elsewhere;
    quint16 m_target = 0;
    bool m_usesTls = false;
    std::optional<Fault> m_fault;
    int m_lines = 0;
    int m_struck = 0;
    qint64 m_pushed = 0;
    int m_strayedBefore = 0;
};

} // namespace bookdesk::test
