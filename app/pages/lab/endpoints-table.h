/// EndpointsTable: the table of endpoints, with a button to run each of them.
#pragma once

#include "pages/lab/endpoints-model.h"
#include "widgets/row-table.h"

namespace bookdesk::pages {

/// As high as its rows. The buttons are painted; Return does the same for the selected row. GUI thread.
class EndpointsTable : public widgets::RowTable
{
    Q_OBJECT

public:
    explicit EndpointsTable(QWidget *parent = nullptr);

    EndpointsModel &endpoints() { return *m_endpoints; }
    /// The selected row, or -1.
    int selectedRow() const;

    QSize sizeHint() const override;

Q_SIGNALS:
    void selectionMoved();
    void runAsked(int row);

protected:
    void focusInEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitColumns();
    void fitRows();

    EndpointsModel *m_endpoints;
};

} // namespace bookdesk::pages
