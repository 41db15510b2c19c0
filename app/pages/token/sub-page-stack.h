/// SubPageStack: a page, and what is opened on top of it.
#pragma once

#include <QPointer>
#include <QStackedWidget>

#include <vector>

namespace bookdesk::pages {

class SubPage;

/// Leaving what is on top returns to what was there before, and to where the focus was. GUI thread.
class SubPageStack : public QStackedWidget
{
    Q_OBJECT

public:
    using QStackedWidget::QStackedWidget;

    /// The page itself must have been added before.
    void add(SubPage &page);
    void open(SubPage &page);
    /// Back to the page itself; the focus stays.
    void closeAll();

private:
    struct Below
    {
        int index;
        QPointer<QWidget> focus;
    };

    void leave();

    std::vector<Below> m_below;
};

} // namespace bookdesk::pages
