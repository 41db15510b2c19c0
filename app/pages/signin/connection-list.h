/// ConnectionList: the connections to choose from, one card each.
#pragma once

#include "identity/connection.h"

#include <QWidget>

#include <vector>

class QButtonGroup;
class QRadioButton;
class QVBoxLayout;

namespace bookdesk::pages {

class ConnectionList : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionList(QWidget *parent = nullptr);

    /// @param sandbox the index of the built-in Sandbox's connection, or -1.
    void setConnections(const std::vector<identity::Connection> &connections, int sandbox);
    /// Shows which one is in use; emits nothing.
    void setCurrent(int index);
    int current() const;
    void takeFocus();

Q_SIGNALS:
    void chosen(int index);

private:
    void addCard(const identity::Connection &connection, bool isSandbox);

    QVBoxLayout *m_cards;
    QButtonGroup *m_group;
};

} // namespace bookdesk::pages
