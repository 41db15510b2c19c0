#include "pages/token/issuers-list.h"

#include "core/isolation.h"
#include "pages/token/keys-texts.h"
#include "style/colors.h"
#include "style/metrics.h"
#include "widgets/painted-chip.h"

#include <QPainter>
#include <QSignalBlocker>
#include <QStyledItemDelegate>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using style::Role;

namespace {

constexpr int summaryRole = Qt::UserRole + 2;
constexpr int stateRole = Qt::UserRole + 3;

/// Paints each issuer as a small card; the words for screen readers are the items' texts.
class IssuerDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const style::Metrics metrics(option.font);
        const QRect card = option.rect.adjusted(0, 0, 0, -metrics.px(8));
        const bool isChosen = option.state & QStyle::State_Selected;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const int line = isChosen && (option.state & QStyle::State_HasFocus) ? 2 : 1;
        painter->setPen(QPen(style::color(isChosen ? Role::accent : Role::line), line));
        painter->setBrush(style::color(isChosen ? Role::accentGround : Role::surface));
        painter->drawRoundedRect(QRectF(card).adjusted(line / 2.0, line / 2.0, -line / 2.0, -line / 2.0), metrics.px(8),
                                 metrics.px(8));
        const QRect inside = card.adjusted(metrics.px(12), metrics.px(8), -metrics.px(12), -metrics.px(8));
        const int right = paintState(*painter, option, index, inside);
        paintTexts(*painter, option, index, inside, right);
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        const style::Metrics metrics(option.font);
        const int lines = QFontMetrics(style::sectionFont(option.font)).height() +
                          QFontMetrics(style::smallFont(option.font)).height();
        return {metrics.px(120), lines + metrics.px(28)};
    }

private:
    /// Returns where the chip begins.
    static int paintState(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                          const QRect &inside)
    {
        const auto state = index.data(stateRole).value<identity::KeysState>();
        const widgets::PaintedChip chip{keysStateKind(state), keysStateName(state), keysStateIcon(state)};
        const int left = inside.right() - chipWidth(chip, option.font);
        const int middle = inside.top() + QFontMetrics(style::sectionFont(option.font)).height() / 2;
        paintChip(painter, chip, {left, middle}, option.font);
        return left;
    }

    static void paintTexts(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                           const QRect &inside, int right)
    {
        const auto paintLine = [&painter](const QRect &rect, const QString &text, int flags) {
            painter.drawText(rect, flags | Qt::TextSingleLine,
                             painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
        };
        painter.setFont(style::sectionFont(option.font));
        painter.setPen(style::color(Role::text));
        QRect name = inside;
        name.setRight(right - style::Metrics(option.font).px(6));
        paintLine(name, index.data(IssuersList::nameRole).toString(), Qt::AlignLeft | Qt::AlignTop);
        painter.setFont(style::smallFont(option.font));
        painter.setPen(style::color(Role::muted));
        paintLine(inside, index.data(summaryRole).toString(), Qt::AlignLeft | Qt::AlignBottom);
    }
};

} // namespace

IssuersList::IssuersList(QWidget *parent)
    : QListWidget(parent)
{
    setItemDelegate(new IssuerDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    // The focus ring is the chosen card's, so that the cards begin where the page does.
    setStyleSheet(u"QListView, QListView:focus { background: transparent; border: none; }"_s);
}

void IssuersList::fill(const std::vector<IssuerEntry> &issuers, TimePoint now)
{
    const QSignalBlocker blocker(this);
    while (count() > static_cast<int>(issuers.size()))
        delete takeItem(count() - 1);
    while (count() < static_cast<int>(issuers.size()))
        addItem(QString());
    for (int row = 0; row < count(); ++row) {
        const IssuerEntry &issuer = issuers.at(static_cast<std::size_t>(row));
        const QString name = isolated(issuer.connection);
        const QString summary = keysSummary(issuer.keys, now);
        const QString text =
            tr("%1, %2", "connection, state of its keys").arg(withoutIsolates(name), keysStateName(issuer.keys.state)) +
            u'\n' + summary;
        if (item(row)->text() == text)
            continue;
        item(row)->setText(text);
        item(row)->setData(nameRole, name);
        item(row)->setData(summaryRole, summary);
        item(row)->setData(stateRole, QVariant::fromValue(issuer.keys.state));
    }
    if (currentRow() < 0 && count() > 0)
        setCurrentRow(0);
    setMaximumHeight(std::max(1, count()) * sizeHintForRow(0) + 2 * frameWidth());
}

} // namespace bookdesk::pages
