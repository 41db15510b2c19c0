/// FittingArea: as tall as what is in it, as long as there is room; then it scrolls.
#pragma once

#include <QScrollArea>

namespace bookdesk::widgets {

/// Takes no focus by itself: what is in it does, and scrolls into view. GUI thread.
class FittingArea : public QScrollArea
{
    Q_OBJECT

public:
    /// @param least it is never squeezed below this height, @p most nor grows beyond this one; both in logical pixels
    /// of the specification.
    FittingArea(int least, int most, QWidget *parent);

    void setContent(QWidget *content);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    int contentHeight() const;

    int m_least;
    int m_most;
};

} // namespace bookdesk::widgets
