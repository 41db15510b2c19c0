#include "style/properties.h"

#include <QString>
#include <QStyle>
#include <QVariant>
#include <QWidget>

namespace bookdesk::style {

void setStyleProperty(QWidget &widget, const char *name, const QVariant &value)
{
    if (widget.property(name) == value)
        return;
    widget.setProperty(name, value);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
    widget.update();
}

void setEdge(QWidget &widget, const QString &side)
{
    setStyleProperty(widget, "edge", side);
    // Without it a plain QWidget paints nothing of its style.
    widget.setAttribute(Qt::WA_StyledBackground);
}

} // namespace bookdesk::style
