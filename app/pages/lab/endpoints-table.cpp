#include "pages/lab/endpoints-table.h"

#include "style/icons.h"
#include "style/metrics.h"
#include "widgets/round-frame.h"
#include "widgets/row-delegate.h"

#include <QFocusEvent>
#include <QHeaderView>
#include <QPainter>
#include <QShortcut>
#include <QTextOption>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

/// Longer texts are shortened; their tool tips have all of them.
constexpr int widestText = 330;
/// What is shortened where a window is narrow, in this order, and to which width.
constexpr std::array<std::pair<std::size_t, int>, 5> narrowestColumns{{{EndpointsModel::differenceColumn, 112},
                                                                       {EndpointsModel::needsColumn, 104},
                                                                       {EndpointsModel::methodColumn, 64},
                                                                       {EndpointsModel::predictedColumn, 64},
                                                                       {EndpointsModel::pathColumn, 76}}};
/// More scroll.
constexpr int mostRowsShown = 10;

/// Chips and the painted button; text as in all tables.
class EndpointDelegate : public widgets::RowDelegate
{
public:
    EndpointDelegate(const EndpointsModel &model, QObject *parent)
        : RowDelegate(parent)
        , m_model(model)
    {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const std::optional<widgets::PaintedChip> chip = m_model.chip(index);
        const bool isButton = index.column() == EndpointsModel::runColumn;
        if (!chip && !isButton && !wraps(index))
            return RowDelegate::paint(painter, option, index);
        painter->save();
        QStyleOptionViewItem cell = option;
        cell.index = index;
        paintRow(*painter, cell);
        painter->restore();
        if (chip)
            paintChip(*painter, *chip, middleLeft(option), option.font);
        else if (isButton)
            paintButton(*painter, option, index);
        else
            paintLines(*painter, option, index);
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const style::Metrics metrics(option.font);
        const int height = metrics.px(37);
        if (index.column() == EndpointsModel::runColumn)
            return {buttonSize(option).width() + metrics.px(24), height};
        if (const std::optional<widgets::PaintedChip> chip = m_model.chip(index))
            return {chipWidth(*chip, option.font) + metrics.px(24), height};
        return {std::min(RowDelegate::sizeHint(option, index).width(), metrics.px(widestText)), height};
    }

    /// What the text of @p index needs in a column of this width.
    int heightIn(int width, QStyleOptionViewItem option, const QModelIndex &index) const
    {
        if (!wraps(index))
            return 0;
        initStyleOption(&option, index);
        const int side = style::Metrics(option.font).px(12);
        const QRect room(0, 0, width - 2 * side, QWIDGETSIZE_MAX);
        return option.fontMetrics.boundingRect(room, Qt::TextWordWrap | Qt::TextWrapAnywhere, option.text).height() +
               side;
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        RowDelegate::initStyleOption(option, index);
        const QFont body = option->font;
        if (index.column() == EndpointsModel::methodColumn || index.column() == EndpointsModel::pathColumn)
            option->font = style::monoFont(body);
        if (index.column() == EndpointsModel::methodColumn)
            option->font.setWeight(QFont::DemiBold);
        if (index.column() == EndpointsModel::differenceColumn)
            tone(*option, index);
        option->fontMetrics = QFontMetrics(option->font);
    }

private:
    void tone(QStyleOptionViewItem &option, const QModelIndex &index) const
    {
        const bool differs = m_model.result(index.row()).comparison == lab::Comparison::differs;
        option.font = style::smallFont(option.font);
        option.font.setWeight(differs ? QFont::DemiBold : QFont::Normal);
        option.palette.setColor(QPalette::Text, style::color(differs ? style::Role::warn : style::Role::muted));
    }

    /// Where a window is narrow, these take more lines than one; a path is of no use without its end.
    static bool wraps(const QModelIndex &index)
    {
        return index.column() == EndpointsModel::needsColumn || index.column() == EndpointsModel::differenceColumn ||
               index.column() == EndpointsModel::pathColumn;
    }

    void paintLines(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        const int side = style::Metrics(option.font).px(12);
        QTextOption wrapping(Qt::AlignLeft | Qt::AlignVCenter);
        wrapping.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        painter.save();
        painter.setFont(item.font);
        painter.setPen(item.palette.color(QPalette::Text));
        painter.setClipRect(option.rect);
        painter.drawText(QRectF(option.rect.adjusted(side, 0, -side, -1)), item.text, wrapping);
        painter.restore();
    }

    static QPoint middleLeft(const QStyleOptionViewItem &option)
    {
        return {option.rect.left() + style::Metrics(option.font).px(12), option.rect.center().y()};
    }

    static QSize buttonSize(const QStyleOptionViewItem &option)
    {
        const style::Metrics metrics(option.font);
        const int text = QFontMetrics(option.font).horizontalAdvance(EndpointsModel::tr("Run"));
        return {text + metrics.px(12 + 7 + 20), metrics.px(25)};
    }

    void paintButton(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
    {
        const style::Metrics metrics(option.font);
        QRect rect(QPoint(0, 0), buttonSize(option));
        rect.moveCenter(option.rect.center());
        const bool canRun = m_model.canRun();
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(style::color(canRun ? style::Role::controlLine : style::Role::line));
        painter.setBrush(style::color(style::Role::surface));
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), metrics.px(6), metrics.px(6));
        const style::Role ink = canRun ? style::Role::text : style::Role::muted;
        const int size = metrics.px(12);
        const QRect icon(rect.left() + metrics.px(10), rect.center().y() - size / 2, size, size);
        style::icon(u"play"_s, ink).paint(&painter, icon);
        painter.setPen(style::color(ink));
        painter.setFont(option.font);
        painter.drawText(rect.adjusted(metrics.px(10) + size + metrics.px(7), 0, 0, 0),
                         static_cast<int>(Qt::AlignVCenter | Qt::TextSingleLine),
                         index.data(Qt::DisplayRole).toString());
        painter.restore();
    }

    const EndpointsModel &m_model;
};

} // namespace

EndpointsTable::EndpointsTable(QWidget *parent)
    : RowTable(parent)
    , m_endpoints(new EndpointsModel(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    widgets::setFlush(*this);
    setObjectName(u"endpoints"_s);
    setAccessibleName(tr("Endpoints"));
    setModel(m_endpoints);
    setItemDelegate(new EndpointDelegate(*m_endpoints, this));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setWordWrap(false);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->setDefaultSectionSize(metrics.px(37));
    horizontalHeader()->setSectionsClickable(false);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &EndpointsTable::selectionMoved);
    connect(this, &QAbstractItemView::clicked, this, [this](const QModelIndex &index) {
        if (index.column() == EndpointsModel::runColumn)
            Q_EMIT runAsked(index.row());
    });
    for (const int key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto *run = new QShortcut(QKeySequence(key), this, nullptr, nullptr, Qt::WidgetShortcut);
        connect(run, &QShortcut::activated, this, [this] {
            if (selectedRow() >= 0)
                Q_EMIT runAsked(selectedRow());
        });
    }
    connect(m_endpoints, &QAbstractItemModel::modelReset, this, &EndpointsTable::fitColumns);
    connect(m_endpoints, &QAbstractItemModel::dataChanged, this, &EndpointsTable::fitColumns);
}

int EndpointsTable::selectedRow() const
{
    const QModelIndexList rows = selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.first().row();
}

QSize EndpointsTable::sizeHint() const
{
    const int shown = std::min(model()->rowCount(), mostRowsShown);
    int rows = std::max(2 - shown, 0) * verticalHeader()->defaultSectionSize();
    for (int row = 0; row < shown; ++row)
        rows += rowHeight(row);
    return {QTableView::sizeHint().width(), horizontalHeader()->sizeHint().height() + rows + 2 * frameWidth()};
}

void EndpointsTable::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    if (selectedRow() < 0 && model()->rowCount() > 0)
        selectRow(0);
}

void EndpointsTable::resizeEvent(QResizeEvent *event)
{
    RowTable::resizeEvent(event);
    fitColumns();
}

/// All as wide as their content, and rows as high as that needs. What is left over is the difference's.
void EndpointsTable::fitColumns()
{
    setVerticalScrollBarPolicy(model()->rowCount() > mostRowsShown ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    const style::Metrics metrics = style::metricsOf(*this);
    std::array<int, EndpointsModel::columnsEnd> widths{};
    for (int column = 0; column < EndpointsModel::columnsEnd; ++column)
        widths.at(static_cast<std::size_t>(column)) =
            std::max(sizeHintForColumn(column), horizontalHeader()->sectionSizeHint(column));
    int left = viewport()->width() - std::accumulate(widths.begin(), widths.end(), 0);
    if (left > 0)
        widths[EndpointsModel::differenceColumn] += left;
    for (const auto &[column, narrowest] : narrowestColumns) {
        const int least =
            std::max(metrics.px(narrowest), horizontalHeader()->sectionSizeHint(static_cast<int>(column)));
        const int spared = std::min(-left, widths.at(column) - least);
        if (spared <= 0)
            continue;
        widths.at(column) -= spared;
        left += spared;
    }
    for (int column = 0; column < EndpointsModel::columnsEnd; ++column)
        setColumnWidth(column, widths.at(static_cast<std::size_t>(column)));
    fitRows();
    updateGeometry();
}

void EndpointsTable::fitRows()
{
    const auto *delegate = static_cast<const EndpointDelegate *>(itemDelegate());
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    for (int row = 0; row < model()->rowCount(); ++row) {
        int height = verticalHeader()->defaultSectionSize();
        for (int column = 0; column < EndpointsModel::columnsEnd; ++column)
            height = std::max(height, delegate->heightIn(columnWidth(column), option, model()->index(row, column)));
        setRowHeight(row, height);
    }
}

} // namespace bookdesk::pages
