#include "pages/books/proof-panel.h"

#include "core/text.h"
#include "pages/books/kept-call.h"
#include "pages/books/proof-texts.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/announcement.h"
#include "widgets/attempt-buttons.h"
#include "widgets/buttons.h"
#include "widgets/key-value-rows.h"
#include "widgets/labels.h"
#include "widgets/step-row.h"
#include "widgets/tab-order.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace bookdesk::pages {

using namespace Qt::StringLiterals;
using widgets::ButtonLook;
using widgets::Look;

namespace {

constexpr int leastHeight = 120;
constexpr int stepCount = 4;
constexpr int smallestRows = 320; ///< Beside the steps.
constexpr int around = 106;       ///< What is taken by the icon, margins and gaps.

} // namespace

ProofPanel::ProofPanel(KeptCall &kept, QWidget *parent)
    : FittingArea(leastHeight, QWIDGETSIZE_MAX, parent)
    , m_kept(kept)
    , m_headline(new widgets::ValueLabel({}, Look::section))
    , m_clock(new widgets::IconLabel(u"clock"_s, style::Role::warn))
    , m_left(new widgets::ValueLabel({}, Look::small))
    , m_text(new widgets::ValueLabel({}))
    , m_rows(new widgets::KeyValueRows)
    , m_divider(new QFrame)
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *content = new QWidget(this);
    content->setProperty("ground", u"clear"_s);
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(metrics.px(16), metrics.px(12), metrics.px(14), metrics.px(12));
    row->setSpacing(metrics.px(12) - widgets::headlineMargins().left());
    auto *shield = new widgets::IconLabel(u"shield"_s, style::Role::warn, content);
    shield->setLogicalSize(20);
    row->addWidget(shield, 0, Qt::AlignTop);
    // A widget of its own, which Tab goes through before the buttons.
    auto *texts = new QWidget(content);
    texts->setProperty("ground", u"clear"_s);
    auto *column = new QVBoxLayout(texts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics.px(6));
    m_text->setWordWrap(true);
    m_text->setContentsMargins(widgets::headlineMargins());
    m_rows->setContentsMargins(m_text->margin() + widgets::headlineMargins().left(), 0, 0, 0);
    column->addLayout(makeHead());
    column->addWidget(m_text);
    column->addLayout(makeFacts());
    column->addStretch(1);
    row->addWidget(texts, 1);
    row->addLayout(makeButtons());
    setContent(content);
    setFrameShape(QFrame::StyledPanel);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setAccessibleName(tr("More proof"));
    hide();
    connect(&m_kept, &KeptCall::changed, this, &ProofPanel::refresh);
    connect(&m_kept, &KeptCall::progressed, this, &ProofPanel::showProgress);
    connect(&m_kept, &KeptCall::ticked, this, &ProofPanel::showTime);
}

QHBoxLayout *ProofPanel::makeHead()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *head = new QHBoxLayout;
    head->setSpacing(metrics.px(6));
    makeHeadline(*m_headline);
    widgets::setTone(*m_left, u"warn"_s);
    m_left->setFocusPolicy(Qt::NoFocus);
    head->addWidget(m_headline);
    head->addSpacing(metrics.px(10));
    head->addWidget(m_clock);
    head->addWidget(m_left);
    head->addStretch(1);
    return head;
}

QBoxLayout *ProofPanel::makeFacts()
{
    m_facts = new QBoxLayout(QBoxLayout::LeftToRight);
    m_facts->setSpacing(style::metricsOf(*this).px(16));
    auto *rows = new QVBoxLayout;
    rows->addWidget(m_rows);
    rows->addStretch(1);
    m_facts->addLayout(rows, 3);
    m_divider->setObjectName(u"proofDivider"_s);
    m_divider->setFixedWidth(1);
    m_facts->addWidget(m_divider);
    auto *steps = new QVBoxLayout;
    steps->setSpacing(0);
    for (int index = 0; index < stepCount; ++index) {
        m_steps.push_back(new widgets::StepRow({}, this));
        // Its hint may count more lines than its name needs here.
        m_steps.back()->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
        steps->addWidget(m_steps.back());
    }
    steps->addStretch(1);
    m_facts->addLayout(steps, 2);
    return m_facts;
}

/// The steps go below the rows where both together would be cut off.
void ProofPanel::arrange()
{
    const style::Metrics metrics = style::metricsOf(*this);
    int taken = metrics.px(smallestRows + around);
    int steps = 0;
    for (const widgets::StepRow *step : m_steps)
        steps = std::max(steps, step->sizeHint().width());
    int buttons = 0;
    for (const QPushButton *button : m_buttons)
        buttons = std::max(buttons, button->isHidden() ? 0 : button->sizeHint().width());
    taken += steps + buttons;
    const bool isBeside = viewport()->width() >= taken;
    m_facts->setDirection(isBeside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_divider->setVisible(isBeside);
}

void ProofPanel::resizeEvent(QResizeEvent *event)
{
    arrange();
    FittingArea::resizeEvent(event);
}

QPushButton *ProofPanel::addButton(QPushButton *button, const QString &name, void (ProofPanel::*action)())
{
    button->setObjectName(name);
    connect(button, &QPushButton::clicked, this, action);
    m_buttons.push_back(button);
    return button;
}

QVBoxLayout *ProofPanel::makeButtons()
{
    const auto plain = [](const QString &text, const QString &icon) {
        return widgets::pushButton(text, icon, ButtonLook::plain);
    };
    m_prove = addButton(widgets::pushButton(proofAction({}), u"browser"_s, ButtonLook::primary), u"proveMore"_s,
                        &ProofPanel::prove);
    m_drop = addButton(plain(tr("Drop the call"), u"cross"_s), u"dropCall"_s, &ProofPanel::drop);
    m_cancel = addButton(plain(tr("Cancel"), u"stop"_s), u"cancelProof"_s, &ProofPanel::cancel);
    m_again = addButton(plain(tr("Open again"), u"browser"_s), u"openProofAgain"_s, &ProofPanel::openAgain);
    m_link = addButton(plain(tr("Link"), u"copy"_s), u"copyProofLink"_s, &ProofPanel::copyLink);
    widgets::describeLinkButton(*m_link);
    m_close = addButton(plain(tr("Close"), u"cross"_s), u"closeProof"_s, &ProofPanel::drop);
    addButton(widgets::pushButton(tr("Show exchange"), {}, ButtonLook::flat), u"proofExchange"_s,
              &ProofPanel::exchangeAsked);
    auto *column = new QVBoxLayout;
    column->setSpacing(style::metricsOf(*this).px(6));
    for (QPushButton *button : m_buttons)
        column->addWidget(button);
    column->addStretch(1);
    return column;
}

void ProofPanel::refresh()
{
    const bool isShown = m_kept.state() != KeptState::nothing && m_kept.call().waitsFor != WaitsFor::signIn;
    const bool hadFocus = widgets::holdsFocus(*this);
    setVisible(isShown);
    if (!isShown)
        return;
    showState();
    if (hadFocus)
        takeFocus();
    widgets::announce(*this, m_headline->value() + u' ' + m_text->value());
}

void ProofPanel::showState()
{
    style::setStyleProperty(*this, "kind", u"warn"_s);
    m_headline->replaceText(proofHeadline(m_kept));
    m_text->replaceText(visibleLines(proofText(m_kept)));
    m_rows->setRows(proofRows(m_kept.call()));
    const std::vector<ProofStep> steps = proofSteps(m_kept);
    for (std::size_t index = 0; index < m_steps.size(); ++index)
        m_steps.at(index)->set(steps.at(index).state, steps.at(index).name, steps.at(index).note);
    showTime();
    showButtons();
    arrange();
}

/// Nothing is announced.
void ProofPanel::showProgress()
{
    if (isVisible())
        showState();
}

void ProofPanel::showTime()
{
    m_left->replaceText(m_kept.isWaiting() ? keptText(m_kept.left()) : QString());
    m_clock->setVisible(m_kept.isWaiting());
    m_left->setVisible(m_kept.isWaiting());
}

void ProofPanel::showButtons()
{
    const KeptState state = m_kept.state();
    const bool isSigningIn = state == KeptState::signingIn;
    m_prove->setText(proofAction(m_kept.call()));
    m_prove->setVisible(state == KeptState::offered);
    m_drop->setVisible(state == KeptState::offered);
    m_close->setVisible(state == KeptState::expired);
    for (QPushButton *button : {m_cancel, m_again, m_link})
        button->setVisible(isSigningIn);
    const identity::SignIn *attempt = m_kept.attempt();
    m_again->setEnabled(attempt && attempt->hasLink());
    m_link->setEnabled(attempt && attempt->hasLink());
}

void ProofPanel::takeFocus()
{
    for (QPushButton *button : m_buttons) {
        if (!button->isHidden())
            return button->setFocus(Qt::OtherFocusReason);
    }
}

QString ProofPanel::headline() const { return m_headline->value(); }

QString ProofPanel::text() const { return m_text->value(); }

QString ProofPanel::challenge() const { return proofRows(m_kept.call()).back().value; }

QString ProofPanel::timeLeft() const { return m_left->value(); }

void ProofPanel::prove() { m_kept.prove(); }

void ProofPanel::cancel() { m_kept.cancel(); }

void ProofPanel::drop() { m_kept.drop(); }

void ProofPanel::openAgain()
{
    identity::SignIn *attempt = m_kept.attempt();
    if (!attempt)
        return;
    attempt->openAgain().failure().whenSet([panel = QPointer(this)](const std::optional<Error> &error) {
        if (panel && error)
            panel->m_text->replaceText(visibleLines(advised(*error)));
    });
}

void ProofPanel::copyLink()
{
    identity::SignIn *attempt = m_kept.attempt();
    if (!attempt)
        return;
    widgets::announce(*this, widgets::copyLink(attempt->newLink()));
}

} // namespace bookdesk::pages
