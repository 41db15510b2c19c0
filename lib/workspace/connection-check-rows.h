/// What *Test connection* looks at, and what is said about each finding.
#pragma once

#include "books/api-outcome.h"
#include "core/clock.h"
#include "core/error.h"
#include "core/result.h"
#include "identity/connection.h"
#include "identity/discovery.h"
#include "identity/key-document.h"
#include "net/proxy.h"

#include <QDateTime>
#include <QString>

#include <array>
#include <chrono>
#include <optional>
#include <vector>

namespace bookdesk::workspace {

/// In the order in which they are checked.
enum class CheckSubject { discovery, keys, api, certificate, proxy, clock, redirect };

inline constexpr std::array allCheckSubjects{
    CheckSubject::discovery, CheckSubject::keys,  CheckSubject::api,      CheckSubject::certificate,
    CheckSubject::proxy,     CheckSubject::clock, CheckSubject::redirect,
};

/// "Discovery", "Keys", ….
QString checkTitle(CheckSubject subject);
/// The stable name for programs: "discovery", "keys", ….
QString checkName(CheckSubject subject);

enum class CheckState {
    waiting,
    running,
    passed,
    warning, ///< It works, but something is not as it should be.
    failed,
    notDone,         ///< Cancelled, or there was nothing to check.
    cannotBeChecked, ///< Not from here; the person has to look.
};

/// "passed", "failed", …; empty while it waits.
QString stateWord(CheckState state);
/// The stable name for programs: "passed", "cannot-be-checked", ….
QString stateName(CheckState state);

/// A plain value; its texts are translated, plain and safe to show. Any thread.
struct CheckFinding
{
    CheckState state = CheckState::waiting;
    QString code = {};   ///< Where it failed or is a warning: an error's code, or that of an API outcome.
    QString detail = {}; ///< "issuer matches"
    QString remedy = {}; ///< What to do; empty where nothing has to be done.
    Facts facts = {};    ///< For support, where it failed.
    std::optional<std::chrono::milliseconds> took = {}; ///< Of rows that send a request.
    bool wantsProxyLogin = false;                       ///< A proxy asks for a name and a password.

    void begin() { state = CheckState::running; }
    bool isOpen() const { return state == CheckState::waiting || state == CheckState::running; }

    friend bool operator==(const CheckFinding &, const CheckFinding &) = default;
};

using CheckFindings = std::array<CheckFinding, allCheckSubjects.size()>;

/// The worst of all rows: failed, warning or, if any row was checked, passed; else waiting.
CheckState worstOf(const CheckFindings &findings);
/// What came of the whole check, in one line: "passed", or the worst row and what is said about it.
QString summaryOf(const CheckFindings &findings);

/// The certificate of a server that was reached.
struct ServerCertificate
{
    QString host;
    QString authority; ///< Who vouches for it: "Contoso Root CA".
    QDateTime until;

    friend bool operator==(const ServerCertificate &, const ServerCertificate &) = default;
};

/// A server of the connection, and how it is reached.
struct ProxyUse
{
    QString host;
    std::optional<net::Proxy> proxy;
    Result<void> passed; ///< Whether the proxy connects us.
};

CheckFinding discoveryFinding(const Result<identity::DiscoveryDocument> &document);
CheckFinding keysFinding(const Result<identity::KeyDocument> &keys);
/// @param outcome of listing the books without a token.
CheckFinding apiFinding(const books::ApiOutcome &outcome);
/// @param tlsFailure the first connection that was not trusted. @param hasTls whether any server is called by https.
CheckFinding certificateFinding(const std::vector<ServerCertificate> &certificates,
                                const std::optional<Error> &tlsFailure, bool hasTls, TimePoint now);
CheckFinding proxyFinding(const std::vector<ProxyUse> &uses);
/// @param ahead how far this computer's clock is ahead of the servers'; nothing where none has named its time.
CheckFinding clockFinding(std::optional<std::chrono::seconds> ahead);
CheckFinding redirectToRegister(const identity::Connection &connection);

/// There was nothing to check; @p why is shown.
CheckFinding notDone(const QString &why);

} // namespace bookdesk::workspace
