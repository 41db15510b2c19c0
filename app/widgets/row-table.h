/// RowTable: what all tables of rows have in common, whatever is in them.
#pragma once

#include <QTableView>

namespace bookdesk::widgets {

/// A current row that is in sight stays so when the table gets lower. No grid, no numbers beside the rows, and no bold
/// titles; Tab leaves the table and arrives at a selected row. Moves no accessibility focus while it has no focus
/// itself: screen readers stay in the field whose text filters the rows. GUI thread.
class RowTable : public QTableView
{
    Q_OBJECT

public:
    explicit RowTable(QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void updateGeometries() override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    QWidget *m_corner; ///< Beside the header.
};

} // namespace bookdesk::widgets
