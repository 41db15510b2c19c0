/// LineCover: hides the line of text that a scrolling area cuts in two at its lower edge.
#pragma once

#include <QWidget>

class QScrollArea;

namespace bookdesk::widgets {

/// For areas on a ground of the surface colour. Takes no clicks, and nothing of the area's height. GUI thread.
class LineCover : public QWidget
{
    Q_OBJECT

public:
    /// Owned by @p area, whose widget is already set.
    explicit LineCover(QScrollArea &area);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void place();

    QScrollArea &m_area;
};

} // namespace bookdesk::widgets
