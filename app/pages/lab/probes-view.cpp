#include "pages/lab/probes-view.h"

#include "lab/control.h"
#include "lab/lab-words.h"
#include "lab/markdown-report.h"
#include "pages/lab/probe-detail.h"
#include "pages/lab/probes-question.h"
#include "pages/lab/probes-summary.h"
#include "pages/lab/probes-tree.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/labels.h"
#include "widgets/remembered-splitter.h"

#include <QApplication>
#include <QClipboard>
#include <QCoroTask>
#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>
#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;
using widgets::Kind;
using widgets::Look;

namespace {

/// In the specification's pixels.
constexpr int lowBelow = 480;

QPushButton *button(const QString &name, const QString &text, const QString &icon, ButtonLook look, QWidget *parent)
{
    QPushButton *made = widgets::pushButton(text, icon, look, parent);
    made->setObjectName(name);
    return made;
}

} // namespace

ProbesView::ProbesView(QWidget *parent)
    : QWidget(parent)
    , m_actions(new QWidget(this))
    , m_run(button(u"runProbes"_s, tr("Run probes"), u"play"_s, ButtonLook::primary, m_actions))
    , m_stop(button(u"stopProbes"_s, tr("Stop"), u"stop"_s, ButtonLook::plain, m_actions))
    , m_problem(new widgets::Banner(this))
    , m_unproven(new widgets::Banner(this))
    , m_summary(new ProbesSummary(this))
    , m_empty(widgets::label({}, Look::muted, this))
    , m_tree(new ProbesTree(this))
    , m_detail(new ProbeDetail(this))
{
    m_unproven->setObjectName(u"unproven"_s);
    makeActions();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::metricsOf(*this).gap());
    column->addWidget(m_problem);
    column->addWidget(m_unproven);
    column->addWidget(m_summary);
    column->addWidget(makeLists(), 1);
    connectParts();
    showAll();
}

void ProbesView::makeActions()
{
    auto *row = new QHBoxLayout(m_actions);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_run);
    row->addWidget(m_stop);
    m_stop->setToolTip(tr("Stop (Esc)"));
    m_stop->hide();
    m_actions->setFocusProxy(m_run);
}

QWidget *ProbesView::makeLists()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *left = new QWidget(this);
    left->setMinimumWidth(metrics.px(400)); // Titles are readable so.
    m_stack = new QStackedLayout(left);
    m_stack->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(m_tree);
    auto *empty = new widgets::Card({}, left);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    empty->body()->addWidget(m_empty);
    m_stack->addWidget(empty);
    auto *splitter = new widgets::RememberedSplitter(u"probes"_s, Qt::Horizontal, this);
    splitter->setHandleWidth(metrics.gap());
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 45);
    splitter->setStretchFactor(1, 55);
    splitter->restore({metrics.px(418), metrics.px(514)});
    return splitter;
}

void ProbesView::connectParts()
{
    connect(m_run, &QPushButton::clicked, this, &ProbesView::run);
    connect(m_stop, &QPushButton::clicked, this, &ProbesView::stop);
    connect(m_summary, &ProbesSummary::onlyFindingsToggled, this, [this](bool isOnly) {
        m_tree->setOnlyFindings(isOnly);
        showTotals();
    });
    connect(m_summary, &ProbesSummary::openAllAsked, this,
            [this] { m_tree->isEverythingOpen() ? m_tree->closeAll() : m_tree->openAll(); });
    connect(m_tree, &ProbesTree::opennessChanged, this,
            [this] { m_summary->showOpenness(m_tree->isEverythingOpen()); });
    connect(m_tree, &ProbesTree::selectionMoved, this, &ProbesView::showSelected);
    connect(m_detail, &ProbeDetail::exchangeAsked, this, &ProbesView::exchangeAsked);
    connect(m_detail, &ProbeDetail::copyAsked, this, &ProbesView::copyFinding);
    connect(m_detail, &ProbeDetail::againAsked, this, [this] {
        if (probes() && m_tree->selectedNumber() >= 0)
            probes()->runAgain(static_cast<std::size_t>(m_tree->selectedNumber()));
    });
    for (const auto &[key, step] : {std::pair(QKeySequence(Qt::Key_F3), 1), {QKeySequence(Qt::SHIFT | Qt::Key_F3), -1}})
        connect(new QShortcut(key, this), &QShortcut::activated, this,
                [this, step = step] { m_tree->goToFinding(step); });
}

workspace::Probes *ProbesView::probes() const { return m_desk ? &m_desk->lab().probes() : nullptr; }

void ProbesView::setDesk(workspace::Desk *desk)
{
    if (probes())
        disconnect(probes(), nullptr, this, nullptr);
    m_desk = desk;
    if (probes()) {
        connect(probes(), &workspace::Probes::replaced, this, &ProbesView::showAll);
        connect(probes(), &workspace::Probes::resultChanged, this, &ProbesView::showResult);
        connect(probes(), &workspace::Probes::controlChanged, this, &ProbesView::showControl);
        connect(probes(), &workspace::Probes::runningChanged, this, &ProbesView::showRunning);
    }
    m_problem->forget();
    m_wasRunning = probes() && probes()->isRunning();
    showAll();
}

lab::ProbeTotals ProbesView::totals() const { return lab::totalsOf(m_tree->probes().results()); }

void ProbesView::showAll()
{
    m_spokenQuarter = 0;
    m_tree->setResults(probes() ? probes()->results() : std::vector<lab::ProbeResult>());
    showRunning();
    showControl();
}

/// Nothing else on the page counts where it has failed.
void ProbesView::showControl()
{
    if (probes() && lab::hasFailed(probes()->control()))
        m_unproven->show(
            {Kind::warn, lab::controlHeadline(probes()->control()), lab::controlAdvice(probes()->control()), {}, {}});
    else
        m_unproven->forget();
    showTotals();
}

void ProbesView::showResult(int number)
{
    const lab::ProbeResult &result = probes()->results().at(static_cast<std::size_t>(number));
    m_tree->setResult(number, result);
    showTotals();
    if (number == m_tree->selectedNumber())
        showSelected();
    speak(number);
}

void ProbesView::showRunning()
{
    const bool isRunning = probes() && probes()->isRunning();
    m_run->setEnabled(probes() != nullptr);
    m_run->setText(probes() && probes()->isInterrupted() ? tr("Go on") : tr("Run probes"));
    widgets::swapFor(isRunning ? *m_run : *m_stop, isRunning ? *m_stop : *m_run);
    if (m_wasRunning && !isRunning)
        speakTotals();
    m_wasRunning = isRunning;
    showProgress();
    showSelected();
}

void ProbesView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_summary->setLow(height() < style::metricsOf(*this).px(lowBelow));
}

void ProbesView::showProgress()
{
    const bool isRunning = probes() && probes()->isRunning();
    m_summary->showProgress(m_desk ? m_desk->connection().name : QString(), m_tree->probes().results(), isRunning,
                            probes() ? probes()->timeFor(totals().waiting) : std::chrono::seconds(0));
}

void ProbesView::showTotals()
{
    const lab::ProbeResult control = probes() ? probes()->control() : lab::waitingControl();
    m_summary->showTotals(m_tree->probes().results(), control);
    const auto count = m_tree->probes().results().size();
    m_empty->setText(lab::hasFailed(control) ? tr("No findings in %1 probes, but nothing is proven").arg(count)
                                             : tr("No findings in %1 probes").arg(count));
    m_stack->setCurrentIndex(m_summary->isOnlyFindings() && totals().findings() == 0 ? 1 : 0);
    showProgress();
    Q_EMIT totalsChanged();
}

void ProbesView::showSelected()
{
    const int number = m_tree->selectedNumber();
    const std::vector<lab::ProbeResult> &results = m_tree->probes().results();
    const bool hasRun = totals().waiting < static_cast<int>(results.size());
    m_detail->setResult(number >= 0 ? std::optional(results.at(static_cast<std::size_t>(number))) : std::nullopt,
                        probes() && hasRun &&
                            results.at(static_cast<std::size_t>(std::max(number, 0))).state !=
                                lab::ProbeState::running);
}

void ProbesView::run()
{
    if (!probes() || probes()->isRunning())
        return;
    if (probes()->isInterrupted())
        return probes()->goOn();
    if (!probes()->mustAsk())
        return start();
    const auto startThere = [this, desk = m_desk] {
        if (desk == m_desk)
            start();
    };
    askBeforeProbes(*m_desk, startThere, this);
}

void ProbesView::start()
{
    if (!probes())
        return;
    m_problem->forget();
    QCoro::connect(probes()->start(), this, [this, desk = m_desk](const Result<void> &started) {
        if (started || desk != m_desk || started.error().code.kind() == ErrorKind::stopped)
            return;
        m_problem->show({Kind::bad,
                         tr("The probes could not begin"),
                         advised(started.error()),
                         widgets::errorRows(started.error()),
                         {}});
        m_problem->setClosable(true);
    });
}

void ProbesView::stop()
{
    if (probes())
        probes()->stop();
}

void ProbesView::say(const QString &text)
{
    widgets::announce(m_summary->speaker(), text);
    Q_EMIT announced(text);
}

void ProbesView::speak(int number)
{
    const lab::ProbeResult &result = m_tree->probes().results().at(static_cast<std::size_t>(number));
    if (lab::isFinding(result.state))
        say(tr("Finding: %1").arg(lab::probeSentence(result)));
    const auto count = static_cast<int>(m_tree->probes().results().size());
    const int done = count - totals().waiting;
    const int quarter = count ? 4 * done / count : 0;
    if (quarter <= m_spokenQuarter)
        return;
    m_spokenQuarter = quarter;
    if (quarter < 4)
        say(tr("%1 of %2 probes").arg(done).arg(count));
}

void ProbesView::speakTotals()
{
    if (totals().waiting < static_cast<int>(m_tree->probes().results().size()))
        say(lab::totalsText(totals()));
}

void ProbesView::copyFinding()
{
    const int number = m_tree->selectedNumber();
    if (number < 0)
        return;
    const lab::ProbeResult &result = m_tree->probes().results().at(static_cast<std::size_t>(number));
    QApplication::clipboard()->setText(lab::markdownFinding(result, lab::Remedies::forLocale()));
    widgets::announce(*m_detail, tr("The finding was copied."));
}

} // namespace bookdesk::pages
