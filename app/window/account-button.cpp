#include "window/account-button.h"

#include "core/isolation.h"
#include "style/icons.h"
#include "style/metrics.h"
#include "widgets/labels.h"
#include "window/account-facts.h"
#include "window/side-button.h"

#include <QPainter>

namespace bookdesk::window {

using namespace Qt::StringLiterals;
using style::Role;

AccountButton::AccountButton(QWidget *parent)
    : QToolButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccount({});
}

void AccountButton::setAccount(const AccountFacts &facts)
{
    const bool isSignedIn = facts.hasPerson;
    m_name = isSignedIn ? isolated(facts.name) : QString();
    m_connection = isolated(facts.connection);
    m_needsPerson = facts.state == AccountState::needsPerson;
    QString sentence = tr("Account: signed out");
    if (isSignedIn && m_needsPerson)
        sentence = tr("Account: %1, needs to sign in to %2 again").arg(m_name, m_connection);
    else if (isSignedIn)
        sentence = tr("Account: %1, signed in to %2").arg(m_name, m_connection);
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

void AccountButton::paintMark(QPainter &painter, const QRect &circle) const
{
    if (!m_name.isEmpty())
        return paintAvatar(painter, circle, withoutIsolates(m_name), AvatarLook::shown);
    painter.setPen(Qt::NoPen);
    painter.setBrush(style::color(Role::chip));
    painter.drawEllipse(circle);
    const int inset = circle.width() / 4;
    style::icon(u"account"_s, Role::muted).paint(&painter, circle.adjusted(inset, inset, -inset, -inset));
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
    paintState(painter, upper.translated(0, row.height() / 2));
}

/// Where they are signed in, or that they are no longer.
void AccountButton::paintState(QPainter &painter, const QRect &row) const
{
    const style::Metrics metrics = style::metricsOf(*this);
    const QFont small = style::smallFont(font());
    const QFontMetrics text(small);
    const int side = m_needsPerson ? metrics.px(13) : 0;
    const QRect icon(row.left(), row.top() + (text.height() - side) / 2, side, side);
    if (m_needsPerson)
        style::icon(u"warning"_s, Role::warn).paint(&painter, icon);
    const QRect rest = m_needsPerson ? row.adjusted(side + metrics.px(4), 0, 0, 0) : row;
    const QString words = m_needsPerson ? tr("Sign in again") : m_connection;
    painter.setFont(m_needsPerson ? style::sectionFont(small) : small);
    painter.setPen(style::color(m_needsPerson ? Role::warn : Role::muted));
    painter.drawText(rest, Qt::AlignTop | Qt::AlignLeft, text.elidedText(words, Qt::ElideRight, rest.width()));
}

void AccountButton::paintEvent(QPaintEvent *)
{
    const style::Metrics metrics = style::metricsOf(*this);
    QPainter painter(this);
    paintSideGround(painter, *this);
    const int side = metrics.px(30);
    const int left = m_isCompact ? (width() - side) / 2 : metrics.px(8);
    const QRect circle(left, (height() - side) / 2, side, side);
    paintMark(painter, circle);
    if (m_isCompact)
        return;
    const int chevron = metrics.px(14);
    const QRect arrow(width() - chevron - metrics.px(6), (height() - chevron) / 2, chevron, chevron);
    style::icon(u"chevron-right"_s, Role::muted).paint(&painter, arrow);
    const int textLeft = circle.right() + metrics.px(9);
    paintNames(painter, QRect(textLeft, 0, arrow.left() - textLeft - metrics.px(4), height()));
}

} // namespace bookdesk::window
