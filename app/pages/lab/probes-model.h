/// ProbesModel: the probes with their results, in groups.
#pragma once

#include "lab/probe-result.h"
#include "widgets/painted-chip.h"

#include <QAbstractItemModel>

#include <optional>
#include <vector>

namespace bookdesk::pages {

/// Groups are the rows at the top, probes are below them. Plain text. GUI thread.
class ProbesModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { titleColumn, expectedColumn, actualColumn, columnsEnd };

    using QAbstractItemModel::QAbstractItemModel;

    void setResults(const std::vector<lab::ProbeResult> &results);
    /// @param number in the order of the catalogue.
    void setResult(int number, const lab::ProbeResult &result);

    const std::vector<lab::ProbeResult> &results() const { return m_results; }
    /// The probe's row.
    QModelIndex indexOf(int number, int column = titleColumn) const;
    /// The number of the probe at @p index; -1 for a group.
    int numberOf(const QModelIndex &index) const;
    lab::ProbeTotals totalsOf(int group) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Group
    {
        lab::ProbeGroup group;
        std::vector<int> numbers; ///< Of its probes.
    };

    QString groupText(int group, int role) const;
    QString probeText(const lab::ProbeResult &result, int column, int role) const;

    std::vector<lab::ProbeResult> m_results;
    std::vector<Group> m_groups;
};

/// How a probe's state is shown: a chip, or icon and word without a ground.
struct ProbeMark
{
    widgets::PaintedChip chip;
    std::optional<style::Role> ink; ///< Set where there is no ground.
};
ProbeMark markOf(const lab::ProbeResult &result);

/// The chips of a group or of a run, what matters most last; none where all wait.
std::vector<widgets::PaintedChip> totalsChips(const lab::ProbeTotals &totals);

} // namespace bookdesk::pages
