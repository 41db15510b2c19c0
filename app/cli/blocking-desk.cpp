#include "cli/blocking-desk.h"

#include "cli/consent.h"
#include "cli/errors.h"
#include "cli/stored-connections.h"
#include "core/address-text.h"
#include "core/durations.h"
#include "core/text.h"
#include "identity/asked-scopes.h"
#include "identity/errors.h"
#include "net/trusted-url.h"
#include "workspace/accepted-connections.h"
#include "workspace/own-rules.h"
#include "workspace/persona-browser.h"
#include "workspace/sandbox-signer.h"
#include "workspace/settings.h"

#include <QCoreApplication>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(BlockingDesk)
};

/// A program should not hang about for long.
books::RetryPlanRules rulesForPrograms()
{
    books::RetryPlanRules rules;
    rules.longestAskedWait = std::chrono::minutes{1};
    rules.mostAskedWaits = 3;
    return rules;
}

Result<identity::OpenUrl> openerFor(const ConnectionChoice &choice, const identity::Connection &connection)
{
    if (choice.persona.isEmpty())
        return choice.browser.isEmpty() ? identity::desktopOpener() : identity::commandBrowser(choice.browser);
    if (!identity::isLoopbackOnly(connection))
        return failure(errors::usage,
                       Texts::tr("--persona only works with a Sandbox, and \"%1\" is not one.").arg(connection.name),
                       Texts::tr("Leave it out to sign in with a browser."));
    return workspace::personaBrowser({choice.persona, false}, net::pemOf(connection.authorities));
}

/// The sign-in of a persona belongs to nobody at this computer.
bool keepsSignIns(const identity::Connection &connection, const ConnectionChoice &choice)
{
    return !connection.id.isEmpty() && choice.persona.isEmpty() &&
           workspace::Settings().number(workspace::Setting::keepSignedIn) == 1;
}

} // namespace

BlockingDesk::BlockingDesk(const Context &context)
    : m_context(context)
    , m_stored(context)
{
    connect(&m_context.interrupts, &Interrupts::came, this, &BlockingDesk::stop);
}

BlockingDesk::~BlockingDesk() = default;

Result<void> BlockingDesk::open(const ConnectionChoice &choice)
{
    Result<identity::Connection> connection = readChosen(choice);
    if (m_context.interrupts.haveCome())
        return failure(interruptedError(m_context.interrupts));
    if (!connection)
        return failure(connection.error());
    Result<identity::OpenUrl> opener = openerFor(choice, *connection);
    if (!opener)
        return failure(opener.error());
    m_connection = *std::move(connection);
    m_persona = choice.persona;
    m_isKeeping = keepsSignIns(m_connection, choice);
    m_needsBrowser = !m_persona.isEmpty() || !choice.browser.isEmpty();
    workspace::Surroundings surroundings;
    surroundings.redactor = m_context.redactor;
    surroundings.open = *std::move(opener);
    if (m_isKeeping)
        surroundings.vault = m_stored.vault();
    surroundings.ownRules = workspace::OwnRules(workspace::connectionsFolder());
    if (m_sandbox)
        surroundings.signer = [sandbox = m_sandbox] { return std::optional(workspace::sandboxSigner(*sandbox)); };
    m_desk = std::make_unique<workspace::Desk>(m_connection, surroundings);
    return {};
}

Result<identity::Connection> BlockingDesk::readChosen(const ConnectionChoice &choice)
{
    if (choice.connection.isEmpty() && !choice.account.isEmpty())
        return m_stored.connectionOf(choice.account);
    if (choice.connection.isEmpty() || choice.connection == "sandbox"_L1)
        return startSandbox();
    if (std::optional<identity::Connection> stored = connectionNamed(choice.connection))
        return *std::move(stored);
    Result<identity::Connection> connection = QCoro::waitFor(identity::loadConnection(choice.connection));
    if (!connection || m_context.interrupts.haveCome())
        return connection;
    if (const Result<void> accepted = askForConsent(m_context, *connection, choice.isAccepted); !accepted)
        return failure(accepted.error());
    connection->id = storedIdOf(*connection);
    return connection;
}

Result<identity::Connection> BlockingDesk::startSandbox()
{
    sandbox::SandboxOptions options;
    options.onSecretMade = [redactor = m_context.redactor](const Secret &secret) { redactor.learn(secret); };
    auto started = QCoro::waitFor(sandbox::SandboxServer::start(options));
    if (!started)
        return failure(started.error());
    m_sandbox = *started;
    return identity::readConnection(toCompactJson(m_sandbox->connectionFile()));
}

Result<void> BlockingDesk::resume(const identity::Account &account) { return signedInAfter(m_desk->resume(account)); }

Result<void> BlockingDesk::signIn(identity::SignInOptions options)
{
    if (const Result<void> prepared = prepareKeeping(); !prepared)
        return prepared;
    options.needsBrowser = m_needsBrowser;
    tellAsked(options.scopes);
    Task<void> signingIn = m_desk->signIn(std::move(options));
    if (identity::SignIn *attempt = m_desk->attempt())
        connect(attempt, &identity::SignIn::progressed, this, &BlockingDesk::follow);
    return signedInAfter(std::move(signingIn));
}

/// Only a person has to know. @param scopes besides those for reading.
void BlockingDesk::tellAsked(const QStringList &scopes)
{
    if (!m_persona.isEmpty())
        return;
    const QStringList asked = identity::scopesFor(m_connection, m_desk->scopesOf(books::listRule()) + scopes);
    m_context.console.note(Texts::tr("Asking for: %1").arg(asked.join(u' ')));
}

Result<void> BlockingDesk::signInByDeviceCode()
{
    if (const Result<void> prepared = prepareKeeping(); !prepared)
        return prepared;
    tellAsked({});
    Task<void> signingIn = m_desk->signInByDeviceCode();
    if (identity::DeviceCodeSignIn *attempt = m_desk->deviceCodeAttempt())
        connect(attempt, &identity::DeviceCodeSignIn::progressed, this, &BlockingDesk::followDeviceCode);
    return signedInAfter(std::move(signingIn));
}

Result<void> BlockingDesk::signedInAfter(Task<void> signingIn)
{
    Result<void> signedIn = QCoro::waitFor(std::move(signingIn));
    if (!signedIn && m_context.interrupts.wasToldToEnd())
        return failure(interruptedError(m_context.interrupts));
    if (signedIn && !m_desk)
        return failure(interruptedError(m_context.interrupts)); // In the turn in which the sign-in ended.
    return signedIn ? waitUntilKept() : signedIn;
}

/// A keychain that cannot be used keeps nobody from signing in.
Result<void> BlockingDesk::prepareKeeping()
{
    const Result<void> opened = m_isKeeping ? m_stored.open() : Result<void>();
    if (m_context.interrupts.haveCome())
        return failure(interruptedError(m_context.interrupts));
    if (!opened && !std::exchange(m_hasToldNotKept, true))
        m_context.console.note(Texts::tr("This sign-in will not be kept. %1").arg(advised(opened.error())));
    return {};
}

/// The program may end before the keychain has it otherwise.
Result<void> BlockingDesk::waitUntilKept()
{
    const Result<void> kept = QCoro::waitFor(m_desk->kept());
    if (m_context.interrupts.haveCome())
        return failure(interruptedError(m_context.interrupts));
    if (!kept)
        m_context.console.note(Texts::tr("This sign-in is not kept for later commands. %1").arg(advised(kept.error())));
    return {};
}

void BlockingDesk::followDeviceCode()
{
    const identity::DeviceCodeSignIn *attempt = m_desk ? m_desk->deviceCodeAttempt() : nullptr;
    if (!attempt || !attempt->code())
        return;
    if (!std::exchange(m_hasToldLink, true))
        tellCode(*attempt->code());
    if (attempt->interval() > attempt->code()->interval)
        tell(Texts::tr("The sign-in server wants to be asked less often, so it may take %1 s until it is known here "
                       "that you have signed in.")
                 .arg(std::chrono::ceil<std::chrono::seconds>(attempt->interval()).count()));
}

void BlockingDesk::tellCode(const identity::DeviceCode &code)
{
    if (!m_persona.isEmpty()) {
        m_visit = workspace::personaBrowser({m_persona, false, code.userCode}, net::pemOf(m_connection.authorities));
        identity::openInBrowser(m_visit, code.verificationLink).failure().whenSet([this](const auto &error) {
            if (error)
                tell(advised(*error));
        });
        return;
    }
    const auto left = std::chrono::duration_cast<std::chrono::seconds>(code.expiresAt - systemNow());
    tell(Texts::tr("Open this page on a device with a browser: %1").arg(addressText(code.verificationLink)));
    tell(Texts::tr("Type this code there: %1").arg(code.userCode));
    tell(Texts::tr("Type only the code that you see here. A code that somebody sent you signs that person in as you."));
    tell(Texts::tr("Many organizations block this way of signing in (Conditional Access, AADSTS53003). Then sign in "
                   "on a computer with a browser."));
    tell(Texts::tr("The code can be used for %1. Press Ctrl+C to cancel.").arg(durationText(left)));
}

void BlockingDesk::follow()
{
    identity::SignIn *attempt = m_desk ? m_desk->attempt() : nullptr;
    if (!attempt)
        return;
    if (attempt->hasLink() && !m_hasToldLink && m_persona.isEmpty()) {
        m_hasToldLink = true;
        tell(Texts::tr("If no browser opens, open this link in a browser on this computer: %1")
                 .arg(attempt->newLink().toString(QUrl::FullyEncoded)));
    }
    if (attempt->browserFailure())
        tell(advised(*attempt->browserFailure()));
    tell(attempt->notice());
}

/// Each is told once, because other programs can reach the listener and could fill a pipe that nobody reads.
void BlockingDesk::tell(const QString &notice)
{
    if (notice.isEmpty() || m_told.contains(notice))
        return;
    m_told += notice;
    m_context.console.warn(notice);
}

books::ListOutcome BlockingDesk::list(books::Sending sending)
{
    books::RetryPlan plan(rulesForPrograms());
    for (;;) {
        books::ListOutcome listed = QCoro::waitFor(m_desk->books().list(sending));
        const std::optional<std::chrono::milliseconds> pause =
            listed.outcome.retryAfter ? plan.afterFailure(listed.outcome) : std::nullopt;
        if (!pause)
            return listed;
        m_context.console.warn(Texts::tr("%1 Trying again in %2 s; Ctrl+C ends the wait.")
                                   .arg(listed.outcome.explanation)
                                   .arg(std::chrono::ceil<std::chrono::seconds>(*pause).count()));
        if (!wait(*pause))
            return listed;
    }
}

bool BlockingDesk::wait(std::chrono::milliseconds time)
{
    QCoro::Task<WaitEnd> pausing = pauseFor(time, m_waits.get_token());
    return QCoro::waitFor(std::move(pausing)) == WaitEnd::elapsed;
}

books::DeleteOutcome BlockingDesk::remove(const QString &id, books::Sending sending)
{
    books::DeleteOutcome removed = QCoro::waitFor(m_desk->books().remove(id, sending));
    const QStringList scopes = removed.outcome.obtainable;
    if (scopes.isEmpty() || !m_desk || !getScopes(scopes) || !m_desk)
        return removed;
    return QCoro::waitFor(m_desk->books().remove(id, sending));
}

bool BlockingDesk::getScopes(const QStringList &names)
{
    const QString asked =
        names.size() == 1
            ? Texts::tr("The API asks for the scope %1, which the connection lists. It is asked for now.")
            : Texts::tr("The API asks for the %n scopes %1, which the connection lists. They are asked for now.",
                        nullptr, static_cast<int>(names.size()));
    tell(asked.arg(visible(names.join(u' '))));
    m_hasToldLink = false;
    connect(m_desk.get(), &workspace::Desk::attemptChanged, this, &BlockingDesk::followAttempt);
    const Result<void> got = signedInAfter(m_desk->getScopes(names));
    if (!got)
        tell(advised(got.error()));
    return got.has_value();
}

void BlockingDesk::followAttempt()
{
    if (identity::SignIn *attempt = m_desk ? m_desk->attempt() : nullptr)
        connect(attempt, &identity::SignIn::progressed, this, &BlockingDesk::follow, Qt::UniqueConnection);
}

QStringList BlockingDesk::scopesForDeleting() const { return m_desk->scopesOf(books::deleteRule()); }

Result<jose::InspectedToken> BlockingDesk::inspect(const Secret &token)
{
    Result<jose::InspectedToken> inspected = QCoro::waitFor(m_desk->inspectToken(token));
    if (m_context.interrupts.haveCome())
        return failure(interruptedError(m_context.interrupts));
    return inspected;
}

Result<identity::Trust> BlockingDesk::trustFor(const std::vector<Secret> &tokens)
{
    if (!m_desk)
        return failure(interruptedError(m_context.interrupts));
    Result<identity::Trust> trust = QCoro::waitFor(m_desk->trust().trustFor(tokens));
    if (m_context.interrupts.haveCome())
        return failure(interruptedError(m_context.interrupts));
    return trust;
}

std::optional<std::chrono::seconds> BlockingDesk::clockAhead() const
{
    return m_desk ? m_desk->clockAhead() : std::nullopt;
}

const identity::SignedIn *BlockingDesk::signedIn() const
{
    const bool isSignedIn = m_desk && m_desk->session().current();
    return isSignedIn ? &*m_desk->session().current() : nullptr;
}

void BlockingDesk::stop()
{
    m_waits.request_stop();
    // A sign-in ends by itself and informs the browser's page, and a run keeps its results; anything else ends with the
    // desk.
    if (m_endRun)
        m_endRun();
    else if (m_desk && m_desk->isSigningIn())
        m_desk->cancelSignIn();
    else
        m_desk.reset();
}

} // namespace bookdesk::cli
