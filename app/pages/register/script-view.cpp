#include "pages/register/script-view.h"

#include "core/off-thread.h"
#include "core/private-file.h"
#include "pages/register/portal-view.h"
#include "pages/register/steps-table.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/buttons.h"
#include "widgets/chip.h"
#include "widgets/labels.h"
#include "widgets/tab-bar.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <functional>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::Kind;
using widgets::Look;

ScriptView::ScriptView(QWidget *parent)
    : Card({}, parent)
    , m_tabs(widgets::tabBar(u"registrationTabs"_s, tr("How to register"), this))
    , m_said(widgets::label({}, Look::smallMuted, this))
    , m_steps(new StepsTable(this))
    , m_portal(new PortalView(this))
    , m_stack(new QStackedWidget(this))
{
    for (const QString &name : {tr("Portal steps"), tr("az script"), tr("Graph"), tr("Bicep"), tr("Terraform")})
        m_tabs->addTab(name);
    body()->setContentsMargins(1, style::metricsOf(*this).px(2), 1, 1);
    body()->setSpacing(0);
    m_stack->addWidget(m_steps);
    m_stack->addWidget(m_portal);
    body()->addWidget(m_tabs);
    body()->addWidget(makeBar());
    body()->addWidget(makeIncompleteStrip());
    body()->addWidget(m_stack, 1);
    // Long names are shortened instead.
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setElideMode(Qt::ElideRight);
    m_tabs->setCurrentIndex(static_cast<int>(Tab::az));
    connect(m_tabs, &QTabBar::currentChanged, this, &ScriptView::refresh);
    connect(m_graphTool, &QComboBox::currentIndexChanged, this, &ScriptView::refresh);
    connect(m_copy, &QPushButton::clicked, this, &ScriptView::copy);
    connect(m_save, &QPushButton::clicked, this, &ScriptView::askWhereToSave);
    connect(m_steps, &StepsTable::stepCopied, this, [this] { say(tr("The step was copied.")); });
    connect(m_portal, &PortalView::valueCopied, this,
            [this](const QString &label) { say(tr("“%1” was copied.").arg(label)); });
    refresh();
}

QWidget *ScriptView::makeBar()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *bar = new QWidget(this);
    bar->setProperty("edge", u"bottom"_s);
    m_chip = new widgets::Chip(Kind::ok, {}, {}, bar);
    m_file = new widgets::ElidedLabel({}, Look::smallMuted, bar);
    m_graphTool = new QComboBox(bar);
    m_graphTool->setObjectName(u"graphTool"_s);
    m_graphTool->setAccessibleName(tr("What sends the requests"));
    m_graphTool->addItems({u"az rest"_s, u"PowerShell"_s});
    m_copy = widgets::pushButton(tr("Copy"), u"copy"_s, widgets::ButtonLook::plain, bar);
    m_copy->setObjectName(u"copyScript"_s);
    m_save = widgets::pushButton(tr("Save…"), u"export"_s, widgets::ButtonLook::plain, bar);
    m_save->setObjectName(u"saveScript"_s);
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics.px(8));
    row->addWidget(m_chip);
    row->addStretch(1);
    row->addWidget(m_graphTool);
    row->addWidget(m_copy);
    row->addWidget(m_save);
    m_said->setObjectName(u"scriptSaid"_s);
    m_said->setWordWrap(true);
    m_said->hide();
    auto *column = new QVBoxLayout(bar);
    column->setContentsMargins(metrics.px(12), metrics.px(7), metrics.px(12), metrics.px(7));
    column->setSpacing(metrics.px(4));
    column->addLayout(row);
    column->addWidget(m_file);
    column->addWidget(m_said);
    return bar;
}

QWidget *ScriptView::makeIncompleteStrip()
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_strip = new QWidget(this);
    m_strip->setObjectName(u"incomplete"_s);
    m_strip->setProperty("edge", u"bottom"_s);
    auto *row = new QHBoxLayout(m_strip);
    row->setContentsMargins(metrics.px(12), metrics.px(8), metrics.px(12), metrics.px(8));
    row->addWidget(new widgets::IconLabel(u"info"_s, style::Role::warn, m_strip));
    row->addWidget(widgets::label(tr("Complete the form"), Look::strong, m_strip), 1);
    m_strip->hide();
    return m_strip;
}

void ScriptView::setPlan(const registration::Plan &plan)
{
    m_isOutdated = false;
    if (m_plan == plan && m_strip->isHidden())
        return;
    m_plan = plan;
    refresh();
}

void ScriptView::setIncomplete()
{
    const bool isNew = !m_isOutdated && m_plan && isVisible();
    m_isOutdated = true;
    refresh();
    if (isNew)
        widgets::announce(*m_strip, tr("Complete the form"));
}

void ScriptView::clear()
{
    m_plan.reset();
    setIncomplete();
}

void ScriptView::showTab(Tab tab) { m_tabs->setCurrentIndex(static_cast<int>(tab)); }

ScriptView::Tab ScriptView::tab() const { return static_cast<Tab>(m_tabs->currentIndex()); }

registration::Tool ScriptView::tool() const
{
    switch (tab()) {
    case Tab::graph:
        return m_graphTool->currentIndex() == 0 ? registration::Tool::azRest : registration::Tool::powerShell;
    case Tab::bicep:
        return registration::Tool::bicep;
    case Tab::terraform:
        return registration::Tool::terraform;
    case Tab::portal:
    case Tab::az:
        break;
    }
    return registration::Tool::az;
}

void ScriptView::refresh()
{
    const bool isPortal = tab() == Tab::portal;
    m_said->hide(); // it was about what is replaced
    m_script.reset();
    if (m_plan && !isPortal)
        m_script = registration::scriptFor(*m_plan, tool());
    if (isPortal)
        m_portal->setSteps(m_plan ? registration::portalSteps(*m_plan) : std::vector<registration::PortalStep>());
    else
        m_steps->setSteps(m_script ? m_script->steps : std::vector<registration::Step>());
    m_stack->setCurrentWidget(isPortal ? static_cast<QWidget *>(m_portal) : m_steps);
    m_steps->setOutdated(m_isOutdated);
    m_portal->setOutdated(m_isOutdated);
    m_strip->setVisible(m_isOutdated || !m_plan);
    showBar(m_plan && !m_isOutdated);
}

void ScriptView::showBar(bool isWhole)
{
    const bool isPortal = tab() == Tab::portal;
    const bool canBeRunTwice = m_script && m_script->canBeRunTwice;
    const QString chip = canBeRunTwice ? tr("can be run twice") : tr("run once");
    m_chip->set(
        canBeRunTwice ? Kind::ok : Kind::warn, chip,
        canBeRunTwice
            ? u"%1 %2"_s.arg(tr("It can be run twice: what is there is used, and not made again."), m_script->runAgain)
                  .trimmed()
            : tr("Run it once: it makes both registrations, even where they are there."));
    m_chip->setVisible(m_script.has_value());
    m_file->setFullText(m_script   ? tr("%1, %2").arg(m_script->fileName, m_script->runBy)
                        : isPortal ? tr("What to enter where in the Entra admin center")
                                   : QString());
    m_graphTool->setVisible(tab() == Tab::graph);
    for (QPushButton *button : {m_copy, m_save}) {
        button->setVisible(!isPortal);
        button->setEnabled(isWhole);
        button->setAccessibleDescription(isWhole ? QString() : tr("Complete the form"));
    }
}

void ScriptView::copy()
{
    QApplication::clipboard()->setText(registration::fileText(*m_script));
    say(tr("The script was copied."));
}

void ScriptView::askWhereToSave()
{
    auto *dialog = new QFileDialog(this, tr("Save script"));
    dialog->setObjectName(u"saveScriptDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(m_script->fileName);
    connect(dialog, &QFileDialog::fileSelected, this, &ScriptView::saveTo);
    dialog->open();
}

void ScriptView::saveTo(const QString &path)
{
    if (!m_script)
        return;
    const std::function<Result<void>()> work = [path, text = registration::fileText(*m_script).toUtf8()] {
        return writePrivately(path, text);
    };
    QCoro::connect(offThread<Result<void>>(work, std::stop_token()), this,
                   [this](const std::optional<Result<void>> &written) {
                       if (written && *written)
                           say(tr("The script was saved."));
                       else if (written)
                           sayFailure(advised((*written).error()));
                   });
}

void ScriptView::say(const QString &text) { showSaid(text, {}); }

void ScriptView::sayFailure(const QString &text) { showSaid(text, u"bad"_s); }

void ScriptView::showSaid(const QString &text, const QString &tone)
{
    widgets::setTone(*m_said, tone);
    m_said->setText(text);
    m_said->show();
    widgets::announce(*m_said, text);
}

} // namespace bookdesk::pages
