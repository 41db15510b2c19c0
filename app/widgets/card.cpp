#include "widgets/card.h"

#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/labels.h"

#include <QVBoxLayout>
#include <QVariant>

namespace bookdesk::widgets {

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

void Card::setChosen(bool isChosen) { style::setStyleProperty(*this, "chosen", isChosen); }

void Card::setRinged(bool isRinged) { style::setStyleProperty(*this, "ringed", isRinged); }

} // namespace bookdesk::widgets
