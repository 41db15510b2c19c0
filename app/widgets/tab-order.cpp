#include "widgets/tab-order.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHeaderView>
#include <QLayout>
#include <QScrollArea>
#include <QSplitter>
#include <QWidget>

namespace bookdesk::widgets {
namespace {

bool takesTab(const QWidget &widget)
{
    if (!widget.isEnabled() || widget.focusProxy())
        return false;
    // Qt's own policy follows the focus instead of the choice.
    const auto *button = qobject_cast<const QAbstractButton *>(&widget);
    const QButtonGroup *group = button ? button->group() : nullptr;
    if (group && group->exclusive() && group->checkedButton())
        return button->isChecked();
    return (widget.focusPolicy() & Qt::TabFocus) != 0;
}

void appendInOrder(QList<QWidget *> &children, const QLayout &layout)
{
    for (int i = 0; i < layout.count(); ++i) {
        QLayoutItem *item = layout.itemAt(i);
        if (item->widget())
            children += item->widget();
        else if (item->layout())
            appendInOrder(children, *item->layout());
    }
}

/// First what is laid out, then the rest in the order in which it was made.
QList<QWidget *> childrenOf(const QWidget &parent)
{
    QList<QWidget *> children;
    if (const auto *splitter = qobject_cast<const QSplitter *>(&parent)) {
        for (int i = 0; i < splitter->count(); ++i)
            children += splitter->widget(i);
    }
    if (parent.layout())
        appendInOrder(children, *parent.layout());
    for (QObject *child : parent.children()) {
        auto *widget = qobject_cast<QWidget *>(child);
        if (widget && !widget->isWindow() && !children.contains(widget))
            children += widget;
    }
    return children;
}

} // namespace

QList<QWidget *> tabStops(const QWidget &parent)
{
    QList<QWidget *> stops;
    for (QWidget *child : childrenOf(parent)) {
        if (!child->isVisible())
            continue;
        const QList<QWidget *> inside = tabStops(*child);
        const bool isAboveRows = !inside.isEmpty() && qobject_cast<QHeaderView *>(inside.first());
        if (isAboveRows)
            stops += inside;
        if (takesTab(*child))
            stops += child;
        if (!isAboveRows)
            stops += inside;
    }
    return stops;
}

bool moveFocus(const QWidget &window, bool isForward)
{
    const QList<QWidget *> stops = tabStops(window);
    if (stops.isEmpty())
        return false;
    const qsizetype at = stops.indexOf(window.focusWidget());
    const qsizetype begin = at < 0 && !isForward ? 0 : at;
    const qsizetype next = (begin + (isForward ? 1 : stops.size() - 1)) % stops.size();
    QWidget *stop = stops.at(next);
    stop->setFocus(isForward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    for (QWidget *around = stop->parentWidget(); around; around = around->parentWidget())
        if (auto *area = qobject_cast<QScrollArea *>(around))
            area->ensureWidgetVisible(stop);
    return true;
}

bool holdsFocus(const QWidget &widget)
{
    const QWidget *focused = widget.window()->focusWidget();
    return focused && (focused == &widget || widget.isAncestorOf(focused));
}

} // namespace bookdesk::widgets
