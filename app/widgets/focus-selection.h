/// FocusSelection: a list or table that gets the focus has a selected row.
#pragma once

#include <QObject>

class QAbstractItemView;

namespace bookdesk::widgets {

/// Qt makes the first row the current one without selecting it, so that the first arrow key goes past it. Belongs to
/// its view. GUI thread.
class FocusSelection : public QObject
{
    Q_OBJECT

public:
    explicit FocusSelection(QAbstractItemView *view);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void selectCurrent();

    QAbstractItemView *m_view;
};

} // namespace bookdesk::widgets
