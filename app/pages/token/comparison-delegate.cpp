#include "pages/token/comparison-delegate.h"

#include "books/comparison-texts.h"
#include "style/colors.h"
#include "style/metrics.h"

#include <QPainter>
#include <QTextCharFormat>
#include <QTextLayout>

#include <vector>

namespace bookdesk::pages {

using books::Difference;
using style::Role;

namespace {

using Column = ComparisonDelegate::Column;

QVariant differenceOf(const QModelIndex &index)
{
    return index.siblingAtColumn(Column::differenceColumn).data(ComparisonDelegate::differenceRole);
}

Role inkOf(Difference difference)
{
    switch (difference) {
    case Difference::added:
        return Role::ok;
    case Difference::removed:
        return Role::bad;
    case Difference::changed:
        return Role::warn;
    case Difference::same:
        break;
    }
    return Role::muted;
}

Role inkOfCell(Difference difference, int column)
{
    if (column == Column::differenceColumn)
        return inkOf(difference);
    if (column == Column::claimColumn)
        return Role::text;
    if (column != Column::aColumn && column != Column::bColumn)
        return Role::muted;
    const Difference onlyHere = column == Column::aColumn ? Difference::removed : Difference::added;
    const Difference onlyThere = column == Column::aColumn ? Difference::added : Difference::removed;
    if (difference == onlyHere)
        return inkOf(difference);
    return difference == onlyThere ? Role::muted : Role::text;
}

/// Of the parts that only one of the tokens has: a tint, and for times, which always differ, bold type alone.
QTextCharFormat formatOf(const QModelIndex &index, const QStyleOptionViewItem &option)
{
    const bool isA = index.column() == Column::aColumn;
    QTextCharFormat format;
    if (index.data(ComparisonDelegate::isTimeRole).toBool()) {
        format.setFontWeight(QFont::Bold);
        return format;
    }
    format.setForeground(style::color(isA ? Role::bad : Role::ok, option.palette));
    format.setBackground(style::color(isA ? Role::badGround : Role::okGround, option.palette));
    return format;
}

QString subtitleOf(const QModelIndex &index) { return index.data(ComparisonDelegate::subtitleRole).toString(); }

/// Of a group's subtitle, which follows its name.
QTextLayout::FormatRange subtitleFormat(const QModelIndex &index, const QStyleOptionViewItem &option)
{
    QTextCharFormat format;
    format.setFontWeight(QFont::Normal);
    format.setForeground(style::color(Role::muted, option.palette));
    const auto begin = static_cast<int>(index.data().toString().size());
    return {begin, static_cast<int>(subtitleOf(index).size()) + 1, format};
}

WrappingDelegate::Formats formatsOf(const QModelIndex &index, const QStyleOptionViewItem &option)
{
    WrappingDelegate::Formats formats;
    if (!subtitleOf(index).isEmpty())
        formats.append(subtitleFormat(index, option));
    const auto spans = index.data(ComparisonDelegate::spansRole).value<std::vector<books::TextSpan>>();
    for (const books::TextSpan &span : spans)
        formats.append({static_cast<int>(span.begin), static_cast<int>(span.size), formatOf(index, option)});
    return formats;
}

} // namespace

void ComparisonDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (!differenceOf(index).isValid() && !(option.state & QStyle::State_Selected))
        painter->fillRect(option.rect, style::color(Role::raised, option.palette));
    const Formats formats = formatsOf(index, option);
    if (formats.isEmpty())
        return WrappingDelegate::paint(painter, option, index);
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    painter->save();
    paintRow(*painter, item);
    painter->setFont(item.font);
    painter->setPen(item.palette.color(QPalette::Text));
    drawFormatted(*painter, textRect(option), item.text, formats);
    painter->restore();
}

void ComparisonDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    WrappingDelegate::initStyleOption(option, index);
    const QVariant difference = differenceOf(index);
    if (!difference.isValid()) {
        option->font.setWeight(QFont::DemiBold);
        if (const QString subtitle = subtitleOf(index); !subtitle.isEmpty())
            option->text += u' ' + subtitle;
        return;
    }
    const int column = index.column();
    if (column == Column::claimColumn || column == Column::aColumn || column == Column::bColumn)
        option->font = style::monoFont(option->font);
    option->font.setBold(column == Column::claimColumn);
    option->palette.setColor(QPalette::Text,
                             style::color(inkOfCell(difference.value<Difference>(), column), option->palette));
}

QSize ComparisonDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (differenceOf(index).isValid())
        return WrappingDelegate::sizeHint(option, index);
    // A heading spans all columns, so that it never wraps.
    return RowDelegate::sizeHint(option, index); // NOLINT(bugprone-parent-virtual-call)
}

} // namespace bookdesk::pages
