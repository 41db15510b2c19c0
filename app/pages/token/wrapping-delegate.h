/// WrappingDelegate: table cells whose text wraps anywhere, for long values without blanks.
#pragma once

#include "widgets/row-delegate.h"

namespace bookdesk::pages {

/// At most a few lines; the tool tip tells the whole. GUI thread.
class WrappingDelegate : public widgets::RowDelegate
{
    Q_OBJECT

public:
    using RowDelegate::RowDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void drawText(QPainter &painter, const QRect &rect, const QString &text, Qt::Alignment alignment) const override;
};

} // namespace bookdesk::pages
