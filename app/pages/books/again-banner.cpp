#include "pages/books/again-banner.h"

#include "core/isolation.h"
#include "core/text.h"
#include "pages/books/book-detail.h"
#include "pages/books/kept-call.h"
#include "pages/books/proof-texts.h"
#include "widgets/attempt-buttons.h"
#include "widgets/buttons.h"
#include "widgets/tab-order.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::Kind;

AgainBanner::AgainBanner(KeptCall &kept, QWidget *parent)
    : Banner(parent)
    , m_kept(kept)
{
    connect(&m_kept, &KeptCall::changed, this, &AgainBanner::refresh);
    connect(&m_kept, &KeptCall::progressed, this, &AgainBanner::refresh);
    connect(&m_kept, &KeptCall::ticked, this, &AgainBanner::showTime);
    connect(this, &Banner::closed, &m_kept, &KeptCall::drop);
}

void AgainBanner::refresh()
{
    const KeptState state = m_kept.state();
    if (m_kept.call().waitsFor != WaitsFor::signIn || state == KeptState::nothing)
        return forget();
    const bool hadFocus = widgets::holdsFocus(*this);
    m_action = nullptr;
    show({Kind::warn, tr("%1 needs you to sign in again").arg(m_kept.call().connection), visibleLines(said()), {}, {}});
    addButtons();
    showTime();
    setClosable(!m_kept.isWaiting());
    if (hadFocus)
        focusAction();
}

void AgainBanner::addButtons()
{
    const KeptState state = m_kept.state();
    if (state == KeptState::signingIn && m_kept.desk())
        return widgets::addAttemptButtons(*this, *m_kept.desk());
    m_action = addSignIn();
    connect(m_action, &QPushButton::clicked, this, [this, state] {
        if (state == KeptState::offered)
            m_kept.prove();
        else
            Q_EMIT signInAsked();
    });
    if (state != KeptState::offered || !m_kept.call().book)
        return;
    QPushButton *drop = addButton(tr("Drop the call"), u"cross"_s);
    drop->setObjectName(u"dropDelete"_s);
    connect(drop, &QPushButton::clicked, &m_kept, &KeptCall::drop);
}

/// A list that waits is only read, so that its time is of no interest.
void AgainBanner::showTime()
{
    if (isHidden() || !m_kept.isWaiting() || !m_kept.call().book)
        return;
    const QString text = keptText(m_kept.left());
    setChip(Kind::warn, text, text);
}

QPushButton *AgainBanner::addSignIn()
{
    QPushButton *button = addButton(tr("Sign in again"), u"sign-in"_s);
    button->setObjectName(u"signInAgain"_s);
    widgets::setButtonLook(*button, u"sign-in"_s, widgets::ButtonLook::primary);
    return button;
}

void AgainBanner::focusAction()
{
    if (m_action)
        m_action->setFocus(Qt::OtherFocusReason);
    else
        takeFocus();
}

/// What happens next, and what has not happened.
QString AgainBanner::said() const
{
    const WaitingCall &call = m_kept.call();
    const QString name = call.book ? isolated(bookName(*call.book)) : QString();
    if (m_kept.state() == KeptState::expired)
        return call.book
                   ? tr("Nobody signed in in time, so the delete that waited was dropped. “%1” has not been deleted.")
                         .arg(name)
                   : tr("The list is asked for again when you have signed in.");
    QString text = call.silentFailure ? call.silentFailure->message + u' ' : QString();
    if (m_kept.failure())
        text = advised(*m_kept.failure()) + u' ';
    if (m_kept.state() == KeptState::signingIn)
        text += tr("Go on in the browser, as %1.").arg(call.account) + u' ';
    if (call.book)
        return text + tr("“%1” has not been deleted: the call is sent again, once, when you are back.").arg(name);
    if (m_rowsFrom.isEmpty())
        return text + tr("The books are listed when you are back.");
    return text + tr("The books of %1 stay visible until then.").arg(m_rowsFrom);
}

} // namespace bookdesk::pages
