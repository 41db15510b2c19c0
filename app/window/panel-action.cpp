#include "window/panel-action.h"

#include "core/isolation.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace bookdesk::window {

PanelAction::PanelAction(const QString &text, const QString &icon, const QString &hint, QWidget *parent)
    : QWidget(parent)
    , m_button(widgets::pushButton(text, icon, widgets::ButtonLook::row, this))
    , m_hint(widgets::label({}, widgets::Look::smallMuted, this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_button);
    column->addWidget(m_hint);
    m_hint->setWordWrap(true);
    // Below the button's text, which stands beside its icon.
    m_hint->setContentsMargins(m_button->iconSize().width() + metrics.px(17), 0, 0, metrics.px(4));
    setHint(hint);
}

void PanelAction::setHint(const QString &hint)
{
    m_hint->setText(hint);
    m_hint->setAccessibleName(withoutIsolates(hint));
    m_hint->setVisible(!hint.isEmpty());
    m_button->setAccessibleDescription(withoutIsolates(hint));
}

void PanelAction::setOffered(bool isOffered)
{
    setVisible(isOffered);
    m_button->setVisible(isOffered);
}

} // namespace bookdesk::window
