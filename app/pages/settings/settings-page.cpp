#include "pages/settings/settings-page.h"

#include "pages/settings/appearance-card.h"
#include "pages/settings/network-card.h"
#include "pages/settings/problems-card.h"
#include "pages/settings/sign-in-card.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/page-header.h"
#include "widgets/question-dialog.h"
#include "workspace/workspace.h"

#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

/// Of the window, in the specification's pixels.
constexpr int oneColumnBelow = 1000;

} // namespace

SettingsPage::SettingsPage(workspace::Workspace &workspace, const Clock &clock, QWidget *parent)
    : Page({u"settings"_s, tr("Settings"), {}, false}, parent)
    , m_workspace(workspace)
    , m_area(new QScrollArea(this))
    , m_columns(nullptr)
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *header = new widgets::PageHeader(tr("Settings"), this);
    header->setSubtitle(tr("Changes apply at once"));
    QPushButton *reset = widgets::pushButton(tr("Reset all…"), {}, widgets::ButtonLook::plain, this);
    reset->setObjectName(u"resetSettings"_s);
    connect(reset, &QPushButton::clicked, this, &SettingsPage::askToReset);
    header->addAction(reset);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setWidget(makeColumns(clock));
    auto *column = new QVBoxLayout(this);
    // The scroll bar is in the margin at the right.
    column->setContentsMargins(metrics.marginX(), metrics.marginY(), 0, metrics.marginY());
    column->setSpacing(metrics.gap());
    auto *top = new QHBoxLayout;
    top->setContentsMargins(0, 0, metrics.marginX(), 0);
    top->addWidget(header);
    column->addLayout(top);
    column->addWidget(m_area, 1);
    connect(m_area->verticalScrollBar(), &QScrollBar::rangeChanged, this, &SettingsPage::arrange);
    connect(m_problems, &ProblemsCard::resultsShown, this, &SettingsPage::showProblems);
    auto *cancel = new QShortcut(Qt::Key_Escape, this);
    cancel->setContext(Qt::WidgetWithChildrenShortcut);
    connect(cancel, &QShortcut::activated, m_problems, &ProblemsCard::cancel);
}

QWidget *SettingsPage::makeColumns(const Clock &clock)
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *content = new QWidget(m_area);
    content->setProperty("ground", u"clear"_s);
    m_network = new NetworkCard(m_workspace, content);
    m_problems = new ProblemsCard(m_workspace, clock, content);
    auto *choices = new QVBoxLayout;
    choices->setSpacing(metrics.gap());
    choices->addWidget(new AppearanceCard(m_workspace.settings(), content));
    choices->addWidget(new SignInCard(m_workspace, content));
    choices->addWidget(m_network, 1);
    m_columns = new QBoxLayout(QBoxLayout::LeftToRight, content);
    m_columns->setContentsMargins(0, 0, 0, 0);
    m_columns->setSpacing(metrics.gap());
    m_columns->addLayout(choices, 57);
    m_columns->addWidget(m_problems, 36);
    return content;
}

std::vector<widgets::KeyHelp> SettingsPage::keys() const
{
    return {{Qt::Key_Escape, tr("Cancel the check for problems")}};
}

void SettingsPage::setDesk(workspace::Desk *) { m_network->showEffect(); }

void SettingsPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    arrange();
}

void SettingsPage::arrange()
{
    const bool isNarrow = window()->width() < style::metricsOf(*this).px(oneColumnBelow);
    m_columns->setDirection(isNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    const QScrollBar &bar = *m_area->verticalScrollBar();
    const int taken = bar.maximum() > bar.minimum() ? bar.sizeHint().width() : 0;
    m_columns->setContentsMargins(0, 0, style::metricsOf(*this).marginX() - taken, 0);
}

/// Nobody sees results below the window's edge.
void SettingsPage::showProblems()
{
    m_area->widget()->layout()->activate();
    const int beyond = m_problems->geometry().bottom() - m_area->verticalScrollBar()->value();
    if (beyond > m_area->viewport()->height())
        m_area->verticalScrollBar()->setValue(m_problems->y());
}

void SettingsPage::askToReset()
{
    auto *question = new widgets::QuestionDialog(
        {.title = tr("Reset all settings"),
         .question = tr("Reset all settings?"),
         .text = tr("Appearance, browser, time limit and proxy get their defaults. Connections and accounts stay as "
                    "they are."),
         .confirm = tr("Reset")},
        nullptr, this);
    question->setObjectName(u"confirmReset"_s);
    connect(question, &QDialog::accepted, this, [this] { m_workspace.settings().reset(); });
    question->open();
}

} // namespace bookdesk::pages
