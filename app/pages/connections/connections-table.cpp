#include "pages/connections/connections-table.h"

#include "style/icons.h"
#include "style/metrics.h"
#include "widgets/column-shares.h"
#include "widgets/round-frame.h"
#include "widgets/row-delegate.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QPainter>
#include <QShortcut>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

constexpr int twoLines = 54;
constexpr int lineGap = 3;

/// A line of bold text with chips or an icon, and a line of small text below.
class TwoLinesDelegate : public widgets::RowDelegate
{
public:
    TwoLinesDelegate(const ConnectionsModel &model, QObject *parent)
        : RowDelegate(parent)
        , m_model(model)
    {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const ConnectionRow *row = m_model.row(index.row());
        const bool hasTwo =
            index.column() == ConnectionsModel::nameColumn || index.column() == ConnectionsModel::testColumn;
        if (!row || !hasTwo)
            return RowDelegate::paint(painter, option, index);
        painter->save();
        QStyleOptionViewItem cell = option;
        cell.index = index;
        paintRow(*painter, cell);
        if (index.column() == ConnectionsModel::nameColumn)
            paintName(*painter, option, *row);
        else
            paintTest(*painter, option, *row);
        painter->restore();
    }

private:
    struct Lines
    {
        QRect first, second;
    };

    Lines linesOf(const QStyleOptionViewItem &option, bool hasSecond) const
    {
        const style::Metrics metrics(option.font);
        const QRect room = textRect(option);
        const int first = QFontMetrics(style::sectionFont(option.font)).height();
        const int second = QFontMetrics(style::smallFont(option.font)).height();
        const int gap = metrics.px(lineGap);
        const int height = hasSecond ? first + gap + second : first;
        const int top = option.rect.top() + (option.rect.height() - height) / 2;
        return {{room.left(), top, room.width(), first}, {room.left(), top + first + gap, room.width(), second}};
    }

    static void paintLine(QPainter &painter, const QRect &rect, const QString &text)
    {
        painter.drawText(rect, static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine),
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
    }

    static void paintSecond(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect,
                            const QString &text)
    {
        painter.setFont(style::smallFont(option.font));
        painter.setPen(style::color(style::Role::muted));
        paintLine(painter, rect, text);
    }

    void paintName(QPainter &painter, const QStyleOptionViewItem &option, const ConnectionRow &row) const
    {
        const style::Metrics metrics(option.font);
        const Lines lines = linesOf(option, !row.host.isEmpty());
        int chips = 0;
        for (const widgets::PaintedChip &chip : row.chips)
            chips += metrics.px(7) + chipWidth(chip, option.font);
        painter.setFont(style::sectionFont(option.font));
        painter.setPen(style::color(style::Role::text));
        QRect name = lines.first;
        name.setWidth(std::max(name.width() - chips, metrics.px(30)));
        paintLine(painter, name, row.name);
        int left = name.left() + std::min(painter.fontMetrics().horizontalAdvance(row.name), name.width());
        for (const widgets::PaintedChip &chip : row.chips) {
            left += metrics.px(7);
            paintChip(painter, chip, {left, name.center().y() + 1}, option.font);
            left += chipWidth(chip, option.font);
        }
        paintSecond(painter, option, lines.second, row.host);
    }

    void paintTest(QPainter &painter, const QStyleOptionViewItem &option, const ConnectionRow &row) const
    {
        const style::Metrics metrics(option.font);
        const Lines lines = linesOf(option, !row.testNote.isEmpty());
        const int side = metrics.px(14);
        const QRect icon(lines.first.left(), lines.first.center().y() - side / 2, side, side);
        style::icon(row.testIcon, row.testInk).paint(&painter, icon);
        painter.setFont(style::sectionFont(option.font));
        painter.setPen(style::color(row.testInk));
        paintLine(painter, lines.first.adjusted(side + metrics.px(6), 0, 0, 0), row.test);
        paintSecond(painter, option, lines.second, row.testNote);
    }

    const ConnectionsModel &m_model;
};

} // namespace

ConnectionsTable::ConnectionsTable(QWidget *parent)
    : RowTable(parent)
    , m_model(new ConnectionsModel(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    widgets::setFlush(*this);
    setObjectName(u"connections"_s);
    setAccessibleName(tr("Connections"));
    setModel(m_model);
    setItemDelegate(new TwoLinesDelegate(*m_model, this));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setWordWrap(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->setDefaultSectionSize(metrics.px(twoLines));
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    new widgets::ColumnShares(this, {36, 26, 16, 26});
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &ConnectionsTable::selectionMoved);
    connect(this, &QAbstractItemView::doubleClicked, this, &ConnectionsTable::editAsked);
    const auto onKey = [this](int key, void (ConnectionsTable::*asked)()) {
        auto *shortcut = new QShortcut(QKeySequence(key), this, nullptr, nullptr, Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, asked);
    };
    onKey(Qt::Key_Return, &ConnectionsTable::editAsked);
    onKey(Qt::Key_Enter, &ConnectionsTable::editAsked);
    onKey(Qt::Key_Delete, &ConnectionsTable::deleteAsked);
}

void ConnectionsTable::setRows(std::vector<ConnectionRow> rows)
{
    const QString id = selectedId();
    const int place = currentIndex().row();
    m_model->setRows(std::move(rows));
    if (!selectedId().isEmpty() || m_model->rowCount() == 0)
        return;
    const int now = m_model->rowOf(id);
    selectRow(now >= 0 ? now : std::clamp(place, 0, m_model->rowCount() - 1));
}

QString ConnectionsTable::selectedId() const
{
    const QModelIndexList rows = selectionModel()->selectedRows();
    const ConnectionRow *row = rows.isEmpty() ? nullptr : m_model->row(rows.first().row());
    return row ? row->id : QString();
}

void ConnectionsTable::select(const QString &id)
{
    const int row = m_model->rowOf(id);
    if (row < 0)
        return;
    selectRow(row);
    scrollTo(m_model->index(row, 0));
}

} // namespace bookdesk::pages
