#include "pages/books/book-row-delegate.h"

#include "pages/books/books-model.h"
#include "style/metrics.h"
#include "widgets/painted-chip.h"

#include <QPainter>

#include <algorithm>

namespace bookdesk::pages {

using namespace Qt::StringLiterals;

void BookRowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QString text = index.data(BooksModel::chipRole).toString();
    if (text.isEmpty())
        return RowDelegate::paint(painter, option, index);
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    painter->save();
    paintRow(*painter, item);
    painter->setFont(item.font);
    painter->setPen(item.palette.color(QPalette::Text));
    const widgets::PaintedChip chip{widgets::Kind::warn, text, u"clock"_s};
    const int gap = style::Metrics(item.font).px(8);
    QRect rect = textRect(item);
    const int room = rect.width() - gap - widgets::chipWidth(chip, item.font);
    rect.setWidth(std::clamp(room, 0, item.fontMetrics.horizontalAdvance(item.text) + 1));
    drawText(*painter, rect, item.text, item.displayAlignment);
    painter->setClipRect(item.rect);
    widgets::paintChip(*painter, chip, {rect.left() + rect.width() + gap, rect.center().y()}, item.font);
    painter->restore();
}

} // namespace bookdesk::pages
