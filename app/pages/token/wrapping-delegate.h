/// WrappingDelegate: table cells whose text wraps anywhere, for long values without spaces.
#pragma once

#include "widgets/row-delegate.h"

#include <QList>
#include <QTextLayout>

namespace bookdesk::pages {

/// Shows all of the text, so that there is no tool tip; of a huge one the beginning. GUI thread.
class WrappingDelegate : public widgets::RowDelegate
{
    Q_OBJECT

public:
    using Formats = QList<QTextLayout::FormatRange>;
    using RowDelegate::RowDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

protected:
    /// Draws text, parts of it in formats of their own, with the painter's font and pen.
    static void drawFormatted(QPainter &painter, const QRect &rect, const QString &text, const Formats &formats);
    void drawText(QPainter &painter, const QRect &rect, const QString &text, Qt::Alignment alignment) const override;
};

} // namespace bookdesk::pages
