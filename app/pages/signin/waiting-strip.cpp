#include "pages/signin/waiting-strip.h"

#include "core/text.h"
#include "pages/signin/step-texts.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/flow-layout.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using widgets::ButtonLook;
using widgets::Look;

WaitingStrip::WaitingStrip(Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(std::move(clock))
    , m_icon(new widgets::IconLabel(u"refresh"_s, style::Role::accent, this))
    , m_state(widgets::label({}, Look::small, this))
    , m_left(widgets::label({}, Look::small, this))
    , m_bar(new widgets::ThinBar(tr("Time left"), this))
    , m_notice(widgets::label({}, Look::small, this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics.px(6));
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics.px(8));
    m_icon->setLogicalSize(14);
    m_state->setWordWrap(true);
    QFont bold = m_left->font();
    bold.setWeight(QFont::DemiBold);
    m_left->setFont(bold);
    row->addWidget(m_icon);
    row->addWidget(m_state, 1);
    row->addWidget(m_left);
    column->addLayout(row);
    column->addWidget(m_bar);
    m_notice->setWordWrap(true);
    column->addWidget(m_notice);
    showNotice({});
    addButtons();
    m_tick.setInterval(std::chrono::seconds(1));
    connect(&m_tick, &QTimer::timeout, this, &WaitingStrip::showTimeLeft);
    refresh();
}

void WaitingStrip::addButtons()
{
    m_cancel = widgets::pushButton(tr("Cancel"), u"stop"_s, ButtonLook::plain, this);
    m_open = widgets::pushButton(tr("Open again"), u"browser"_s, ButtonLook::plain, this);
    m_again = widgets::pushButton(tr("Try again"), u"refresh"_s, ButtonLook::plain, this);
    auto *back = widgets::pushButton(tr("Back"), {}, ButtonLook::flat, this);
    m_cancel->setObjectName(u"cancelWhileExplaining"_s);
    m_open->setObjectName(u"openAgainWhileExplaining"_s);
    m_again->setObjectName(u"tryAgainWhileExplaining"_s);
    back->setObjectName(u"backToSteps"_s);
    auto *row = new widgets::FlowLayout(style::metricsOf(*this).px(8));
    for (QPushButton *button : {m_cancel, m_open, m_again, back})
        row->addWidget(button);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_attempt)
            m_attempt->cancel();
    });
    connect(m_open, &QPushButton::clicked, this, &WaitingStrip::openAgain);
    connect(m_again, &QPushButton::clicked, this, &WaitingStrip::againAsked);
    connect(back, &QPushButton::clicked, this, &WaitingStrip::backAsked);
}

void WaitingStrip::setAttempt(identity::SignIn *attempt)
{
    if (m_attempt)
        m_attempt->disconnect(this);
    m_attempt = attempt;
    showNotice({});
    if (attempt) {
        m_whole = std::max(duration_cast<milliseconds>(attempt->deadline() - m_clock()), milliseconds(1));
        connect(attempt, &identity::SignIn::progressed, this, &WaitingStrip::refresh);
    }
    refresh();
}

void WaitingStrip::openAgain()
{
    if (!m_attempt)
        return;
    showNotice({});
    m_attempt->openAgain().failure().whenSet([strip = QPointer(this)](const std::optional<Error> &error) {
        if (strip && strip->m_attempt && error)
            strip->showNotice(advised(*error));
    });
}

void WaitingStrip::showNotice(const QString &text)
{
    m_notice->setText(visibleLines(text));
    m_notice->setVisible(!text.isEmpty());
    widgets::setTone(*m_notice, u"warn"_s);
    if (!text.isEmpty())
        widgets::announce(*this, text);
}

void WaitingStrip::refresh()
{
    const bool isWaiting = m_attempt != nullptr;
    m_state->setText(isWaiting ? tr("Still waiting for the browser") : tr("The sign-in has ended"));
    m_icon->setIcon(isWaiting ? u"refresh"_s : u"info"_s, isWaiting ? style::Role::accent : style::Role::muted);
    m_cancel->setVisible(isWaiting);
    m_open->setVisible(isWaiting);
    m_open->setEnabled(isWaiting && m_attempt->hasLink());
    m_again->setVisible(!isWaiting);
    m_left->setVisible(isWaiting);
    if (isWaiting) {
        m_tick.start();
        showTimeLeft();
    } else {
        m_tick.stop();
        m_bar->stop();
    }
}

void WaitingStrip::showTimeLeft()
{
    if (!m_attempt)
        return;
    const milliseconds left = duration_cast<milliseconds>(m_attempt->deadline() - m_clock());
    m_left->setText(timeLeftText(duration_cast<std::chrono::seconds>(left)));
    m_bar->setFraction(std::clamp(static_cast<double>(left.count()) / static_cast<double>(m_whole.count()), 0.0, 1.0));
}

QString WaitingStrip::state() const { return m_state->text(); }

QString WaitingStrip::notice() const { return m_notice->text(); }

QString WaitingStrip::timeLeft() const { return m_left->isHidden() ? QString() : m_left->text(); }

} // namespace bookdesk::pages
