#include "pages/lab/probes-summary.h"

#include "core/durations.h"
#include "core/text.h"
#include "lab/control.h"
#include "pages/lab/probes-model.h"
#include "style/icons.h"
#include "style/metrics.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/chip.h"
#include "widgets/flow-layout.h"
#include "widgets/labels.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::Kind;
using widgets::Look;

namespace {

/// Why probes are not possible here, one sentence for each reason.
QStringList reasonsOf(const std::vector<lab::ProbeResult> &results)
{
    QStringList reasons;
    for (const lab::ProbeResult &result : results) {
        if (result.state == lab::ProbeState::notPossible && !reasons.contains(result.why))
            reasons += result.why;
    }
    return reasons;
}

/// What matters most first.
std::vector<widgets::PaintedChip> chipsOf(const lab::ProbeTotals &totals)
{
    std::vector<widgets::PaintedChip> chips = totalsChips(totals);
    std::ranges::reverse(chips);
    if (totals.waiting > 0)
        chips.push_back({Kind::neutral, ProbesSummary::tr("%1 to go").arg(totals.waiting), u"dash"_s});
    return chips;
}

} // namespace

ProbesSummary::ProbesSummary(QWidget *parent)
    : Card({}, parent)
    , m_title(widgets::label({}, Look::section, this))
    , m_subtitle(new widgets::ElidedLabel(tr("GET /api/v1/books with tokens that a sound API must refuse"),
                                          Look::smallMuted, this))
    , m_count(widgets::label({}, Look::small, this))
    , m_pace(widgets::label({}, Look::smallMuted, this))
    , m_bar(new widgets::ThinBar(tr("Probes done"), this))
    , m_chipsArea(new QWidget(this))
    , m_chips(new widgets::FlowLayout(style::metricsOf(*this).px(8), m_chipsArea))
    , m_onlyFindings(new QCheckBox(tr("Only findings"), this))
    , m_openAll(widgets::pushButton(tr("Open all"), u"chevron-down"_s, widgets::ButtonLook::flat, this))
    , m_leftOut(widgets::label({}, Look::smallMuted, this))
{
    m_onlyFindings->setObjectName(u"onlyFindings"_s);
    m_openAll->setObjectName(u"openAll"_s);
    m_leftOut->setWordWrap(true);
    setLow(false);
    body()->addLayout(makeTop());
    body()->addWidget(m_bar);
    body()->addLayout(makeBottom());
    body()->addWidget(m_leftOut);
    connect(m_onlyFindings, &QCheckBox::toggled, this, &ProbesSummary::onlyFindingsToggled);
    connect(m_openAll, &QPushButton::clicked, this, &ProbesSummary::openAllAsked);
}

QHBoxLayout *ProbesSummary::makeTop()
{
    QFont bold = m_count->font();
    bold.setWeight(QFont::DemiBold);
    m_count->setFont(bold);
    auto *row = new QHBoxLayout;
    row->setSpacing(style::metricsOf(*this).px(10));
    row->addWidget(m_title);
    row->addWidget(m_subtitle, 1);
    row->addWidget(m_count);
    row->addWidget(m_pace);
    return row;
}

QHBoxLayout *ProbesSummary::makeBottom()
{
    QSizePolicy grows(QSizePolicy::Expanding, QSizePolicy::Preferred);
    grows.setHeightForWidth(true);
    m_chipsArea->setSizePolicy(grows);
    auto *row = new QHBoxLayout;
    row->setSpacing(style::metricsOf(*this).px(10));
    row->addWidget(m_chipsArea, 1, Qt::AlignVCenter);
    row->addWidget(m_onlyFindings);
    row->addWidget(m_openAll);
    return row;
}

void ProbesSummary::setLow(bool isLow)
{
    const style::Metrics metrics = style::metricsOf(*this);
    body()->setContentsMargins(metrics.px(14), metrics.px(isLow ? 8 : 12), metrics.px(14), metrics.px(isLow ? 3 : 8));
    body()->setSpacing(metrics.px(isLow ? 4 : 9));
}

bool ProbesSummary::isOnlyFindings() const { return m_onlyFindings->isChecked(); }

void ProbesSummary::showOpenness(bool isEverythingOpen)
{
    m_openAll->setText(isEverythingOpen ? tr("Close all") : tr("Open all"));
    m_openAll->setIcon(style::icon(isEverythingOpen ? u"chevron-up"_s : u"chevron-down"_s, style::Role::accent));
}

void ProbesSummary::showProgress(const QString &connection, const std::vector<lab::ProbeResult> &results,
                                 bool isRunning, std::chrono::seconds left)
{
    const int waiting = lab::totalsOf(results).waiting;
    const auto count = static_cast<int>(results.size());
    m_title->setText(isRunning          ? tr("Probing the books API of %1").arg(connection)
                     : waiting == count ? tr("Probes of the books API of %1").arg(connection)
                                        : tr("Probed the books API of %1").arg(connection));
    m_count->setText(waiting == count && !isRunning ? tr("%1 probes").arg(count)
                                                    : tr("%1 of %2").arg(count - waiting).arg(count));
    m_pace->setText(tr("two a second, about %1 left").arg(durationText(left)));
    m_pace->setVisible(isRunning && left.count() > 0);
    m_bar->setFraction(count ? double(count - waiting) / count : 0);
}

void ProbesSummary::addChip(const widgets::PaintedChip &shown, const QString &sentence)
{
    auto *chip = new widgets::Chip(shown.kind, shown.text, sentence, m_chipsArea);
    chip->setIcon(shown.icon);
    m_chips->addWidget(chip);
    chip->show();
}

void ProbesSummary::showTotals(const std::vector<lab::ProbeResult> &results, const lab::ProbeResult &control)
{
    const lab::ProbeTotals totals = lab::totalsOf(results);
    m_chips->clear();
    for (widgets::PaintedChip shown : chipsOf(totals)) {
        shown.kind = shown.kind == Kind::bad ? Kind::loud : shown.kind;
        addChip(shown, shown.text);
    }
    if (lab::hasPassed(control))
        addChip({Kind::ok, tr("genuine token %1").arg(control.status)}, lab::controlHeadline(control));
    m_leftOut->setText(tr("Not possible here: %1. %2")
                           .arg(QString::number(totals.notPossible), visible(reasonsOf(results).join(u' '))));
    m_leftOut->setVisible(totals.notPossible > 0);
}

} // namespace bookdesk::pages
