#include "pages/books/kept-call.h"

#include "core/isolation.h"

#include <QCoroTask>

namespace bookdesk::pages {
namespace {

bool isExpired(const books::ApiOutcome &outcome, const identity::Session &session)
{
    return outcome.kind == books::OutcomeKind::expired || (outcome.status == 401 && session.isExpired());
}

} // namespace

KeptCall::KeptCall(QObject *parent, std::chrono::milliseconds limit)
    : QObject(parent)
    , m_limit(limit)
{
    connect(&m_countdown, &widgets::Countdown::ticked, this, &KeptCall::ticked);
    connect(&m_countdown, &widgets::Countdown::ended, this, &KeptCall::expire);
}

void KeptCall::setDesk(workspace::Desk *desk)
{
    if (m_desk == desk)
        return;
    keepLeft();
    forget();
    if (m_desk) {
        disconnect(m_desk, nullptr, this, nullptr);
        disconnect(&m_desk->session(), nullptr, this, nullptr);
    }
    m_desk = desk;
    if (!m_desk)
        return;
    connect(m_desk, &workspace::Desk::attemptChanged, this, &KeptCall::followAttempt);
    connect(&m_desk->session(), &identity::Session::tokensRenewed, this, &KeptCall::followTokens);
}

/// A list that waits is simply loaded again later; a deletion would be lost.
void KeptCall::keepLeft()
{
    if (!isWaiting() || !m_call.book || !m_desk || !m_desk->account())
        return;
    ++m_generation; // How the sign-in ends is not told any more.
    cancel();
    m_left.keep(m_desk, Left{m_call, m_failure, m_hadAttempt, m_desk->account()->id(), m_countdown.end()});
}

void KeptCall::restoreLeft()
{
    const std::optional<Left> left = m_left.take(m_desk);
    if (!left || !m_desk->session().current() || !m_desk->account() || m_desk->account()->id() != left->account)
        return;
    m_call = left->call;
    m_failure = left->failure;
    m_hadAttempt = left->hadAttempt;
    if (left->until.hasExpired())
        return enter(KeptState::expired);
    m_countdown.start(std::chrono::milliseconds(left->until.remainingTime()));
    enter(KeptState::offered);
    followTokens();
}

/// The person has signed in again from somewhere else.
void KeptCall::followTokens()
{
    if (m_state == KeptState::offered && m_call.waitsFor == WaitsFor::signIn && !m_desk->session().needsSignIn())
        finish({});
}

bool KeptCall::keep(const std::optional<books::Book> &book, const books::ApiOutcome &outcome)
{
    const bool wasProven = m_proven == outcome.request;
    noteAnswer(outcome.request);
    const bool isTaken = m_state == KeptState::signingIn || (m_state == KeptState::offered && !book);
    if (wasProven || isTaken)
        return false;
    std::optional<WaitingCall> call = readCall(book, outcome);
    if (!call)
        return false;
    m_call = *std::move(call);
    m_failure.reset();
    m_hadAttempt = false;
    m_countdown.start(m_limit);
    enter(KeptState::offered);
    return true;
}

/// Nothing where there is nothing to wait for.
std::optional<WaitingCall> KeptCall::readCall(const std::optional<books::Book> &book,
                                              const books::ApiOutcome &outcome) const
{
    if (!m_desk || !m_desk->session().current())
        return std::nullopt;
    const identity::Session &session = m_desk->session();
    WaitingCall call{book, outcome, {}, isolated(session.current()->identity.displayName()), session.proofFailure()};
    if (outcome.challenge) {
        const Result<identity::ClaimsRequest> proof = identity::readClaimsRequest(*outcome.challenge);
        if (!proof)
            return std::nullopt;
        call.proof = *proof;
        return call;
    }
    call.connection = isolated(m_desk->connection().name);
    if (!outcome.obtainable.isEmpty()) {
        call.waitsFor = WaitsFor::scopes;
        return call;
    }
    if (!isExpired(outcome, session) || !session.needsSignIn())
        return std::nullopt;
    call.waitsFor = WaitsFor::signIn;
    call.silentFailure = session.renewalFailure();
    return call;
}

void KeptCall::noteListAsked()
{
    if (m_state == KeptState::offered && !m_call.book)
        forget();
}

void KeptCall::noteAnswer(const QString &request)
{
    if (m_proven == request)
        m_proven.clear();
}

void KeptCall::prove()
{
    if (m_state != KeptState::offered || !m_desk || !m_desk->session().current())
        return;
    m_failure.reset();
    m_hadAttempt = false;
    m_state = KeptState::signingIn;
    QCoro::connect(begin(), this, [this, generation = ++m_generation](const Result<void> &result) {
        if (generation == m_generation)
            finish(result);
    });
    followAttempt();
    if (m_state == KeptState::signingIn)
        Q_EMIT changed();
}

Task<void> KeptCall::begin()
{
    if (m_call.waitsFor == WaitsFor::scopes)
        return m_desk->getScopes(m_call.outcome.obtainable);
    identity::SignInOptions options = m_desk->againOptions();
    if (m_call.waitsFor == WaitsFor::proof)
        options.proof = m_call.proof;
    return m_desk->signIn(options);
}

/// The browser may be opened only after it was tried without.
void KeptCall::followAttempt()
{
    identity::SignIn *begun = attempt();
    if (!begun)
        return;
    m_hadAttempt = true;
    connect(begun, &identity::SignIn::progressed, this, &KeptCall::progressed, Qt::UniqueConnection);
    Q_EMIT progressed();
}

identity::SignIn *KeptCall::attempt() const
{
    return m_state == KeptState::signingIn && m_desk ? m_desk->attempt() : nullptr;
}

void KeptCall::cancel()
{
    if (m_state == KeptState::signingIn && m_desk)
        m_desk->cancelSignIn();
}

void KeptCall::finish(const Result<void> &result)
{
    if (!result) {
        m_failure = result.error();
        return enter(KeptState::offered);
    }
    const std::optional<books::Book> book = m_call.book;
    m_proven = m_call.outcome.request;
    m_countdown.stop();
    m_call = {};
    enter(KeptState::nothing);
    Q_EMIT proven(book);
}

void KeptCall::expire()
{
    const QPointer begun = attempt(); // A listener to the change may end it.
    const bool isSilent = m_state == KeptState::signingIn && !begun;
    ++m_generation;
    enter(KeptState::expired);
    if (begun)
        begun->cancel();
    else if (isSilent && m_desk)
        m_desk->cancelSignIn();
}

void KeptCall::drop()
{
    if (m_state == KeptState::nothing)
        return;
    cancel();
    forget();
}

void KeptCall::forget()
{
    ++m_generation;
    m_countdown.stop();
    m_call = {};
    m_failure.reset();
    m_proven.clear();
    enter(KeptState::nothing);
}

void KeptCall::enter(KeptState state)
{
    m_state = state;
    Q_EMIT changed();
}

} // namespace bookdesk::pages
