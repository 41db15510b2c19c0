#include "pages/signin/waiting-card.h"

#include "core/isolation.h"
#include "core/text.h"
#include "pages/signin/step-texts.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/attempt-buttons.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/flow-layout.h"
#include "widgets/labels.h"
#include "widgets/step-row.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace bookdesk::pages {

using namespace Qt::StringLiterals;
using identity::SignInStep;
using identity::StepState;
using widgets::Look;
using widgets::RowState;

namespace {

constexpr int stepCount = 4;

RowState rowState(StepState state)
{
    switch (state) {
    case StepState::pending:
        return RowState::pending;
    case StepState::active:
        return RowState::active;
    case StepState::done:
        return RowState::done;
    case StepState::failed:
        return RowState::failed;
    }
    return RowState::pending;
}

} // namespace

WaitingCard::WaitingCard(Clock clock, QWidget *parent)
    : Card({}, parent)
    , m_clock(std::move(clock))
    , m_title(new widgets::ElidedLabel({}, Look::section, this))
    , m_left(widgets::label({}, Look::smallMuted, this))
    , m_bar(new widgets::ThinBar(tr("Signing in"), this))
    , m_notice(widgets::label({}, Look::small, this))
{
    addHead();
    addSteps();
    addButtons();
    m_tick.setInterval(std::chrono::seconds(1));
    connect(&m_tick, &QTimer::timeout, this, &WaitingCard::showTimeLeft);
    hide();
}

void WaitingCard::addHead()
{
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_left);
    body()->addLayout(head);
    body()->addWidget(m_bar);
}

void WaitingCard::addSteps()
{
    auto *rows = new QVBoxLayout;
    rows->setSpacing(0);
    for (int index = 0; index < stepCount; ++index) {
        m_steps.push_back(new widgets::StepRow({}, this));
        rows->addWidget(m_steps.back());
    }
    body()->addLayout(rows);
    m_notice->setWordWrap(true);
    body()->addWidget(m_notice);
    body()->addStretch(1);
}

void WaitingCard::addButtons()
{
    auto *row = new widgets::FlowLayout(style::metricsOf(*this).px(6));
    m_cancel = widgets::pushButton(tr("Cancel"), u"stop"_s, widgets::ButtonLook::plain, this);
    m_again = widgets::pushButton(tr("Open again"), u"browser"_s, widgets::ButtonLook::plain, this);
    m_link = widgets::pushButton(tr("Link"), u"copy"_s, widgets::ButtonLook::plain, this);
    m_cancel->setObjectName(u"cancel"_s);
    m_again->setObjectName(u"openAgain"_s);
    m_link->setObjectName(u"copyLink"_s);
    widgets::describeLinkButton(*m_link);
    for (QPushButton *button : {m_cancel, m_again, m_link})
        row->addWidget(button);
    body()->addLayout(row);
    auto *browserError = widgets::pushButton(tr("The browser shows an error…"), {}, widgets::ButtonLook::flat, this);
    browserError->setObjectName(u"browserError"_s);
    body()->addWidget(browserError, 0, Qt::AlignLeft);
    connect(browserError, &QPushButton::clicked, this, &WaitingCard::browserErrorAsked);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_attempt)
            m_attempt->cancel();
    });
    connect(m_again, &QPushButton::clicked, this, &WaitingCard::openAgain);
    connect(m_link, &QPushButton::clicked, this, &WaitingCard::copyLink);
}

void WaitingCard::setAttempt(identity::SignIn *attempt)
{
    if (m_attempt)
        m_attempt->disconnect(this);
    m_attempt = attempt;
    m_wasRedirected = false;
    setVisible(attempt != nullptr);
    if (!attempt) {
        m_tick.stop();
        m_bar->stop();
        return;
    }
    static_cast<widgets::ElidedLabel *>(m_title)->setFullText(
        tr("Signing in to %1").arg(isolated(attempt->connection().name)));
    connect(attempt, &identity::SignIn::progressed, this, &WaitingCard::refresh);
    m_bar->startIndeterminate();
    m_tick.start();
    refresh();
}

void WaitingCard::takeFocus() { m_cancel->setFocus(Qt::OtherFocusReason); }

QString WaitingCard::notice() const { return m_notice->isHidden() ? QString() : m_notice->text(); }

QString WaitingCard::timeLeft() const { return m_left->text(); }

void WaitingCard::refresh()
{
    if (!m_attempt)
        return;
    showSteps();
    showTimeLeft();
    showNotice(m_attempt->notice());
    m_again->setEnabled(m_attempt->hasLink());
    m_link->setEnabled(m_attempt->hasLink());
}

void WaitingCard::showSteps()
{
    const std::vector<identity::StepProgress> &steps = m_attempt->steps();
    for (std::size_t index = 0; index < m_steps.size() && index < steps.size(); ++index) {
        const identity::StepProgress &step = steps.at(index);
        m_steps.at(index)->set(rowState(step.state), stepName(step), stepNote(step));
        const bool isRedirected = step.step == SignInStep::awaitRedirect && step.state == StepState::done;
        if (isRedirected && !m_wasRedirected) {
            m_wasRedirected = true;
            Q_EMIT redirectReceived();
        }
    }
}

void WaitingCard::showTimeLeft()
{
    if (m_attempt)
        m_left->setText(
            timeLeftText(std::chrono::duration_cast<std::chrono::seconds>(m_attempt->deadline() - m_clock())));
}

void WaitingCard::showNotice(const QString &text)
{
    const bool isNew = !text.isEmpty() && text != m_notice->text();
    m_notice->setText(visibleLines(text));
    m_notice->setVisible(!text.isEmpty());
    widgets::setTone(*m_notice, u"warn"_s);
    if (isNew)
        widgets::announce(*this, text);
}

void WaitingCard::copyLink()
{
    if (!m_attempt)
        return;
    showNotice(widgets::copyLink(m_attempt->newLink()));
    widgets::setTone(*m_notice, u"muted"_s);
}

void WaitingCard::openAgain()
{
    if (!m_attempt)
        return;
    m_attempt->openAgain().failure().whenSet([card = QPointer(this)](const std::optional<Error> &error) {
        if (card && error)
            card->showNotice(advised(*error));
    });
}

} // namespace bookdesk::pages
