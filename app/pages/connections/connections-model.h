/// ConnectionsModel: the connections as rows of a table.
#pragma once

#include "core/clock.h"
#include "style/colors.h"
#include "widgets/painted-chip.h"

#include <QAbstractTableModel>
#include <QString>

#include <vector>

namespace bookdesk::pages {

/// What a row shows; plain text.
struct ConnectionRow
{
    QString id;
    QString name;
    QString host;
    std::vector<widgets::PaintedChip> chips; ///< "built in"
    QString provider;
    QString used; ///< "in use"
    QString testIcon;
    style::Role testInk = style::Role::muted;
    QString test;     ///< "passed"
    QString testNote; ///< When, or what is wrong.

    friend bool operator==(const ConnectionRow &, const ConnectionRow &) = default;
};

/// GUI thread.
class ConnectionsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { nameColumn, providerColumn, usedColumn, testColumn, columnsEnd };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows that stay in place keep their selection.
    void setRows(std::vector<ConnectionRow> rows);
    const std::vector<ConnectionRow> &rows() const { return m_rows; }
    const ConnectionRow *row(int index) const;
    /// -1 where there is none.
    int rowOf(const QString &id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<ConnectionRow> m_rows;
};

} // namespace bookdesk::pages
