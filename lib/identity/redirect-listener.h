/// RedirectListener: waits on loopback for the browser to come back, and tells it how the sign-in went.
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "core/task.h"
#include "identity/connection.h"
#include "identity/loopback-server.h"
#include "identity/redirect-answer.h"

#include <QMap>
#include <QObject>
#include <QScopedPointer>
#include <QString>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace bookdesk::identity {

class RedirectConnection;

/// What the browser brought back with our own state.
struct Redirect
{
    bool isPost = false;
    Secret code;                       ///< Empty where there is an error instead.
    QMap<QString, QString> parameters; ///< All others but the state: untrusted text.
};

/// Accepts exactly one redirect: on the exact path, for the exact host, with the state that was sent. Everything else
/// gets a page that says why it is refused, and changes nothing. A redirect by POST keeps its connection until the
/// outcome is told; one by GET is sent on to a page of its own at once, so that the code leaves the address bar. From
/// then on a second tab, and when all is over a late visit, gets a page that says so. One thread; nothing is signalled
/// from inside a socket's own work, so the owner may destroy it at any moment. Source: RFC 8252, RFC 9700, OAuth 2.0
/// Form Post Response Mode.
class RedirectListener : public QObject
{
    Q_OBJECT

public:
    struct Settings
    {
        LoopbackRedirect redirect;
        QByteArray state;
        ResponseMode responseMode = ResponseMode::formPost;
        std::chrono::milliseconds requestRead{5'000};    ///< For one request's headers and body.
        std::chrono::milliseconds browserAnswer{20'000}; ///< How long a page waits for its outcome.
        std::chrono::milliseconds pageFetch{2'000};      ///< How long an outcome waits for its page to be asked for.
    };

    /// Errors: sign-in.listen-failed.
    static Result<std::unique_ptr<RedirectListener>> listen(Settings settings);
    ~RedirectListener() override;

    QString redirectUri() const;
    /// The redirect, when it has come; nothing where the listener was destroyed before.
    OneShot<std::optional<Redirect>> redirect() const { return m_redirect; }

    /// Answers the browser that brought the redirect. The result comes when it was answered or cannot be any more; at
    /// once where no browser waits.
    OneShot<bool> tell(RedirectAnswer outcome);

    /// For when the sign-in is over: answers late visits for @p time, or until @p owner is destroyed.
    static void remain(std::unique_ptr<RedirectListener> listener, QObject &owner, std::chrono::milliseconds time);

    enum class Ignored {
        foreignState,
        foreignError, ///< An error that does not name our state: nobody knows whose it is.
        withoutCode
    };

Q_SIGNALS:
    /// Something that looked like a redirect was ignored; the wait goes on.
    void ignored(bookdesk::identity::RedirectListener::Ignored why);

private:
    enum class Phase { awaiting, holding, over };
    using ConnectionOwner = std::unique_ptr<RedirectConnection, QScopedPointerDeleteLater>;

    RedirectListener(Settings settings, std::unique_ptr<LoopbackServer> server);
    void acceptConnections();
    void makeRoom();
    void forget(RedirectConnection *connection);
    void handle(RedirectConnection &connection);
    void handleRedirect(RedirectConnection &connection);
    void handleDone(RedirectConnection &connection);
    void accept(RedirectConnection &connection, Redirect redirect);
    void ignore(RedirectConnection &connection, const RedirectAnswer &answer, Ignored why);
    void answerHeld(const RedirectAnswer &answer);
    void giveUpHolding();
    void end(bool isTold);

    Settings m_settings;
    std::unique_ptr<LoopbackServer> m_server;
    std::vector<ConnectionOwner> m_connections;
    std::vector<RedirectConnection *> m_held; ///< Those that wait for the outcome.
    Phase m_phase = Phase::awaiting;
    QByteArray m_donePath; ///< Of the page that a redirect by GET is sent on to.
    std::optional<RedirectAnswer> m_outcome;
    bool m_isSuccess = false;
    OneShot<std::optional<Redirect>> m_redirect;
    OneShot<bool> m_told;
    QTimer m_limit;
};

} // namespace bookdesk::identity
