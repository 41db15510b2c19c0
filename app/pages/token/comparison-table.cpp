#include "pages/token/comparison-table.h"

#include "core/text.h"
#include "pages/token/checks-list.h"
#include "pages/token/comparison-delegate.h"
#include "pages/token/text-rows.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/chip.h"
#include "widgets/column-shares.h"
#include "widgets/flow-layout.h"
#include "widgets/search-field.h"
#include "widgets/tall-rows-table.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using books::Difference;
using widgets::Kind;

namespace {

QString signOf(Difference difference)
{
    switch (difference) {
    case Difference::added:
        return u"+ "_s;
    case Difference::removed:
        return u"− "_s;
    case Difference::changed:
        return u"≠ "_s;
    case Difference::same:
        break;
    }
    return u"= "_s;
}

/// Of nothing, no colour is shown.
void showCount(widgets::Chip &chip, Kind kind, const QString &icon, int count, const QString &text)
{
    chip.set(count == 0 ? Kind::neutral : kind, text, text);
    chip.setIcon(icon);
}

} // namespace

ComparisonTable::ComparisonTable(QWidget *parent)
    : Card({}, parent)
    , m_meanings(jose::ClaimMeanings::forLocale())
    , m_added(new widgets::Chip(Kind::ok, {}, {}, this))
    , m_removed(new widgets::Chip(Kind::bad, {}, {}, this))
    , m_changed(new widgets::Chip(Kind::warn, {}, {}, this))
    , m_same(new widgets::Chip(Kind::neutral, {}, {}, this))
    , m_showsSame(new QCheckBox(tr("Show what is the same"), this))
    , m_filter(new widgets::SearchField(tr("Filter claims"), this))
    , m_rows(new TextRows({tr("Difference"), tr("Claim"), tr("A"), tr("B"), tr("What it means")}, this))
    , m_table(new widgets::TallRowsTable(this))
{
    setUpTable();
    body()->setContentsMargins(1, style::metricsOf(*this).px(4), 1, 1);
    body()->setSpacing(0);
    body()->addWidget(makeTop());
    body()->addWidget(m_table, 1);
    connect(m_showsSame, &QCheckBox::toggled, this, &ComparisonTable::showRows);
    connect(m_filter, &QLineEdit::textChanged, this, &ComparisonTable::showRows);
}

QWidget *ComparisonTable::makeTop()
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_showsSame->setObjectName(u"showSame"_s);
    m_filter->setObjectName(u"differenceFilter"_s);
    m_filter->setShortcut(QKeySequence::Find);
    m_filter->setMinimumWidth(metrics.px(90));
    m_filter->setMaximumWidth(metrics.px(200));
    auto *top = new QWidget(this);
    style::setEdge(*top, u"bottom"_s);
    auto *row = new QHBoxLayout(top);
    row->setContentsMargins(metrics.px(14), metrics.px(4), metrics.px(14), metrics.px(8));
    row->setSpacing(metrics.px(8));
    auto *counts = new QWidget(this);
    auto *chips = new widgets::FlowLayout(metrics.px(8), counts);
    for (widgets::Chip *chip : {m_added, m_removed, m_changed, m_same})
        chips->addWidget(chip);
    row->addWidget(counts, 20, Qt::AlignVCenter);
    row->addWidget(m_showsSame);
    row->addWidget(m_filter, 10);
    return top;
}

void ComparisonTable::setUpTable()
{
    m_table->setObjectName(u"differences"_s);
    m_table->setAccessibleName(tr("Differences"));
    m_table->setModel(m_rows);
    m_table->setItemDelegate(new ComparisonDelegate(m_table));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionsClickable(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    new widgets::ColumnShares(m_table, {16, 13, 24, 24, 23});
    frameless(*m_table);
    // Row heights depend on the columns' widths; a timer combines the changes of all columns into one fit.
    auto *fit = new QTimer(this);
    fit->setSingleShot(true);
    connect(fit, &QTimer::timeout, m_table, &QTableView::resizeRowsToContents);
    connect(header, &QHeaderView::sectionResized, fit, [fit] { fit->start(0); });
}

void ComparisonTable::setComparison(books::TokenComparison comparison, const QString &a, const QString &b)
{
    m_comparison = std::move(comparison);
    m_rows->setHeaderData(ComparisonDelegate::aColumn, Qt::Horizontal,
                          a.isEmpty() ? tr("A") : tr("A, %1", "token A, what it is").arg(a));
    m_rows->setHeaderData(ComparisonDelegate::bColumn, Qt::Horizontal,
                          b.isEmpty() ? tr("B") : tr("B, %1", "token B, what it is").arg(b));
    showRows();
}

bool ComparisonTable::isShown(const books::ClaimDifference &claim) const
{
    if (claim.difference == Difference::same && !m_showsSame->isChecked())
        return false;
    const QStringList texts = {claim.name, books::comparedValue(claim.a), books::comparedValue(claim.b)};
    return searchText(texts.join(u' ')).contains(searchText(m_filter->text()));
}

std::vector<ComparisonTable::Row> ComparisonTable::rowsOf(books::ClaimGroup group) const
{
    std::vector<Row> rows;
    for (const books::ClaimDifference &claim : m_comparison.claims) {
        if (claim.group == group && isShown(claim))
            rows.push_back({{signOf(claim.difference) + books::differenceName(claim.difference), visible(claim.name),
                             books::comparedValue(claim.a), books::comparedValue(claim.b),
                             books::differenceMeaning(claim, m_meanings)},
                            books::differenceSentence(claim),
                            {},
                            claim.difference,
                            claim.movedBy.has_value(),
                            books::spansOnlyInA(claim),
                            books::spansOnlyInB(claim)});
    }
    if (!rows.empty())
        rows.insert(rows.begin(), headingOf(group));
    return rows;
}

ComparisonTable::Row ComparisonTable::headingOf(books::ClaimGroup group)
{
    const QString name = books::claimGroupName(group);
    const QString subtitle = books::claimGroupDetail(group);
    return {{name, {}, {}, {}, {}}, subtitle.isEmpty() ? name : name + u", "_s + subtitle, subtitle};
}

void ComparisonTable::showCounts()
{
    const auto number = [this](Difference difference) { return static_cast<int>(m_comparison.count(difference)); };
    const int added = number(Difference::added);
    const int removed = number(Difference::removed);
    const int changed = number(Difference::changed);
    const int same = number(Difference::same);
    showCount(*m_added, Kind::ok, u"plus"_s, added, tr("%1 added").arg(added));
    showCount(*m_removed, Kind::bad, u"dash"_s, removed, tr("%1 removed").arg(removed));
    showCount(*m_changed, Kind::warn, u"differs"_s, changed, tr("%1 changed").arg(changed));
    showCount(*m_same, Kind::neutral, {}, same, tr("%1 the same").arg(same));
}

void ComparisonTable::showRows()
{
    showCounts();
    std::vector<Row> rows;
    for (const books::ClaimGroup group : books::allClaimGroups)
        std::ranges::move(rowsOf(group), std::back_inserter(rows));
    std::vector<QStringList> texts;
    std::ranges::transform(rows, std::back_inserter(texts), &Row::cells);
    m_table->clearSpans();
    m_rows->fill(texts);
    for (int number = 0; number < m_rows->rowCount(); ++number)
        showRow(number, rows.at(static_cast<std::size_t>(number)));
    m_table->resizeRowsToContents();
}

void ComparisonTable::showRow(int number, const Row &row)
{
    const auto set = [this, number](int column, const QVariant &value, int role) {
        m_rows->setData(m_rows->index(number, column), value, role);
    };
    set(0, row.sentence, Qt::AccessibleTextRole);
    // Screen readers find empty cells, too, and those that a title spans.
    for (int column = 1; column < m_rows->columnCount(); ++column) {
        const QString text = row.cells.at(column);
        set(column, text.isEmpty() ? row.sentence : text, Qt::AccessibleTextRole);
    }
    set(0, row.subtitle, ComparisonDelegate::subtitleRole);
    set(0, row.difference ? QVariant::fromValue(*row.difference) : QVariant(), ComparisonDelegate::differenceRole);
    set(ComparisonDelegate::aColumn, QVariant::fromValue(row.onlyInA), ComparisonDelegate::spansRole);
    set(ComparisonDelegate::bColumn, QVariant::fromValue(row.onlyInB), ComparisonDelegate::spansRole);
    for (const int column : {ComparisonDelegate::aColumn, ComparisonDelegate::bColumn})
        set(column, row.isTime, ComparisonDelegate::isTimeRole);
    if (!row.difference)
        m_table->setSpan(number, 0, 1, m_rows->columnCount());
}

} // namespace bookdesk::pages
