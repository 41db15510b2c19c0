/// ConnectionList: the connections to choose from, one card each.
#pragma once

#include "identity/connection.h"

#include <QStringList>
#include <QWidget>

#include <vector>

class QButtonGroup;
class QVBoxLayout;

namespace bookdesk::pages {

/// Shows each connection as a card with a radio button, of which one is checked. GUI thread.
class ConnectionList : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionList(QWidget *parent = nullptr);

    void setConnections(const std::vector<identity::Connection> &connections);
    /// Shows which one is in use, by its ID; emits nothing. The focus stays in the list if it was there.
    void setCurrent(const QString &id);
    /// Of the one in use; of the first, where there is none in use.
    void takeFocus();

Q_SIGNALS:
    void chosen(const QString &id);

private:
    void addCard(const identity::Connection &connection);

    QVBoxLayout *m_cards;
    QButtonGroup *m_group;
    std::vector<identity::Connection> m_connections;
    QStringList m_ids;       ///< By the buttons' numbers in the group.
    bool m_hadFocus = false; ///< Before its buttons were replaced.
};

} // namespace bookdesk::pages
