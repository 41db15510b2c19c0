#include "pages/token/checks-list.h"

#include "style/colors.h"
#include "style/icons.h"
#include "style/metrics.h"
#include "widgets/focus-selection.h"
#include "widgets/round-frame.h"

#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QTextLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

struct Look
{
    QString icon;
    style::Role role;
};

Look lookOf(jose::CheckResult result)
{
    switch (result) {
    case jose::CheckResult::passed:
        return {u"check"_s, style::Role::ok};
    case jose::CheckResult::failed:
        return {u"cross"_s, style::Role::bad};
    case jose::CheckResult::notApplicable:
        break;
    }
    return {u"dash"_s, style::Role::muted};
}

/// Name and sentence in one paragraph, the name semibold.
class CheckText
{
public:
    CheckText(const QModelIndex &index, const QFont &font, const QPalette &palette, int width)
    {
        const QString name = index.data(ChecksModel::nameRole).toString();
        const QString text = name + u"  "_s + index.data(ChecksModel::sentenceRole).toString();
        m_layout.setText(text);
        m_layout.setFont(font);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        m_layout.setTextOption(option);
        m_layout.setFormats({range(0, name.size(), style::sectionFont(font), palette.color(QPalette::Text)),
                             range(name.size(), text.size() - name.size(), style::smallFont(font),
                                   style::color(style::Role::muted, palette))});
        layOut(width);
    }

    qreal height() const { return m_height; }
    void draw(QPainter *painter, QPointF at) const { m_layout.draw(painter, at); }

private:
    static QTextLayout::FormatRange range(qsizetype start, qsizetype length, const QFont &font, const QColor &color)
    {
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(start);
        range.length = static_cast<int>(length);
        range.format.setFont(font);
        range.format.setForeground(color);
        return range;
    }

    void layOut(int width)
    {
        m_layout.beginLayout();
        for (QTextLine line = m_layout.createLine(); line.isValid(); line = m_layout.createLine()) {
            line.setLineWidth(width);
            line.setPosition({0, m_height});
            m_height += line.height();
        }
        m_layout.endLayout();
    }

    QTextLayout m_layout;
    qreal m_height = 0;
};

class CheckDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const style::Metrics metrics(option.font);
        const auto result = static_cast<jose::CheckResult>(index.data(ChecksModel::resultRole).toInt());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected) {
            painter->setBrush(option.palette.brush(QPalette::Highlight));
            painter->setPen(Qt::NoPen);
            painter->drawRoundedRect(option.rect, metrics.px(6), metrics.px(6));
        }
        const int edge = metrics.px(4);
        const QRect icon(option.rect.left() + edge,
                         option.rect.top() + edge + (QFontMetrics(option.font).height() - metrics.icon()) / 2,
                         metrics.icon(), metrics.icon());
        style::icon(lookOf(result).icon, lookOf(result).role).paint(painter, icon);
        drawWord(*painter, option, index, lookOf(result).role);
        const QRect place = textPlace(option, index);
        CheckText(index, option.font, option.palette, place.width()).draw(painter, place.topLeft());
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const style::Metrics metrics(option.font);
        QStyleOptionViewItem whole = option;
        if (const auto *view = qobject_cast<const QListView *>(option.widget))
            whole.rect = QRect(0, 0, view->viewport()->width(), 0);
        const CheckText text(index, option.font, option.palette, textPlace(whole, index).width());
        return {whole.rect.width(), static_cast<int>(text.height()) + 2 * metrics.px(4)};
    }

private:
    static QRect textPlace(const QStyleOptionViewItem &option, const QModelIndex &index)
    {
        const style::Metrics metrics(option.font);
        const int left = metrics.px(4) + metrics.icon() + metrics.px(8);
        return option.rect.adjusted(left, metrics.px(4), -wordWidth(option, index) - metrics.px(12), -metrics.px(4));
    }

    static int wordWidth(const QStyleOptionViewItem &option, const QModelIndex &index)
    {
        return QFontMetrics(style::smallFont(option.font))
            .horizontalAdvance(index.data(ChecksModel::wordRole).toString());
    }

    static void drawWord(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                         style::Role role)
    {
        const style::Metrics metrics(option.font);
        painter.setFont(style::smallFont(option.font));
        painter.setPen(style::color(role, option.palette));
        const QRect line = option.rect.adjusted(0, metrics.px(4), -metrics.px(4), -metrics.px(4));
        painter.drawText(line, Qt::AlignRight | Qt::AlignTop, index.data(ChecksModel::wordRole).toString());
    }
};

} // namespace

void frameless(QAbstractItemView &view) { widgets::setFlush(view); }

ChecksList::ChecksList(QWidget *parent)
    : QListView(parent)
    , m_checks(new ChecksModel(this))
{
    setObjectName(u"checks"_s);
    setAccessibleName(tr("Checks, in the order in which they are made"));
    setModel(m_checks);
    setItemDelegate(new CheckDelegate(this));
    new widgets::FocusSelection(this);
    frameless(*this);
    setResizeMode(QListView::Adjust);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    connect(m_checks, &QAbstractItemModel::modelReset, this, &QWidget::updateGeometry);
    connect(verticalScrollBar(), &QAbstractSlider::actionTriggered, this, [this] { m_showsFailure = false; });
}

void ChecksList::showFirstFailure()
{
    m_showsFailure = true;
    scrollToFailure();
}

void ChecksList::scrollToFailure()
{
    const int failure = m_checks->firstFailure();
    if (m_showsFailure && failure >= 0)
        scrollTo(m_checks->index(failure));
    else if (m_showsFailure)
        scrollToTop();
}

QSize ChecksList::sizeHint() const
{
    int height = 2 * frameWidth() + style::metricsOf(*this).px(4);
    for (int row = 0; row < m_checks->rowCount(); ++row)
        height += sizeHintForRow(row);
    return {QListView::sizeHint().width(), height};
}

void ChecksList::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    if (event->oldSize().width() != event->size().width()) {
        scheduleDelayedItemsLayout(); // sentences wrap differently
        updateGeometry();
    }
    scrollToFailure();
}

} // namespace bookdesk::pages
