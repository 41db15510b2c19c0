/// WrappingDelegate: table cells whose text wraps anywhere, for long values without spaces.
#pragma once

#include "widgets/row-delegate.h"

namespace bookdesk::pages {

/// Shows a few lines at most; the tool tip has the whole text. GUI thread.
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
