/// EndpointsModel: the endpoints of the API, one per row: what they need, what the token has, predicted and actual.
#pragma once

#include "lab/endpoint-result.h"
#include "widgets/painted-chip.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace bookdesk::pages {

/// Texts are plain, with control characters made visible. GUI thread.
class EndpointsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        methodColumn,
        pathColumn,
        needsColumn,
        tokenColumn,
        predictedColumn,
        actualColumn,
        differenceColumn,
        runColumn,
        columnsEnd,
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// @param current the call under way. @param canRun whether another one can begin.
    void setResults(std::vector<lab::EndpointResult> results, const std::optional<books::AccessRule> &current,
                    bool canRun);
    const lab::EndpointResult &result(int row) const { return m_results.at(static_cast<std::size_t>(row)); }
    /// The row of this call, or -1.
    int rowOf(const books::AccessRule &rule) const;
    bool isRunning(int row) const { return row == m_current; }
    bool canRun() const { return m_canRun; }

    /// What is painted in place of the text; nothing for cells of text.
    std::optional<widgets::PaintedChip> chip(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const lab::EndpointResult &result, int row, int column) const;
    QString accessibleText(const lab::EndpointResult &result, int row, int column) const;

    std::vector<lab::EndpointResult> m_results;
    int m_current = -1;
    bool m_canRun = true;
};

} // namespace bookdesk::pages
