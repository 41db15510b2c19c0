#include "window/side-button.h"

#include "style/icons.h"
#include "style/metrics.h"

#include <QPainter>

namespace bookdesk::window {

using namespace Qt::StringLiterals;
using style::Role;

void paintSideGround(QPainter &painter, const QToolButton &button)
{
    const style::Metrics metrics = style::metricsOf(button);
    const auto ink = [](Role role) { return style::color(role); };
    const bool isLit = button.isChecked() || button.underMouse() || button.isDown();
    const QColor ground = button.isChecked() ? ink(Role::selection) : ink(Role::chip);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(button.hasFocus() ? QPen(ink(Role::accent), 2) : QPen(Qt::NoPen));
    painter.setBrush(isLit ? QBrush(ground) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(QRectF(button.rect()).adjusted(1, 1, -1, -1), metrics.px(6), metrics.px(6));
}

SideButton::SideButton(const QString &icon, const QString &name, const QString &shortcut, QWidget *parent)
    : QToolButton(parent)
    , m_icon(icon)
    , m_shortcut(shortcut)
{
    setText(name);
    setAccessibleName(name);
    setAccessibleDescription(shortcut);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SideButton::setCompact(bool isCompact)
{
    m_isCompact = isCompact;
    const QString name = m_shortcut.isEmpty() ? text() : tr("%1 (%2)").arg(text(), m_shortcut);
    setToolTip(isCompact ? name : QString());
    updateGeometry();
    update();
}

QSize SideButton::sizeHint() const
{
    const style::Metrics metrics = style::metricsOf(*this);
    const int height = metrics.px(32);
    return {m_isCompact ? height : metrics.px(120), height};
}

void SideButton::paintEvent(QPaintEvent *)
{
    const style::Metrics metrics = style::metricsOf(*this);
    QPainter painter(this);
    paintSideGround(painter, *this);
    const Role role = isChecked() ? Role::accent : Role::text;
    const int side = metrics.px(18);
    const int left = m_isCompact ? (width() - side) / 2 : metrics.px(10);
    const QRect iconRect(left, (height() - side) / 2, side, side);
    style::icon(m_icon, role).paint(&painter, iconRect);
    if (m_isCompact)
        return;
    painter.setFont(isChecked() ? style::sectionFont(font()) : font());
    painter.setPen(style::color(role));
    const QRect row = rect().adjusted(iconRect.right() + metrics.px(10), 0, -metrics.px(10), 0);
    painter.drawText(row, Qt::AlignVCenter | Qt::AlignLeft, text());
    painter.setFont(style::smallFont(font()));
    painter.setPen(style::color(Role::muted));
    painter.drawText(row, Qt::AlignVCenter | Qt::AlignRight, m_shortcut);
}

} // namespace bookdesk::window
