#include "pages/lab/probes-tree.h"

#include "pages/lab/probe-delegate.h"
#include "style/metrics.h"
#include "widgets/round-frame.h"

#include <QFocusEvent>
#include <QHeaderView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using lab::ProbeResult;

namespace {

/// The style sheet moves the first title to the right, and Qt counts that for the width of the other sections, too.
class ProbesHeader : public QHeaderView
{
public:
    using QHeaderView::QHeaderView;

protected:
    QSize sectionSizeFromContents(int column) const override
    {
        QSize size = QHeaderView::sectionSizeFromContents(column);
        if (column != ProbesModel::titleColumn)
            size.rwidth() -= style::metricsOf(*this).px(34);
        return size;
    }
};

} // namespace

ProbesTree::ProbesTree(QWidget *parent)
    : QTreeView(parent)
    , m_probes(new ProbesModel(this))
    , m_corner(widgets::headerCorner(*this))
{
    new widgets::RoundFrame(this);
    setUp();
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &ProbesTree::selectionMoved);
    connect(this, &QAbstractItemView::clicked, this, &ProbesTree::toggle);
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex &index) {
        m_closed.insert(index.row());
        Q_EMIT opennessChanged();
    });
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex &index) {
        m_closed.erase(index.row());
        Q_EMIT opennessChanged();
    });
}

void ProbesTree::setUp()
{
    const style::Metrics metrics = style::metricsOf(*this);
    setObjectName(u"probes"_s);
    setAccessibleName(tr("Probes"));
    setHeader(new ProbesHeader(Qt::Horizontal, this));
    setModel(m_probes);
    setItemDelegate(new ProbeDelegate(*m_probes, this));
    setRootIsDecorated(false);
    setIndentation(0); // the delegate paints it
    setExpandsOnDoubleClick(false);
    setTabKeyNavigation(false);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setUniformRowHeights(false);
    setMinimumWidth(metrics.px(300));
    header()->setStretchLastSection(false);
    header()->setSectionsClickable(false);
    header()->setSectionsMovable(false);
    header()->setMinimumSectionSize(metrics.px(40));
}

void ProbesTree::updateGeometries()
{
    QTreeView::updateGeometries();
    m_corner->setFixedHeight(header()->height());
}

void ProbesTree::setResults(const std::vector<ProbeResult> &results)
{
    m_closed.clear();
    m_probes->setResults(results);
    for (int group = 0; group < m_probes->rowCount(); ++group)
        setFirstColumnSpanned(group, {}, true);
    for (std::size_t number = 0; number < results.size(); ++number)
        noteFinding(static_cast<int>(number));
    hideRows();
    Q_EMIT selectionMoved();
    Q_EMIT opennessChanged();
}

void ProbesTree::setResult(int number, const ProbeResult &result)
{
    m_probes->setResult(number, result);
    noteFinding(number);
    if (m_isOnlyFindings)
        hideRows();
}

void ProbesTree::noteFinding(int number)
{
    const QModelIndex index = m_probes->indexOf(number);
    if (!lab::isFinding(m_probes->results().at(static_cast<std::size_t>(number)).state))
        return;
    if (!m_closed.contains(index.parent().row()))
        setExpanded(index.parent(), true);
    if (selectedNumber() < 0)
        select(number);
}

int ProbesTree::selectedNumber() const
{
    const QModelIndexList rows = selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : m_probes->numberOf(rows.first());
}

void ProbesTree::select(int number)
{
    const QModelIndex index = m_probes->indexOf(number);
    setExpanded(index.parent(), true);
    setCurrentIndex(index);
    scrollTo(index);
}

void ProbesTree::setOnlyFindings(bool isOnly)
{
    m_isOnlyFindings = isOnly;
    hideRows();
    if (isOnly)
        openAll();
    scrollTo(currentIndex());
}

void ProbesTree::hideRows()
{
    for (int group = 0; group < m_probes->rowCount(); ++group) {
        const QModelIndex parent = m_probes->index(group, 0);
        setRowHidden(group, {}, m_isOnlyFindings && m_probes->totalsOf(group).findings() == 0);
        for (int row = 0; row < m_probes->rowCount(parent); ++row) {
            const auto number = static_cast<std::size_t>(m_probes->numberOf(m_probes->index(row, 0, parent)));
            setRowHidden(row, parent, m_isOnlyFindings && !lab::isFinding(m_probes->results()[number].state));
        }
    }
}

bool ProbesTree::isEverythingOpen() const
{
    for (int group = 0; group < m_probes->rowCount(); ++group) {
        if (!isRowHidden(group, {}) && !isExpanded(m_probes->index(group, 0)))
            return false;
    }
    return true;
}

void ProbesTree::openAll()
{
    m_closed.clear();
    expandAll();
    Q_EMIT opennessChanged();
}

void ProbesTree::closeAll()
{
    for (int group = 0; group < m_probes->rowCount(); ++group)
        setExpanded(m_probes->index(group, 0), false);
}

void ProbesTree::toggle(const QModelIndex &index)
{
    if (m_probes->numberOf(index) < 0)
        setExpanded(index, !isExpanded(index));
}

void ProbesTree::goToFinding(int step)
{
    const auto count = static_cast<int>(m_probes->results().size());
    const int from = selectedNumber() < 0 ? (step > 0 ? -1 : count) : selectedNumber();
    for (int i = 1; i <= count; ++i) {
        const int number = ((from + i * step) % count + count) % count;
        if (lab::isFinding(m_probes->results()[static_cast<std::size_t>(number)].state))
            return select(number);
    }
}

/// As in RowTable: Qt 6.4 reports each change of the current row as a move of the accessibility focus.
void ProbesTree::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    if (hasFocus())
        QTreeView::currentChanged(current, previous);
    else
        QAbstractItemView::currentChanged(current, previous); // NOLINT(bugprone-parent-virtual-call)
}

void ProbesTree::focusInEvent(QFocusEvent *event)
{
    QTreeView::focusInEvent(event);
    // Without a selection, nothing shows where the keys lead.
    if (selectionModel()->selectedRows().isEmpty() && event->reason() != Qt::MouseFocusReason &&
        m_probes->rowCount() > 0)
        setCurrentIndex(m_probes->index(0, 0));
}

void ProbesTree::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    const style::Metrics metrics = style::metricsOf(*this);
    const int expected = std::max(metrics.px(66), header()->sectionSizeHint(ProbesModel::expectedColumn));
    const int actual = std::max(metrics.px(124), header()->sectionSizeHint(ProbesModel::actualColumn));
    setColumnWidth(ProbesModel::expectedColumn, expected);
    setColumnWidth(ProbesModel::actualColumn, actual);
    setColumnWidth(ProbesModel::titleColumn, std::max(viewport()->width() - expected - actual, metrics.px(90)));
}

} // namespace bookdesk::pages
