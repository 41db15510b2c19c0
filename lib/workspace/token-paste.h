/// TokenPaste: one token that a person pasted or dropped, judged by the connection that trusts its issuer.
#pragma once

#include "core/clock.h"
#include "core/task-scope.h"
#include "jose/token-search.h"
#include "jose/verify.h"
#include "workspace/desks.h"

#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace bookdesk::workspace {

/// A connection that trusts the pasted token's issuer. A plain value.
struct TrustingConnection
{
    QString id;
    QString name;
};

/// What is known so far. A plain value.
struct PastedText
{
    bool isBusy = false;               ///< A file is read, or keys are fetched.
    std::optional<Error> failure = {}; ///< The file could not be read, or the text is too large.
    jose::FoundToken found = {};
    std::vector<TrustingConnection> trusting = {};
    QString judgedBy = {}; ///< The ID of one of them; empty where there is none.
    std::optional<jose::InspectedToken> token = {};
    std::optional<Error> keysFailure = {}; ///< Why the checks that need keys were not made.
    QString fetchedFrom = {};              ///< The host that was asked for keys; empty where the cached ones did.
};

/// The token belongs to no account and is sent nowhere; only the key address of a configured connection is asked, and
/// only if the token names that connection's issuer. It is gone with this object. GUI thread.
class TokenPaste : public QObject
{
    Q_OBJECT

public:
    explicit TokenPaste(Desks desks, Clock clock, QObject *parent = nullptr);

    /// Takes the place of the token before.
    void take(const Secret &text);
    /// As take, with what a file holds; read on another thread, at most 1 MiB.
    void takeFile(const QString &path);
    /// By another of the connections that trust its issuer.
    void judgeBy(const QString &connectionId);
    void clear();

    bool isEmpty() const { return m_shown.found.first.token.isEmpty(); }
    const PastedText &shown() const { return m_shown; }
    /// The desk that judges it, or nullptr.
    Desk *desk() const;

Q_SIGNALS:
    void changed();

private:
    void judge();
    ScopedTask<void> read(QString path);
    ScopedTask<void> judgeAt(QString connectionId, Secret token);
    void judgeWithoutKeys(const Error &failure);

    const Desks m_desks;
    const Clock m_clock;
    PastedText m_shown;
    TaskScope m_scope; ///< Restarted for each paste.
};

} // namespace bookdesk::workspace
