#include "pages/lab/probes-model.h"

#include "lab/lab-words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using lab::ProbeResult;
using lab::ProbeState;
using widgets::Kind;
using widgets::PaintedChip;

namespace {

/// An index's internal ID: 0 for groups, or one more than the group of a probe.
constexpr quintptr ofGroups = 0;

int sumOf(const lab::ProbeTotals &totals)
{
    return totals.waiting + totals.refused + totals.unproven + totals.findings() + totals.noAnswer + totals.notPossible;
}

} // namespace

ProbeMark markOf(const ProbeResult &result)
{
    const QString status = QString::number(result.status);
    switch (result.state) {
    case ProbeState::waiting:
        return {{Kind::neutral, ProbesModel::tr("waiting"), u"dash"_s}, style::Role::muted};
    case ProbeState::running:
        return {{Kind::accent, ProbesModel::tr("running"), u"refresh"_s}, style::Role::accent};
    case ProbeState::refused:
        return {{Kind::ok, status}, {}};
    case ProbeState::unproven:
        return {{Kind::neutral, ProbesModel::tr("%1 unproven").arg(status), u"dash"_s}, {}};
    case ProbeState::accepted:
        return {{Kind::loud, ProbesModel::tr("%1 accepted").arg(status)}, {}};
    case ProbeState::crashed:
        return {{Kind::warn, ProbesModel::tr("%1 crashed").arg(status)}, {}};
    case ProbeState::noAnswer:
        return {{Kind::neutral, ProbesModel::tr("no answer"), u"dash"_s}, {}};
    case ProbeState::notPossible:
        break;
    }
    return {{Kind::neutral, ProbesModel::tr("not possible"), u"dash"_s}, style::Role::muted};
}

std::vector<PaintedChip> totalsChips(const lab::ProbeTotals &totals)
{
    std::vector<PaintedChip> chips;
    if (totals.refused > 0 && totals.refused == sumOf(totals))
        chips.push_back({Kind::ok, ProbesModel::tr("%1 of %2 refused").arg(totals.refused).arg(sumOf(totals))});
    else if (totals.refused > 0)
        chips.push_back({Kind::ok, ProbesModel::tr("%1 refused").arg(totals.refused)});
    if (totals.unproven > 0)
        chips.push_back({Kind::neutral, ProbesModel::tr("%1 unproven").arg(totals.unproven), u"dash"_s});
    if (totals.notPossible > 0)
        chips.push_back({Kind::neutral, ProbesModel::tr("%1 not possible").arg(totals.notPossible), u"dash"_s});
    if (totals.noAnswer > 0)
        chips.push_back({Kind::neutral, ProbesModel::tr("%1 no answer").arg(totals.noAnswer), u"dash"_s});
    if (totals.crashed > 0)
        chips.push_back({Kind::warn, ProbesModel::tr("%1 crashed").arg(totals.crashed)});
    if (totals.accepted > 0)
        chips.push_back({Kind::bad, ProbesModel::tr("%1 accepted").arg(totals.accepted), u"warning"_s});
    return chips;
}

void ProbesModel::setResults(const std::vector<ProbeResult> &results)
{
    beginResetModel();
    m_results = results;
    m_groups.clear();
    for (const lab::ProbeGroup group : lab::allProbeGroups) {
        Group made{group, {}};
        for (std::size_t number = 0; number < results.size(); ++number) {
            if (results[number].probe.group == group)
                made.numbers.push_back(static_cast<int>(number));
        }
        if (!made.numbers.empty())
            m_groups.push_back(std::move(made));
    }
    endResetModel();
}

void ProbesModel::setResult(int number, const ProbeResult &result)
{
    m_results.at(static_cast<std::size_t>(number)) = result;
    const QModelIndex changed = indexOf(number);
    Q_EMIT dataChanged(changed, indexOf(number, actualColumn));
    Q_EMIT dataChanged(changed.parent(), changed.parent());
}

QModelIndex ProbesModel::indexOf(int number, int column) const
{
    for (std::size_t group = 0; group < m_groups.size(); ++group) {
        const std::vector<int> &numbers = m_groups[group].numbers;
        const auto found = std::ranges::find(numbers, number);
        if (found != numbers.end())
            return createIndex(static_cast<int>(found - numbers.begin()), column, group + 1);
    }
    return {};
}

int ProbesModel::numberOf(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == ofGroups)
        return -1;
    return m_groups.at(index.internalId() - 1).numbers.at(static_cast<std::size_t>(index.row()));
}

lab::ProbeTotals ProbesModel::totalsOf(int group) const
{
    std::vector<ProbeResult> results;
    for (const int number : m_groups.at(static_cast<std::size_t>(group)).numbers)
        results.push_back(m_results.at(static_cast<std::size_t>(number)));
    return lab::totalsOf(results);
}

QModelIndex ProbesModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : ofGroups);
}

QModelIndex ProbesModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == ofGroups)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, ofGroups);
}

int ProbesModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    const bool isGroup = parent.internalId() == ofGroups && parent.column() == titleColumn;
    return isGroup ? static_cast<int>(m_groups.at(static_cast<std::size_t>(parent.row())).numbers.size()) : 0;
}

int ProbesModel::columnCount(const QModelIndex &) const { return columnsEnd; }

QString ProbesModel::groupText(int group, int role) const
{
    QString title = lab::groupTitle(m_groups.at(static_cast<std::size_t>(group)).group);
    if (role == Qt::DisplayRole)
        return title;
    return tr("%1, %2").arg(title, lab::totalsText(totalsOf(group)));
}

QString ProbesModel::probeText(const ProbeResult &result, int column, int role) const
{
    const bool isSpoken = role == Qt::AccessibleTextRole;
    switch (column) {
    case titleColumn:
        return isSpoken ? lab::probeSentence(result) : result.probe.title;
    case expectedColumn:
        return isSpoken ? tr("expected %1").arg(result.probe.expected) : QString::number(result.probe.expected);
    default:
        return markOf(result).chip.text;
    }
}

QVariant ProbesModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    if (const int number = numberOf(index); number >= 0)
        return probeText(m_results.at(static_cast<std::size_t>(number)), index.column(), role);
    // A group's title spans its row, of which screen readers still find every cell.
    const bool isTitle = index.column() == titleColumn || role == Qt::AccessibleTextRole;
    return isTitle ? QVariant(groupText(index.row(), role)) : QVariant();
}

QVariant ProbesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case titleColumn:
        return tr("Probe");
    case expectedColumn:
        return tr("Expected");
    default:
        return tr("Actual");
    }
}

} // namespace bookdesk::pages
