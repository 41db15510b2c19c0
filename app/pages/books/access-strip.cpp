#include "pages/books/access-strip.h"

#include "books/access-rule.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/chip.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::Kind;
using widgets::Look;

AccessStrip::AccessStrip(QWidget *parent)
    : Card({}, parent)
{
    const style::Metrics metrics = style::metricsOf(*this);
    body()->setContentsMargins(metrics.px(14), metrics.px(6), metrics.px(14), metrics.px(6));
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics.px(8));
    row->addWidget(widgets::label(tr("Your access"), Look::section, this));
    body()->addLayout(row);
    m_read = addEntry(tr("Read"));
    m_delete = addEntry(tr("Delete"));
    m_why = widgets::pushButton(tr("Why?"), {}, widgets::ButtonLook::flat, this);
    m_why->setObjectName(u"why"_s);
    m_why->setAccessibleDescription(tr("Shows the token that decides"));
    row->addStretch(1);
    row->addWidget(m_why);
    connect(m_why, &QPushButton::clicked, this, &AccessStrip::whyAsked);
}

AccessStrip::Entry AccessStrip::addEntry(const QString &name)
{
    auto *row = static_cast<QHBoxLayout *>(body()->itemAt(0)->layout());
    auto *reason = new widgets::ElidedLabel({}, Look::smallMuted, this);
    reason->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    Entry entry{new widgets::Chip(Kind::neutral, name, {}, this), reason};
    row->addSpacing(style::metricsOf(*this).px(10));
    row->addWidget(entry.chip);
    row->addWidget(entry.reason);
    return entry;
}

void AccessStrip::setFacts(const books::TokenFacts &facts)
{
    showPrediction(m_read, tr("Read"), books::predict(books::listRule(), facts));
    showPrediction(m_delete, tr("Delete"), books::predict(books::deleteRule(), facts));
}

void AccessStrip::showPrediction(const Entry &entry, const QString &name, const books::Prediction &prediction)
{
    entry.reason->setFullText(prediction.decidedBy);
    if (!prediction.isKnown()) {
        entry.chip->set(Kind::neutral, name, tr("%1 unknown, %2").arg(name, prediction.decidedBy));
        entry.chip->setIcon(u"info"_s);
    } else if (prediction.status == 200) {
        entry.chip->set(Kind::ok, name, tr("%1 allowed, %2").arg(name, prediction.decidedBy));
    } else {
        entry.chip->set(Kind::bad, name, tr("%1 not allowed, %2").arg(name, prediction.decidedBy));
    }
}

} // namespace bookdesk::pages
