/// ConnectionsTable: the connections, each in a row of two lines.
#pragma once

#include "pages/connections/connections-model.h"
#include "widgets/row-table.h"

#include <vector>

namespace bookdesk::pages {

/// GUI thread.
class ConnectionsTable : public widgets::RowTable
{
    Q_OBJECT

public:
    explicit ConnectionsTable(QWidget *parent = nullptr);

    /// The selected connection stays selected, wherever it is now; where it is gone, its neighbour is.
    void setRows(std::vector<ConnectionRow> rows);
    const ConnectionsModel &connections() const { return *m_model; }
    QString selectedId() const;
    void select(const QString &id);

Q_SIGNALS:
    void selectionMoved();
    void editAsked();
    void deleteAsked();

private:
    ConnectionsModel *m_model;
};

} // namespace bookdesk::pages
