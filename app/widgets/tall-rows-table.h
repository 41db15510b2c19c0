/// TallRowsTable: a table whose rows may be higher than the table itself, as one of 150 groups in one cell is.
#pragma once

#include "widgets/row-table.h"

namespace bookdesk::widgets {

/// Keys scroll to the end of the current row before they leave it. GUI thread.
class TallRowsTable : public RowTable
{
    Q_OBJECT

public:
    explicit TallRowsTable(QWidget *parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace bookdesk::widgets
