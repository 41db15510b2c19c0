#include "widgets/card.h"

#include "style/metrics.h"
#include "widgets/labels.h"

#include <QStyle>
#include <QVBoxLayout>

namespace bookdesk::widgets {

namespace {

void setFlag(QWidget &widget, const char *name, bool value)
{
    if (widget.property(name).toBool() == value)
        return;
    widget.setProperty(name, value);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
    widget.update();
}

} // namespace

Card::Card(const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_body(new QVBoxLayout(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_body->setContentsMargins(metrics.px(14), metrics.px(12), metrics.px(14), metrics.px(12));
    m_body->setSpacing(metrics.px(8));
    if (!title.isEmpty())
        m_body->addWidget(label(title, Look::section, this));
}

void Card::setChosen(bool isChosen) { setFlag(*this, "chosen", isChosen); }

void Card::setRinged(bool isRinged) { setFlag(*this, "ringed", isRinged); }

} // namespace bookdesk::widgets
