#include "pages/books/access-strip.h"

#include "books/access-rule.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/chip.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::Kind;
using widgets::Look;

namespace {

QString readSentence(const books::Prediction &prediction)
{
    if (!prediction.isKnown())
        return AccessStrip::tr("Nobody knows whether reading is allowed. %1").arg(prediction.reason);
    return prediction.status == 200 ? AccessStrip::tr("Reading is allowed. %1").arg(prediction.reason)
                                    : AccessStrip::tr("Reading is not allowed. %1").arg(prediction.reason);
}

QString readSentence(const books::Prediction &prediction, const QString &asOf)
{
    if (asOf.isEmpty())
        return readSentence(prediction);
    if (!prediction.isKnown())
        return AccessStrip::tr("At %1, nobody knew whether reading was allowed. %2").arg(asOf, prediction.reason);
    return prediction.status == 200
               ? AccessStrip::tr("At %1, reading was allowed. %2").arg(asOf, prediction.reason)
               : AccessStrip::tr("At %1, reading was not allowed. %2").arg(asOf, prediction.reason);
}

QString deleteSentence(const books::Prediction &prediction)
{
    if (!prediction.isKnown())
        return AccessStrip::tr("Nobody knows whether deleting is allowed. %1").arg(prediction.reason);
    return prediction.status == 200 ? AccessStrip::tr("Deleting is allowed. %1").arg(prediction.reason)
                                    : AccessStrip::tr("Deleting is not allowed. %1").arg(prediction.reason);
}

QString deleteSentence(const books::Prediction &prediction, const QString &asOf)
{
    if (asOf.isEmpty())
        return deleteSentence(prediction);
    if (!prediction.isKnown())
        return AccessStrip::tr("At %1, nobody knew whether deleting was allowed. %2").arg(asOf, prediction.reason);
    return prediction.status == 200
               ? AccessStrip::tr("At %1, deleting was allowed. %2").arg(asOf, prediction.reason)
               : AccessStrip::tr("At %1, deleting was not allowed. %2").arg(asOf, prediction.reason);
}

/// Beside the chip that says "more proof".
QString proofReason(ProofAsker asker)
{
    switch (asker) {
    case ProofAsker::nobody:
        break;
    case ProofAsker::list:
        return AccessStrip::tr("asked for by the list");
    case ProofAsker::lastDelete:
        return AccessStrip::tr("asked for by the last delete");
    }
    return {};
}

QString scopeSentence(ProofAsker asker)
{
    switch (asker) {
    case ProofAsker::nobody:
        break;
    case ProofAsker::list:
        return AccessStrip::tr("A scope that can be got is asked for by the list.");
    case ProofAsker::lastDelete:
        return AccessStrip::tr("A scope that can be got is asked for by the last delete.");
    }
    return {};
}

QString proofSentence(ProofAsker asker)
{
    switch (asker) {
    case ProofAsker::nobody:
        break;
    case ProofAsker::list:
        return AccessStrip::tr("More proof is asked for by the list.");
    case ProofAsker::lastDelete:
        return AccessStrip::tr("More proof is asked for by the last delete.");
    }
    return {};
}

} // namespace

AccessStrip::AccessStrip(QWidget *parent)
    : Card({}, parent)
    , m_asOf(widgets::label({}, Look::smallMuted, this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    body()->setContentsMargins(metrics.px(14), metrics.px(6), metrics.px(14), metrics.px(6));
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics.px(8));
    row->addWidget(widgets::label(tr("Your access"), Look::section, this));
    row->addWidget(m_asOf);
    m_asOf->hide();
    body()->addLayout(row);
    m_read = addEntry(tr("Read"));
    m_delete = addEntry(tr("Delete"));
    m_proof = addEntry(tr("more proof"));
    setAskedBy(ProofAsker::nobody);
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

void AccessStrip::setFacts(const books::TokenFacts &facts, const QString &asOf)
{
    const books::Prediction read = books::predict(books::listRule(), facts);
    const books::Prediction remove = books::predict(books::deleteRule(), facts);
    m_asOf->setText(asOf.isEmpty() ? QString() : tr("As of %1").arg(asOf));
    m_asOf->setVisible(!asOf.isEmpty());
    showPrediction(m_read, read, readSentence(read, asOf));
    showPrediction(m_delete, remove, deleteSentence(remove, asOf));
}

void AccessStrip::setAskedBy(ProofAsker asker, WaitsFor what)
{
    const bool isAsked = asker != ProofAsker::nobody;
    m_proof.reason->setFullText(proofReason(asker));
    if (what == WaitsFor::scopes)
        m_proof.chip->set(Kind::warn, tr("scope to get"), scopeSentence(asker));
    else
        m_proof.chip->set(Kind::warn, tr("more proof"), proofSentence(asker));
    m_proof.chip->setIcon(u"shield"_s);
    m_proof.chip->setVisible(isAsked);
    m_proof.reason->setVisible(isAsked);
}

void AccessStrip::showPrediction(const Entry &entry, const books::Prediction &prediction, const QString &sentence)
{
    const Kind answered = prediction.status == 200 ? Kind::ok : Kind::bad;
    entry.reason->setFullText(prediction.reason);
    entry.chip->set(prediction.isKnown() ? answered : Kind::neutral, entry.chip->text(), sentence);
    if (!prediction.isKnown())
        entry.chip->setIcon(u"info"_s);
}

} // namespace bookdesk::pages
