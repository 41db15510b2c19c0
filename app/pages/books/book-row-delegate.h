/// BookRowDelegate: the rows of the books, with a chip behind the title of a book whose deletion waits.
#pragma once

#include "widgets/row-delegate.h"

namespace bookdesk::pages {

/// The chip's text comes from the model; screen readers get it from there, too. GUI thread.
class BookRowDelegate : public widgets::RowDelegate
{
    Q_OBJECT

public:
    using RowDelegate::RowDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace bookdesk::pages
