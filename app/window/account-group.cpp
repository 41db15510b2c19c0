#include "window/account-group.h"

#include "core/isolation.h"
#include "style/metrics.h"
#include "window/avatar.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace bookdesk::window {

using widgets::Look;

AccountGroup::AccountGroup(AvatarLook look, QWidget *parent)
    : QWidget(parent)
    , m_avatar(new Avatar(look, this))
    , m_name(new widgets::ValueLabel({}, Look::section, this))
    , m_line(widgets::label({}, Look::smallMuted, this))
    , m_row(new QHBoxLayout(this))
    , m_top(new QHBoxLayout)
    , m_column(new QVBoxLayout)
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(metrics.px(10));
    m_row->addWidget(m_avatar, 0, look == AvatarLook::shown ? Qt::AlignTop : Qt::AlignVCenter);
    m_column->setSpacing(metrics.px(1));
    m_name->setWordWrap(true);
    m_line->setWordWrap(true);
    m_line->setMargin(m_name->margin());
    m_top->addWidget(m_name, 1);
    m_column->addLayout(m_top);
    m_column->addWidget(m_line);
    m_row->addLayout(m_column, 1);
}

void AccountGroup::setAccount(const QString &name, const QString &line)
{
    m_avatar->setName(withoutIsolates(name));
    m_name->setBreakableText(name);
    m_line->setText(line);
    m_line->setAccessibleName(withoutIsolates(line));
    m_line->setVisible(!line.isEmpty());
}

void AccountGroup::addBesideName(QWidget *widget) { m_top->addWidget(widget, 0, Qt::AlignTop); }

void AccountGroup::addBelow(QWidget *widget)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(m_name->margin(), style::metricsOf(*this).px(2), 0, 0);
    row->addWidget(widget);
    row->addStretch(1);
    m_column->addLayout(row);
}

void AccountGroup::addAtEnd(QWidget *widget) { m_row->addWidget(widget, 0, Qt::AlignVCenter); }

} // namespace bookdesk::window
