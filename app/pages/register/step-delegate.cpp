#include "pages/register/step-delegate.h"

#include "pages/register/steps-model.h"
#include "style/colors.h"
#include "style/metrics.h"

#include <QHelpEvent>
#include <QPainter>
#include <QTextOption>

#include <algorithm>
#include <cmath>
#include <vector>

namespace bookdesk::pages {

using style::Role;

namespace {

constexpr int continued = 4;

/// How far lines that go on below are set in, beyond the blanks that they begin with: those of code are.
double indentOf(const QModelIndex &index, const QFont &font)
{
    return index.column() == StepsModel::codeColumn ? continued * QFontMetricsF(font).horizontalAdvance(u' ') : 0;
}

qsizetype blanksAt(const QString &text, qsizetype begin)
{
    qsizetype end = begin;
    while (end < text.size() && text[end] == u' ')
        ++end;
    return end - begin;
}

/// Breaks the text into lines of @p width. Returns their height.
qreal breakLines(QTextLayout &layout, int width, double setIn)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    const QString text = layout.text();
    const double blank = QFontMetricsF(layout.font()).horizontalAdvance(u' ');
    qreal height = 0;
    double further = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        const int start = line.textStart();
        const bool begins = start == 0 || text.at(start - 1) == QChar::LineSeparator;
        if (begins)
            further = setIn > 0 ? setIn + static_cast<double>(blanksAt(text, start)) * blank : 0;
        const double indent = begins ? 0 : std::min(further, width / 2.0);
        line.setLineWidth(std::max(width - indent, 1.0));
        line.setPosition({indent, height});
        height += line.height();
    }
    layout.endLayout();
    return height;
}

/// With the line feeds as a layout wants them.
QString laidOut(QString text) { return text.replace(u'\n', QChar::LineSeparator); }

} // namespace

QRect StepDelegate::placeOfText(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QRect rect = textRect(option);
    const bool hasNumber = index.data(StepsModel::numberRole).isValid();
    return hasNumber ? rect.adjusted(style::Metrics(option.font).px(22), 0, 0, 0) : rect;
}

QList<QTextLayout::FormatRange> StepDelegate::formatsOf(const QStyleOptionViewItem &option,
                                                        const QModelIndex &index) const
{
    QList<QTextLayout::FormatRange> formats;
    if (m_isOutdated)
        return formats;
    const auto spans = index.data(StepsModel::spansRole).value<std::vector<registration::Span>>();
    for (const registration::Span &span : spans) {
        const Role role = span.mark == registration::Mark::value ? Role::claimsPart : Role::accent;
        QTextCharFormat format;
        format.setForeground(style::color(role, option.palette));
        formats.append({static_cast<int>(span.begin), static_cast<int>(span.size), format});
    }
    return formats;
}

void StepDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    painter->save();
    painter->setClipRect(option.rect);
    paintRow(*painter, item);
    const QRect place = placeOfText(option, index);
    const QColor muted = style::color(Role::muted, option.palette);
    painter->setFont(item.font);
    if (const QVariant number = index.data(StepsModel::numberRole); number.isValid()) {
        painter->setPen(muted);
        painter->drawText(textRect(option), Qt::AlignLeft | Qt::AlignTop, number.toString());
    }
    painter->setPen(m_isOutdated ? muted : item.palette.color(QPalette::Text));
    QTextLayout layout(laidOut(index.data().toString()), item.font);
    layout.setFormats(formatsOf(option, index));
    breakLines(layout, place.width(), indentOf(index, item.font));
    layout.draw(painter, place.topLeft());
    painter->restore();
}

void StepDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    RowDelegate::initStyleOption(option, index);
    option->font =
        index.column() == StepsModel::codeColumn ? style::monoFont(option->font) : style::smallFont(option->font);
}

QSize StepDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const style::Metrics metrics(option.font);
    QTextLayout layout(laidOut(index.data().toString()), item.font);
    const int width = std::max(placeOfText(option, index).width(), metrics.px(40));
    const auto height = static_cast<int>(std::ceil(breakLines(layout, width, indentOf(index, item.font))));
    return {metrics.px(120), std::max(height + 2 * metrics.px(8), metrics.px(30))};
}

bool StepDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                             const QModelIndex &index)
{
    return event->type() == QEvent::ToolTip || RowDelegate::helpEvent(event, view, option, index);
}

} // namespace bookdesk::pages
