/// What *Check for problems* looks at, and what is said about each finding.
#pragma once

#include "core/result.h"
#include "identity/connection.h"
#include "net/proxy.h"
#include "workspace/settings.h"

#include <QString>

#include <array>
#include <chrono>
#include <optional>

namespace bookdesk::workspace {

/// In the order in which they are checked.
enum class ProblemSubject { browser, redirect, encryption, certificates, clock, proxy, settingsFile };

inline constexpr std::array allProblemSubjects{
    ProblemSubject::browser, ProblemSubject::redirect, ProblemSubject::encryption,   ProblemSubject::certificates,
    ProblemSubject::clock,   ProblemSubject::proxy,    ProblemSubject::settingsFile,
};

/// "Browser", "Sign-in redirect", ….
QString subjectName(ProblemSubject subject);

enum class Health {
    waiting,
    running,
    fine,
    look,       ///< Something is wrong, or will be; the remedy says what to do.
    notChecked, ///< Cancelled, or there was nothing to check.
};

/// "fine", "look", …; empty while it waits.
QString healthWord(Health health);

/// A plain value; its texts are translated, plain and safe to show. Any thread.
struct ProblemFinding
{
    Health health = Health::waiting;
    QString text;
    QString remedy;          ///< With Health::look only.
    bool wantsLogin = false; ///< A proxy asks for a name and a password.

    void begin() { health = Health::running; }
    bool isOpen() const { return health == Health::waiting || health == Health::running; }

    friend bool operator==(const ProblemFinding &, const ProblemFinding &) = default;
};

ProblemFinding browserFinding(const QString &command);
/// Listens for a moment where the redirects of @p connection arrive, on a free port where it names none.
ProblemFinding redirectFinding(const std::optional<identity::Connection> &connection);
ProblemFinding encryptionFinding();
/// @param count of the authorities that this system trusts.
ProblemFinding certificatesFinding(qsizetype count);
/// @param ahead how far this computer's clock is ahead of the server's; nothing where the server names no time.
ProblemFinding clockFinding(const Result<std::optional<std::chrono::seconds>> &ahead, const QString &server);
/// @param proxy for @p host, if any. @param passed whether it connects us.
ProblemFinding proxyFinding(const std::optional<net::Proxy> &proxy, const QString &host, const Result<void> &passed);
ProblemFinding settingsFileFinding(const Settings &settings);

/// There is no connection to check it with.
ProblemFinding withoutConnection();

} // namespace bookdesk::workspace
