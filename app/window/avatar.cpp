#include "window/avatar.h"

#include "style/colors.h"
#include "style/metrics.h"

#include <QPainter>

namespace bookdesk::window {

using style::Role;

QString initials(const QString &name)
{
    QString letters;
    const QStringList words = name.split(u' ', Qt::SkipEmptyParts);
    if (!words.isEmpty())
        letters += words.first().front().toUpper();
    if (words.size() > 1)
        letters += words.last().front().toUpper();
    return letters;
}

void paintAvatar(QPainter &painter, const QRect &circle, const QString &name, AvatarLook look)
{
    const bool isShown = look == AvatarLook::shown;
    painter.setPen(Qt::NoPen);
    painter.setBrush(style::color(isShown ? Role::accent : Role::chip));
    painter.drawEllipse(circle);
    painter.setPen(style::color(isShown ? Role::onAccent : Role::text));
    painter.setFont(style::sectionFont(style::smallFont(painter.font())));
    painter.drawText(circle, Qt::AlignCenter, initials(name));
}

Avatar::Avatar(AvatarLook look, QWidget *parent)
    : QWidget(parent)
    , m_look(look)
{
    const int side = style::metricsOf(*this).px(30);
    setFixedSize(side, side);
}

void Avatar::setName(const QString &name)
{
    m_name = name;
    update();
}

void Avatar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintAvatar(painter, rect(), m_name, m_look);
}

} // namespace bookdesk::window
