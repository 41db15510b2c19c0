/// RedirectListener: waits on loopback for the browser to come back, and tells it how the sign-in went.
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "core/task.h"
#include "identity/connection.h"
#include "identity/loopback-server.h"
#include "identity/redirect-answer.h"
#include "identity/redirect.h"

#include <QObject>
#include <QScopedPointer>
#include <QString>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace bookdesk::identity {

class RedirectConnection;

/// One sign-in's way through the browser. The browser is sent to a start address here, because its command line shows
/// that to everybody on this computer; a cookie ties the page on which it ends to that start. What requests get:
///
/// | request | while awaiting | while holding | when over |
/// |---|---|---|---|
/// | a start address, the first time | cookie, 303 to the sign-in server | second | late |
/// | a start address, again | `visitedTwice` | `visitedTwice` | late |
/// | the redirect path, with our state and a code or an error | kept, 303 to a page for it | second | late |
/// | the redirect path, with anything else | ignored | second | late |
/// | the page for what was kept, with the cookie | `redirect`, the page is held | held, or second | late |
/// | the page for what was kept, without the cookie | ignored | ignored | late |
/// | a prefetch, another host, another path, what is malformed | refused | refused | refused |
///
/// Each gets a page that says so: "second" says that another tab brought the answer, "late" that the sign-in is over.
/// What is ignored or refused changes nothing, and no code is lost by it: a code is redeemed once its page is held. A
/// held page gets the outcome. After that, or after `visitedTwice`, nothing more is accepted. The cookie is `HttpOnly;
/// SameSite=Lax` and for the pages of this attempt alone. A page is loaded by a top-level GET, so the cookie comes with
/// it, also after a form_post from another site, and the code is not in the address bar.
///
/// This proves that the browser that brings the code has visited a start address, and that nobody else has visited the
/// same one. Another user who reads the command line learns the state only by visiting first; the person's own browser
/// then comes second and ends the attempt. Without the cookie, that user cannot bring a code of their own (login CSRF,
/// RFC 9700 section 4.7). This does not prove that the person's browser has come at all: if it never does, nobody
/// notices that someone else was first. Nor does it protect against programs of the same user, which can read the
/// browser's cookies.
///
/// One thread; nothing is signalled from inside a socket's own work, so the owner may destroy it at any moment. Source:
/// RFC 8252, RFC 9700, RFC 6265bis, OAuth 2.0 Form Post Response Mode.
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
    };

    /// Errors: sign-in.listen-failed.
    static Result<std::unique_ptr<RedirectListener>> listen(Settings settings);
    ~RedirectListener() override;

    QString redirectUri() const;
    /// Where start addresses lead; to be set before the first is given out.
    void sendTo(const QUrl &authorizationUrl) { m_authorizationUrl = authorizationUrl; }
    /// A new address for a browser, which works once. The earlier ones stay as they are.
    QUrl newStart();

    /// Arrives with the first visit to a start address.
    OneShot<bool> visited() const { return m_visited; }
    /// The redirect, when its page was asked for with the cookie; nothing where the listener was destroyed before.
    OneShot<std::optional<Redirect>> redirect() const { return m_redirect; }

    /// Answers the browser that brought the redirect. The result comes at once: whether a browser waited for it.
    OneShot<bool> tell(RedirectAnswer outcome);

    /// For when the sign-in is over: answers late visits for @p time, or until @p owner is destroyed, or has several
    /// later ones.
    static void remain(std::unique_ptr<RedirectListener> listener, QObject &owner, std::chrono::milliseconds time);

    enum class Ignored {
        foreignState,
        foreignError, ///< As RedirectKind's.
        withoutCode,
        withoutCookie ///< From a browser that did not visit a start address, or keeps no cookies.
    };

Q_SIGNALS:
    /// Something that looked like a redirect was ignored; the wait goes on.
    void ignored(bookdesk::identity::RedirectListener::Ignored why);
    /// A start address was visited twice, so somebody else may have been first: nothing is accepted any more.
    void visitedTwice();

private:
    enum class Phase { awaiting, holding, over };
    using ConnectionOwner = std::unique_ptr<RedirectConnection, QScopedPointerDeleteLater>;

    struct Start
    {
        QByteArray path;
        Secret cookie;
        bool isVisited = false;
    };

    /// A redirect with our state whose page has not been asked for with the cookie.
    struct Candidate
    {
        QByteArray page;
        Redirect redirect;
    };

    RedirectListener(Settings settings, std::unique_ptr<LoopbackServer> server);
    void acceptConnections();
    void makeRoom();
    void forget(RedirectConnection *connection);
    void handle(RedirectConnection &connection);
    void handleLate(RedirectConnection &connection);
    void handleStart(RedirectConnection &connection);
    void handleRedirect(RedirectConnection &connection);
    void handlePage(RedirectConnection &connection);
    void refuseSecondVisit(RedirectConnection &connection);
    void keep(RedirectConnection &connection, Redirect redirect);
    void take(const QByteArray &page);
    bool hasCookie(const RedirectRequest &request) const;
    void ignore(RedirectConnection &connection, const RedirectAnswer &answer, Ignored why);
    void answerHeld(const RedirectAnswer &answer);
    void giveUpHolding();
    void end(bool isTold);
    void forgetSecrets();

    Settings m_settings;
    std::unique_ptr<LoopbackServer> m_server;
    QUrl m_authorizationUrl;
    std::vector<ConnectionOwner> m_connections;
    std::vector<RedirectConnection *> m_held; ///< Those that wait for the outcome.
    Phase m_phase = Phase::awaiting;
    std::vector<Start> m_starts;
    QByteArray m_pages; ///< The path above all pages of this attempt.
    std::vector<Candidate> m_candidates;
    QByteArray m_takenPage; ///< Of the redirect that was taken.
    bool m_isSuccess = false;
    OneShot<bool> m_visited;
    OneShot<std::optional<Redirect>> m_redirect;
    OneShot<bool> m_told;
    QTimer m_limit;
};

} // namespace bookdesk::identity
