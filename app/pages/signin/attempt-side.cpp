#include "pages/signin/attempt-side.h"

#include "core/address-text.h"
#include "identity/advice-context.h"
#include "pages/signin/device-code-card.h"
#include "pages/signin/error-card.h"
#include "pages/signin/waiting-card.h"
#include "style/metrics.h"
#include "workspace/desk.h"

#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace bookdesk::pages {
namespace {

constexpr int usualWidth = 330;
constexpr int widthForCode = 554;

} // namespace

AttemptSide::AttemptSide(Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_waiting(new WaitingCard(clock, this))
    , m_device(new DeviceCodeCard(std::move(clock), this))
    , m_error(new ErrorCard(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_waiting);
    column->addWidget(m_device);
    column->addWidget(m_error);
    connectCards();
    fitWidth();
    hide();
}

void AttemptSide::connectCards()
{
    connect(m_waiting, &WaitingCard::browserErrorAsked, this, &AttemptSide::browserErrorAsked);
    connect(m_waiting, &WaitingCard::redirectReceived, this, &AttemptSide::redirectReceived);
    connect(m_device, &DeviceCodeCard::newCodeAsked, this, &AttemptSide::newCodeAsked);
    connect(m_device, &DeviceCodeCard::browserAsked, this, &AttemptSide::signInAsked);
    connect(m_error, &ErrorCard::againAsked, this, &AttemptSide::signInAsked);
    connect(m_error, &ErrorCard::newCodeAsked, this, &AttemptSide::newCodeAsked);
    connect(m_error, &ErrorCard::browserErrorAsked, this, &AttemptSide::browserErrorAsked);
    connect(m_error, &ErrorCard::linkAsked, m_waiting, &WaitingCard::copyLink);
}

bool AttemptSide::follow(workspace::Desk *desk)
{
    m_desk = desk;
    identity::SignIn *attempt = desk ? desk->attempt() : nullptr;
    identity::DeviceCodeSignIn *withCode = desk ? desk->deviceCodeAttempt() : nullptr;
    m_waiting->setAttempt(attempt);
    m_device->setAttempt(withCode);
    if (!attempt && !withCode)
        return false;
    fitWidth();
    m_error->offerNewCode(withCode != nullptr);
    m_error->hide();
    show();
    if (attempt)
        connect(attempt, &identity::SignIn::progressed, this, &AttemptSide::showBrowserFailure, Qt::UniqueConnection);
    return true;
}

void AttemptSide::endAttempt()
{
    m_desk = nullptr;
    m_waiting->setAttempt(nullptr);
    m_device->setAttempt(nullptr);
    fitWidth();
}

void AttemptSide::showFailure(const Error &error, const identity::Connection &connection)
{
    m_error->offerLink(false);
    m_error->setContext(identity::adviceContext(connection));
    m_error->show(error, hostText(connection.authority));
}

void AttemptSide::clear()
{
    endAttempt();
    m_error->hide();
    hide();
}

/// The sign-in goes on, because its link can be used. Once it is used, the card is no longer needed.
void AttemptSide::showBrowserFailure()
{
    const identity::SignIn *attempt = m_desk ? m_desk->attempt() : nullptr;
    if (!attempt || attempt->browserFailure().has_value() != m_error->isHidden())
        return;
    if (!attempt->browserFailure())
        return m_error->hide();
    m_error->show(*attempt->browserFailure(), hostText(m_desk->connection().authority));
    m_error->offerLink(true);
}

/// The card with a code is wider than the others, because code and picture are side by side.
void AttemptSide::fitWidth()
{
    const style::Metrics metrics = style::metricsOf(*this);
    // A longer language has a longer widest button.
    setFixedWidth(isWide() ? metrics.px(widthForCode)
                           : std::max(metrics.px(usualWidth), m_waiting->minimumSizeHint().width()));
}

void AttemptSide::fitInto(int room)
{
    if (!m_waiting->isHidden())
        room -= m_waiting->height() + layout()->spacing();
    m_error->setMaximumHeight(std::max(m_error->leastHeight(), room));
}

void AttemptSide::takeFocus()
{
    if (!m_device->isHidden())
        m_device->takeFocus();
    else if (!m_waiting->isHidden() || m_error->isHidden())
        m_waiting->takeFocus();
    else
        m_error->takeFocus();
}

bool AttemptSide::isEmpty() const { return m_waiting->isHidden() && m_device->isHidden() && m_error->isHidden(); }

bool AttemptSide::isWide() const { return !m_device->isHidden(); }

} // namespace bookdesk::pages
