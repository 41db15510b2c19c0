/// SignOutListener: waits on loopback for the browser to come back from signing out.
#pragma once

#include "core/one-shot.h"
#include "core/result.h"
#include "identity/loopback-server.h"
#include "identity/provider.h"
#include "identity/redirect-connection.h"

#include <QByteArray>
#include <QObject>
#include <QScopedPointer>
#include <QString>
#include <QUrl>

#include <chrono>
#include <memory>
#include <vector>

namespace bookdesk::identity {

/// The browser is sent to a start address here, because its command line shows that to everybody on this computer, and
/// only from there to the provider, with the hint of who signs out. A start address works once. The browser has come
/// back when the redirect path is loaded with our state; its page says so, and says it again when it is reloaded.
/// Anything else changes nothing. No secret is at stake: with the state, somebody else could only pretend that the
/// browser was back. One thread; nothing is signalled from inside a socket's own work. Source: OpenID Connect
/// RP-Initiated Logout 1.0 section 3, RFC 8252 section 7.3.
class SignOutListener : public QObject
{
    Q_OBJECT

public:
    struct Settings
    {
        LoopbackRedirect redirect;
        QByteArray state;
        std::chrono::milliseconds requestRead{5'000}; ///< For one request's headers and body.
        /// Where the provider does not bring the state back, a browser that was sent there and loads the redirect path
        /// has come back.
        bool returnsState = true;
    };

    /// Errors: sign-in.listen-failed.
    static Result<std::unique_ptr<SignOutListener>> listen(Settings settings);
    ~SignOutListener() override;

    QString redirectUri() const;
    /// Where start addresses lead; to be set before the first is given out.
    void sendTo(const QUrl &signOutAddress) { m_signOutAddress = signOutAddress; }
    /// A new address for a browser, which works once.
    QUrl newStart();
    /// A start address was visited.
    bool isVisited() const { return m_isVisited; }

    /// Arrives when the browser has come back and has its page; false where the listener was destroyed before.
    OneShot<bool> returned() const { return m_returned; }

    /// For when nobody waits any more: tells late browsers the same for @p time, or until @p owner is destroyed.
    static void remain(std::unique_ptr<SignOutListener> listener, QObject &owner, std::chrono::milliseconds time);

Q_SIGNALS:
    /// Something that looked like the browser's return was ignored, because its state was wrong.
    void ignored();

private:
    using ConnectionOwner = std::unique_ptr<RedirectConnection, QScopedPointerDeleteLater>;

    SignOutListener(Settings settings, std::unique_ptr<LoopbackServer> server);
    void acceptConnections();
    void forget(RedirectConnection *connection);
    void handle(RedirectConnection &connection);
    RedirectAnswer answerTo(const RedirectRequest &request);
    RedirectAnswer answerToReturn(const RedirectRequest &request);
    RedirectAnswer answerToStart(const QByteArray &path);

    Settings m_settings;
    std::unique_ptr<LoopbackServer> m_server;
    QUrl m_signOutAddress;
    std::vector<QByteArray> m_starts; ///< Paths that were not visited.
    bool m_isVisited = false;
    std::vector<ConnectionOwner> m_connections;
    RedirectConnection *m_returning = nullptr; ///< Brings the browser its page.
    OneShot<bool> m_returned;
};

} // namespace bookdesk::identity
