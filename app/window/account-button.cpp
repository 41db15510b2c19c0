#include "window/account-button.h"

#include "core/isolation.h"
#include "style/icons.h"
#include "style/metrics.h"
#include "widgets/labels.h"
#include "window/side-button.h"

#include <QPainter>

namespace bookdesk::window {

using namespace Qt::StringLiterals;
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

AccountButton::AccountButton(QWidget *parent)
    : QToolButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccount({}, {});
}

void AccountButton::setAccount(const QString &name, const QString &connection)
{
    m_name = isolated(name);
    m_connection = isolated(connection);
    const QString sentence =
        m_name.isEmpty() ? tr("Account: signed out") : tr("Account: %1, signed in to %2").arg(m_name, m_connection);
    setAccessibleName(withoutIsolates(sentence));
    widgets::setPlainToolTip(*this, sentence);
    update();
}

void AccountButton::setCompact(bool isCompact)
{
    m_isCompact = isCompact;
    updateGeometry();
    update();
}

QSize AccountButton::sizeHint() const
{
    const style::Metrics metrics = style::metricsOf(*this);
    return {m_isCompact ? metrics.px(38) : metrics.px(120), metrics.px(46)};
}

void AccountButton::paintAvatar(QPainter &painter, const QRect &circle) const
{
    const bool isSignedIn = !m_name.isEmpty();
    painter.setPen(Qt::NoPen);
    painter.setBrush(style::color(isSignedIn ? Role::accent : Role::chip));
    painter.drawEllipse(circle);
    if (!isSignedIn) {
        const int inset = circle.width() / 4;
        style::icon(u"account"_s, Role::muted).paint(&painter, circle.adjusted(inset, inset, -inset, -inset));
        return;
    }
    painter.setPen(style::color(Role::onAccent));
    painter.setFont(style::sectionFont(style::smallFont(font())));
    painter.drawText(circle, Qt::AlignCenter, initials(withoutIsolates(m_name)));
}

void AccountButton::paintNames(QPainter &painter, const QRect &row) const
{
    const bool isSignedIn = !m_name.isEmpty();
    const QFont nameFont = isSignedIn ? style::sectionFont(font()) : font();
    painter.setPen(style::color(isSignedIn ? Role::text : Role::muted));
    painter.setFont(nameFont);
    const auto elided = [&row](const QFont &used, const QString &text) {
        return QFontMetrics(used).elidedText(text, Qt::ElideRight, row.width());
    };
    if (!isSignedIn) {
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignLeft, elided(nameFont, tr("Signed out")));
        return;
    }
    const QRect upper(row.left(), row.top(), row.width(), row.height() / 2);
    painter.drawText(upper, Qt::AlignBottom | Qt::AlignLeft, elided(nameFont, m_name));
    const QFont small = style::smallFont(font());
    painter.setFont(small);
    painter.setPen(style::color(Role::muted));
    painter.drawText(upper.translated(0, row.height() / 2), Qt::AlignTop | Qt::AlignLeft, elided(small, m_connection));
}

void AccountButton::paintEvent(QPaintEvent *)
{
    const style::Metrics metrics = style::metricsOf(*this);
    QPainter painter(this);
    paintSideGround(painter, *this);
    const int side = metrics.px(30);
    const int left = m_isCompact ? (width() - side) / 2 : metrics.px(8);
    const QRect circle(left, (height() - side) / 2, side, side);
    paintAvatar(painter, circle);
    if (m_isCompact)
        return;
    const int chevron = metrics.px(14);
    const QRect arrow(width() - chevron - metrics.px(6), (height() - chevron) / 2, chevron, chevron);
    style::icon(u"chevron-right"_s, Role::muted).paint(&painter, arrow);
    const int textLeft = circle.right() + metrics.px(9);
    paintNames(painter, QRect(textLeft, 0, arrow.left() - textLeft - metrics.px(4), height()));
}

} // namespace bookdesk::window
