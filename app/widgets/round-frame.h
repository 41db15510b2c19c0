/// RoundFrame: rounds the corners of a table, or of the card that it fills, over everything that is in it.
#pragma once

#include <QWidget>

class QAbstractItemView;
class QPainterPath;

namespace bookdesk::widgets {

/// Style sheets round the border of a widget but not its children, which are square. This lies above them, takes no
/// clicks, and also shows the focus: a ring that is part of the border would move the content. GUI thread.
class RoundFrame : public QWidget
{
    Q_OBJECT

public:
    explicit RoundFrame(QWidget *framed);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    bool isFlush() const;
    QPainterPath outline() const;
};

/// The view has no border of its own; the card around it rounds its corners.
void setFlush(QAbstractItemView &view);

/// What is beside a header, above the scroll bar. Is to be as high as the header.
QWidget *headerCorner(QAbstractItemView &view);

} // namespace bookdesk::widgets
