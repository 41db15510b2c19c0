#include "pages/lab/probe-delegate.h"

#include "pages/lab/probes-model.h"
#include "style/icons.h"
#include "style/metrics.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

/// Titles of groups and probes begin below one another.
constexpr int titleLeft = 34;
constexpr int right = 12;

void fill(QPainter &painter, const QRect &rect, style::Role role) { painter.fillRect(rect, style::color(role)); }

void drawLine(QPainter &painter, const QRect &rect, float strength)
{
    QColor line = style::color(style::Role::line);
    line.setAlphaF(strength);
    painter.setPen(line);
    painter.drawLine(rect.bottomLeft(), rect.bottomRight());
}

} // namespace

ProbeDelegate::ProbeDelegate(const ProbesModel &model, QObject *parent)
    : RowDelegate(parent)
    , m_model(model)
{}

void ProbeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    if (m_model.numberOf(index) < 0)
        paintGroup(*painter, option, index);
    else
        paintProbe(*painter, option, index);
    painter->restore();
}

void ProbeDelegate::paintGroup(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const style::Metrics metrics(option.font);
    const bool isSelected = option.state & QStyle::State_Selected;
    fill(painter, option.rect, isSelected ? style::Role::selection : style::Role::raised);
    drawLine(painter, option.rect, 1);
    const int size = metrics.px(14);
    const QRect chevron(option.rect.left() + metrics.px(10), option.rect.center().y() - size / 2, size, size);
    const bool isOpen = option.state & QStyle::State_Open;
    style::icon(isOpen ? u"chevron-down"_s : u"chevron-right"_s, style::Role::muted).paint(&painter, chevron);

    int x = option.rect.right() - metrics.px(right);
    const lab::ProbeTotals totals = m_model.totalsOf(index.row());
    std::vector<widgets::PaintedChip> chips = totalsChips(totals);
    std::ranges::reverse(chips);
    const int titleEnd = option.rect.left() + metrics.px(titleLeft) +
                         QFontMetrics(style::sectionFont(option.font)).horizontalAdvance(index.data().toString());
    for (const widgets::PaintedChip &chip : chips) {
        // Where a window is narrow, what matters least is left out.
        if (x - chipWidth(chip, option.font) < titleEnd)
            break;
        x -= chipWidth(chip, option.font);
        paintChip(painter, chip, {x, option.rect.center().y()}, option.font);
        x -= metrics.px(8);
    }
    if (chips.empty()) {
        painter.setFont(style::smallFont(option.font));
        painter.setPen(style::color(style::Role::muted));
        const QString text = ProbesModel::tr("%1 waiting").arg(totals.waiting);
        x -= painter.fontMetrics().horizontalAdvance(text) + metrics.px(8);
        painter.drawText(option.rect.adjusted(0, 0, -metrics.px(right), 0),
                         static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), text);
    }
    painter.setFont(style::sectionFont(option.font));
    painter.setPen(style::color(style::Role::text));
    QRect title = option.rect.adjusted(metrics.px(titleLeft), 0, 0, 0);
    title.setRight(x);
    drawText(painter, title, index.data().toString(), Qt::AlignLeft | Qt::AlignVCenter);
}

void ProbeDelegate::paintProbe(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const style::Metrics metrics(option.font);
    const lab::ProbeResult &result = m_model.results().at(static_cast<std::size_t>(m_model.numberOf(index)));
    const bool isSelected = option.state & QStyle::State_Selected;
    const bool isLoud = result.state == lab::ProbeState::accepted;
    if (isSelected)
        fill(painter, option.rect, isLoud ? style::Role::badGround : style::Role::selection);
    drawLine(painter, option.rect, 0.55F);
    const QPoint middle(option.rect.left(), option.rect.center().y());
    switch (index.column()) {
    case ProbesModel::titleColumn: {
        const QRect mark(option.rect.left(), option.rect.top(), metrics.px(3), option.rect.height());
        if (isSelected)
            fill(painter, mark, isLoud ? style::Role::bad : style::Role::accent);
        painter.setFont(isSelected ? style::sectionFont(option.font) : option.font);
        painter.setPen(style::color(style::Role::text));
        drawText(painter, option.rect.adjusted(metrics.px(titleLeft), 0, -metrics.px(4), 0), index.data().toString(),
                 Qt::AlignLeft | Qt::AlignVCenter);
        break;
    }
    case ProbesModel::expectedColumn:
        painter.setFont(style::smallFont(option.font));
        painter.setPen(style::color(style::Role::muted));
        drawText(painter, option.rect, index.data().toString(), Qt::AlignLeft | Qt::AlignVCenter);
        break;
    default: {
        const ProbeMark mark = markOf(result);
        if (mark.ink)
            // Below the icons of the chips.
            widgets::paintMark(painter, mark.chip.icon, mark.chip.text, *mark.ink, middle + QPoint(metrics.px(9), 0),
                               option.font);
        else
            widgets::paintChip(painter, mark.chip, middle, option.font);
    }
    }
}

QSize ProbeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const style::Metrics metrics(option.font);
    return {metrics.px(60), metrics.px(m_model.numberOf(index) < 0 ? 32 : 29)};
}

} // namespace bookdesk::pages
