/// ColumnShares: lets table columns share the available width until a person resizes them. None is too narrow for its
/// header.
#pragma once

#include <QObject>
#include <QTableView>

#include <vector>

namespace bookdesk::widgets {

/// Owned by its table, whose columns can be resized. GUI thread.
class ColumnShares : public QObject
{
    Q_OBJECT

public:
    /// @param shares one per column, in any unit, and not empty.
    ColumnShares(QTableView *table, std::vector<int> shares);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    std::vector<int> widths() const;
    void share();

    QTableView *m_table;
    std::vector<int> m_shares;
    bool m_isSharing = false;
    bool m_isSetByPerson = false;
};

} // namespace bookdesk::widgets
