#include "pages/books/kept-call.h"

#include "core/isolation.h"

#include <QCoroTask>

namespace bookdesk::pages {

KeptCall::KeptCall(QObject *parent, std::chrono::milliseconds limit)
    : QObject(parent)
    , m_limit(limit)
{
    connect(&m_countdown, &widgets::Countdown::ticked, this, &KeptCall::ticked);
    connect(&m_countdown, &widgets::Countdown::ended, this, &KeptCall::expire);
}

void KeptCall::setDesk(workspace::Desk *desk)
{
    if (m_desk != desk)
        forget();
    m_desk = desk;
}

bool KeptCall::keep(const std::optional<books::Book> &book, const books::ApiOutcome &outcome)
{
    const bool wasProven = m_proven == outcome.request;
    noteAnswer(outcome.request);
    const bool isTaken = m_state == KeptState::signingIn || (m_state == KeptState::offered && !book);
    if (!m_desk || !m_desk->session().current() || !outcome.challenge || wasProven || isTaken)
        return false;
    const Result<identity::ClaimsRequest> proof = identity::readClaimsRequest(*outcome.challenge);
    if (!proof)
        return false;
    const identity::Session &session = m_desk->session();
    m_call = {book, outcome, *proof, isolated(session.current()->identity.displayName()), session.proofFailure()};
    m_failure.reset();
    m_countdown.start(m_limit);
    enter(KeptState::offered);
    return true;
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
    identity::SignInOptions options;
    options.again = m_desk->session().current()->identity;
    options.proof = m_call.proof;
    m_state = KeptState::signingIn;
    QCoro::connect(m_desk->signIn(options), this, [this, generation = ++m_generation](const Result<void> &result) {
        if (generation == m_generation)
            finish(result);
    });
    if (identity::SignIn *begun = attempt())
        connect(begun, &identity::SignIn::progressed, this, &KeptCall::progressed);
    if (m_state == KeptState::signingIn)
        Q_EMIT changed();
}

identity::SignIn *KeptCall::attempt() const
{
    return m_state == KeptState::signingIn && m_desk ? m_desk->attempt() : nullptr;
}

void KeptCall::cancel()
{
    if (identity::SignIn *begun = attempt())
        begun->cancel();
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
    ++m_generation;
    enter(KeptState::expired);
    if (begun)
        begun->cancel();
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
