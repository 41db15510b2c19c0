/// RowDelegate: table rows as in the UI specification: a line below, room beside the text, no cell frames.
#pragma once

#include <QStyledItemDelegate>

namespace bookdesk::widgets {

/// Text is drawn as plain text and shortened; the tool tip has all of it. GUI thread.
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

protected:
    /// The ground of a selected row, and the line below each.
    static void paintRow(QPainter &painter, const QStyleOptionViewItem &option);
    /// The rectangle of the text in a cell.
    QRect textRect(const QStyleOptionViewItem &option) const;
    /// Draws the text with the painter's font and pen.
    virtual void drawText(QPainter &painter, const QRect &rect, const QString &text, Qt::Alignment alignment) const;
};

} // namespace bookdesk::widgets
