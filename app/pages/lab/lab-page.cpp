#include "pages/lab/lab-page.h"

#include "pages/lab/endpoints-table.h"
#include "pages/lab/endpoints-view.h"
#include "pages/lab/probes-tree.h"
#include "pages/lab/probes-view.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/chip.h"
#include "widgets/page-header.h"
#include "widgets/report-dialog.h"
#include "widgets/signed-out-hint.h"
#include "widgets/tab-bar.h"

#include <QCoroTask>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QStackedLayout>
#include <QTabBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::Kind;

namespace {

/// What does not fit scrolls.
QWidget *scrolling(QWidget *content, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    content->setProperty("ground", u"clear"_s);
    area->setWidget(content);
    return area;
}

} // namespace

LabPage::LabPage(QWidget *parent)
    : Page({u"lab"_s, tr("Access lab"), Qt::CTRL | Qt::Key_3}, parent)
    , m_header(new widgets::PageHeader(tr("Access lab"), this))
    , m_report(widgets::pushButton(tr("Report…"), u"export"_s, widgets::ButtonLook::plain, this))
    , m_stack(new QStackedLayout)
    , m_tabs(widgets::tabBar(u"labTabs"_s, tr("Endpoints or probes"), this))
    , m_findings(new widgets::Chip(Kind::bad, {}, {}, this))
    , m_saved(new widgets::Banner(this))
    , m_endpoints(new EndpointsView(this))
    , m_probes(new ProbesView(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_report->setObjectName(u"labReport"_s);
    for (QWidget *action : {static_cast<QWidget *>(m_report), m_endpoints->actions(), m_probes->actions()})
        m_header->addAction(action);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.marginX(), metrics.marginY(), metrics.marginX(), metrics.marginY());
    column->setSpacing(metrics.gap());
    column->addWidget(m_header);
    auto *hint = new widgets::SignedOutHint(
        tr("Once you are signed in, this page compares what your token should be allowed with what the API does."),
        this);
    connect(hint, &widgets::SignedOutHint::signInAsked, this, &LabPage::signInAsked);
    m_stack->addWidget(hint);
    m_stack->addWidget(makeContent());
    column->addLayout(m_stack, 1);
    setFocusProxy(m_tabs);
    connectParts();
    setDesk(nullptr);
}

/// Always as high as with the chip of findings, so that nothing moves when it appears.
QWidget *LabPage::makeTabs(QWidget *parent)
{
    m_tabs->addTab(tr("Endpoints"));
    m_tabs->addTab(tr("Probes"));
    auto *line = new QWidget(parent);
    style::setEdge(*line, u"bottom"_s);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 1);
    row->addWidget(m_tabs, 0, Qt::AlignLeft | Qt::AlignBottom);
    m_findings->set(Kind::bad, tr("%1 accepted").arg(1), {});
    m_findings->adjustSize();
    m_tabs->setTabButton(probesTab, QTabBar::RightSide, m_findings);
    line->setMinimumHeight(m_tabs->sizeHint().height() + 1);
    m_tabs->setTabButton(probesTab, QTabBar::RightSide, nullptr);
    m_findings->hide();
    return line;
}

QWidget *LabPage::makeContent()
{
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::metricsOf(*this).gap());
    m_saved->setClosable(true);
    column->addWidget(makeTabs(content));
    column->addWidget(m_saved);
    m_views = new QStackedLayout;
    m_views->addWidget(scrolling(m_endpoints, content));
    m_views->addWidget(m_probes);
    column->addLayout(m_views, 1);
    return content;
}

void LabPage::connectParts()
{
    connect(m_tabs, &QTabBar::currentChanged, this, &LabPage::showTab);
    connect(m_report, &QPushButton::clicked, this, &LabPage::askWhereToSave);
    connect(m_probes, &ProbesView::totalsChanged, this, &LabPage::showTotals);
    connect(new QShortcut(QKeySequence::Refresh, this), &QShortcut::activated, m_endpoints, &EndpointsView::reload);
    auto *escape = new QShortcut(Qt::Key_Escape, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &LabPage::stop);
    connect(m_endpoints, &EndpointsView::exchangeAsked, this, &LabPage::exchangeAsked);
    connect(m_probes, &ProbesView::exchangeAsked, this, &LabPage::exchangeAsked);
}

std::vector<widgets::KeyHelp> LabPage::keys() const
{
    return {{QKeySequence::Refresh, tr("Reload the API's rules")},
            {Qt::Key_F3, tr("Next finding")},
            {Qt::SHIFT | Qt::Key_F3, tr("Finding before")},
            {Qt::Key_Escape, tr("Stop calls or probes")}};
}

void LabPage::setDesk(workspace::Desk *desk)
{
    if (m_desk)
        disconnect(&m_desk->session(), nullptr, this, nullptr);
    keepLeft();
    m_desk = desk;
    if (m_desk)
        connect(&m_desk->session(), &identity::Session::personChanged, this, &LabPage::showPerson);
    m_endpoints->setDesk(desk);
    m_probes->setDesk(desk);
    showPerson();
    restoreLeft();
}

void LabPage::keepLeft()
{
    if (!isSignedIn())
        return;
    Left left{m_tabs->currentIndex(), {}, m_probes->tree().selectedNumber()};
    EndpointsTable &endpoints = m_endpoints->table();
    if (endpoints.selectedRow() >= 0)
        left.endpoint = endpoints.endpoints().result(endpoints.selectedRow()).rule.rule;
    m_left.keep(m_desk, left);
}

void LabPage::restoreLeft()
{
    const std::optional<Left> left = m_left.take(m_desk);
    if (!left)
        return;
    m_tabs->setCurrentIndex(left->tab);
    const int endpoint = left->endpoint ? m_endpoints->table().endpoints().rowOf(*left->endpoint) : -1;
    if (endpoint >= 0)
        m_endpoints->table().selectRow(endpoint);
    if (left->probe >= 0)
        m_probes->tree().select(left->probe);
}

bool LabPage::isSignedIn() const { return m_desk && m_desk->session().current().has_value(); }

void LabPage::showPerson()
{
    m_saved->forget();
    m_stack->setCurrentIndex(isSignedIn() ? 1 : 0);
    showTotals();
    showTab();
}

void LabPage::showTab()
{
    const int tab = m_tabs->currentIndex();
    m_views->setCurrentIndex(tab);
    m_header->setSubtitle(tab == endpointsTab ? tr("What your token should be allowed, and what the API really does")
                                              : tr("What the API allows, and what it must refuse"));
    m_report->setVisible(isSignedIn());
    m_endpoints->actions()->setVisible(isSignedIn() && tab == endpointsTab);
    m_probes->actions()->setVisible(isSignedIn() && tab == probesTab);
    if (isSignedIn() && isVisible())
        m_endpoints->loadOnce();
}

void LabPage::showTotals()
{
    const lab::ProbeTotals totals = m_probes->totals();
    const QString text =
        totals.accepted ? tr("%1 accepted").arg(totals.accepted) : tr("%1 crashed").arg(totals.crashed);
    m_findings->set(totals.accepted ? Kind::bad : Kind::warn, text, text);
    m_findings->setIcon(u"warning"_s);
    m_findings->adjustSize();
    // Taken away and set again, so that the tab makes room for it.
    m_tabs->setTabButton(probesTab, QTabBar::RightSide, nullptr);
    if (totals.findings() > 0)
        m_tabs->setTabButton(probesTab, QTabBar::RightSide, m_findings);
    m_tabs->setAccessibleTabName(probesTab, totals.findings() > 0 ? tr("Probes, %1").arg(text) : tr("Probes"));
}

void LabPage::stop()
{
    if (m_tabs->currentIndex() == endpointsTab)
        m_endpoints->stop();
    else
        m_probes->stop();
}

void LabPage::askWhereToSave()
{
    QFileDialog *dialog =
        widgets::reportDialog(tr("Save the report of the access lab"), QDir::home().filePath(u"access-lab.md"_s), this);
    dialog->setObjectName(u"saveReport"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &LabPage::saveReport);
    dialog->open();
}

void LabPage::saveReport(const QString &path)
{
    if (!m_desk)
        return;
    QCoro::connect(m_desk->lab().saveReport(path), this, [this, path](const Result<void> &saved) {
        const QString shown = QDir::toNativeSeparators(path);
        if (saved)
            m_saved->show({Kind::ok, tr("The report was saved"), shown, {}, {}});
        else
            m_saved->show({Kind::bad, tr("The report was not saved"), advised(saved.error()), {}, {}});
        m_saved->setClosable(true);
    });
}

void LabPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showTab();
}

} // namespace bookdesk::pages
