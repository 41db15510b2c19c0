/// ConnectionsList: the table of connections, and what orders it.
#pragma once

#include "pages/connections/connections-table.h"
#include "widgets/card.h"

class QLabel;
class QPushButton;

namespace bookdesk::pages {

/// GUI thread.
class ConnectionsList : public widgets::Card
{
    Q_OBJECT

public:
    explicit ConnectionsList(QWidget *parent = nullptr);

    /// @param hint for those who have no connection of their own; may be empty.
    void show(std::vector<ConnectionRow> rows, const QString &hint);
    ConnectionsTable &table() const { return *m_table; }

Q_SIGNALS:
    void upAsked();
    void downAsked();

private:
    QWidget *makeFoot();
    void enableMoves();

    ConnectionsTable *m_table;
    QLabel *m_hint;
    QPushButton *m_up = nullptr;
    QPushButton *m_down = nullptr;
};

} // namespace bookdesk::pages
