#include "pages/token/keys-delegate.h"

#include "style/metrics.h"
#include "widgets/painted-chip.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

/// No tool tip may be wider than the screen.
constexpr qsizetype longestToolTip = 100;

bool isKeyId(const QModelIndex &index) { return index.column() == 0; }

widgets::PaintedChip chipOf(const QModelIndex &index)
{
    const bool isUsed = index.data(KeysDelegate::isUsedRole).toBool();
    return {isUsed ? widgets::Kind::ok : widgets::Kind::neutral, index.data().toString(),
            isUsed ? u"check"_s : u"clock"_s};
}

} // namespace

void KeysDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (!index.data(isUsedRole).isValid())
        return WrappingDelegate::paint(painter, option, index);
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    painter->save();
    paintRow(*painter, item);
    const QPoint firstLine = textRect(option).topLeft() + QPoint(0, QFontMetrics(option.font).height() / 2);
    paintChip(*painter, chipOf(index), firstLine, option.font);
    painter->restore();
}

// A key's ID does not wrap, so it is measured and explained as the rows of all tables are.
// NOLINTBEGIN(bugprone-parent-virtual-call)
QSize KeysDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return isKeyId(index) || index.data(isUsedRole).isValid() ? RowDelegate::sizeHint(option, index)
                                                              : WrappingDelegate::sizeHint(option, index);
}

bool KeysDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                             const QModelIndex &index)
{
    const bool isLong = index.data().toString().size() > longestToolTip;
    return isKeyId(index) && !isLong ? RowDelegate::helpEvent(event, view, option, index)
                                     : WrappingDelegate::helpEvent(event, view, option, index);
}
// NOLINTEND(bugprone-parent-virtual-call)

void KeysDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    WrappingDelegate::initStyleOption(option, index);
    if (!isKeyId(index))
        return;
    option->font = style::monoFont(option->font);
    option->font.setBold(true);
    option->text = QFontMetrics(option->font).elidedText(option->text, Qt::ElideRight, textRect(*option).width());
}

} // namespace bookdesk::pages
