/// WrappingDelegate: table cells whose text wraps anywhere, for long values without blanks.
#pragma once

#include "books/row-delegate.h"

namespace bookdesk::app {

/// At most a few lines; the tool tip tells the whole. GUI thread.
class WrappingDelegate : public RowDelegate
{
    Q_OBJECT

public:
    using RowDelegate::RowDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void drawText(QPainter &painter, const QRect &rect, const QString &text, Qt::Alignment alignment) const override;
};

} // namespace bookdesk::app
