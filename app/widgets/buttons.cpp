#include "widgets/buttons.h"

#include "style/icons.h"
#include "style/metrics.h"
#include "style/properties.h"

#include <QPushButton>
#include <QToolButton>

namespace bookdesk::widgets {

using namespace Qt::StringLiterals;
using style::Role;

namespace {

QString lookName(ButtonLook look)
{
    switch (look) {
    case ButtonLook::plain:
        return {};
    case ButtonLook::primary:
        return u"primary"_s;
    case ButtonLook::danger:
        return u"danger"_s;
    case ButtonLook::flat:
        return u"flat"_s;
    case ButtonLook::quiet:
        return u"quiet"_s;
    case ButtonLook::row:
        return u"row"_s;
    }
    return {};
}

Role inkOf(ButtonLook look)
{
    switch (look) {
    case ButtonLook::plain:
    case ButtonLook::row:
        return Role::text;
    case ButtonLook::primary:
        return Role::onAccent;
    case ButtonLook::danger:
        return Role::bad;
    case ButtonLook::flat:
        return Role::accent;
    case ButtonLook::quiet:
        return Role::muted;
    }
    return Role::text;
}

} // namespace

QPushButton *pushButton(const QString &text, const QString &icon, ButtonLook look, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setProperty("look", lookName(look));
    button->setAutoDefault(false);
    const style::Metrics metrics = style::metricsOf(*button);
    button->setIconSize({metrics.icon() + metrics.px(4), metrics.icon()});
    if (!icon.isEmpty())
        button->setIcon(style::icon(icon, inkOf(look)));
    return button;
}

void setButtonLook(QPushButton &button, const QString &icon, ButtonLook look)
{
    style::setStyleProperty(button, "look", lookName(look));
    button.setIcon(style::icon(icon, inkOf(look)));
}

QToolButton *toolButton(const QString &icon, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    const int side = style::metricsOf(*button).icon();
    button->setIconSize({side, side});
    button->setIcon(style::icon(icon, Role::accent));
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

void swapFor(QWidget &first, QWidget &second)
{
    const bool hasFocus = first.hasFocus();
    second.show();
    if (hasFocus)
        second.setFocus();
    first.hide();
}

} // namespace bookdesk::widgets
