#include "widgets/flow-layout.h"

#include <QWidget>

#include <algorithm>
#include <utility>

namespace bookdesk::widgets {

FlowLayout::FlowLayout(int spacing, QWidget *parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(spacing);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::clear()
{
    // A widget that is destroyed notifies its layout, so its item is removed first.
    for (const std::unique_ptr<QLayoutItem> &item : std::exchange(m_items, {}))
        delete item->widget();
    invalidate();
}

void FlowLayout::addItem(QLayoutItem *item) { m_items.emplace_back(item); }

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    if (!itemAt(index))
        return nullptr;
    QLayoutItem *item = m_items[static_cast<std::size_t>(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

FlowLayout::Placement FlowLayout::place(const QRect &rect) const
{
    Placement placement;
    int x = 0;
    int y = 0;
    int lineHeight = 0;
    for (const std::unique_ptr<QLayoutItem> &item : m_items) {
        if (item->isEmpty()) {
            placement.places.emplace_back();
            continue;
        }
        const QSize size = item->sizeHint();
        if (x > 0 && x + size.width() > rect.width()) {
            x = 0;
            y += lineHeight + spacing();
            lineHeight = 0;
        }
        placement.places.emplace_back(rect.topLeft() + QPoint(x, y), size);
        x += size.width() + spacing();
        lineHeight = std::max(lineHeight, size.height());
    }
    placement.height = y + lineHeight;
    return placement;
}

int FlowLayout::heightForWidth(int width) const
{
    const QMargins around = contentsMargins();
    const Placement placement = place({0, 0, width - around.left() - around.right(), 0});
    return placement.height + around.top() + around.bottom();
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const std::unique_ptr<QLayoutItem> &item : m_items)
        if (!item->isEmpty())
            size = size.expandedTo(item->minimumSize());
    return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    const Placement placement = place(rect.marginsRemoved(contentsMargins()));
    for (std::size_t number = 0; number < m_items.size(); ++number)
        m_items[number]->setGeometry(placement.places[number]);
}

} // namespace bookdesk::widgets
