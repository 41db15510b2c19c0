#include "pages/token/grants-card.h"

#include "books/access-rule.h"
#include "core/text.h"
#include "pages/token/grants-area.h"
#include "style/metrics.h"
#include "widgets/chip.h"
#include "widgets/flow-layout.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::Kind;
using widgets::Look;

KnownGrants knownGrants(const QStringList &connectionScopes)
{
    static const QStringList notOfTheApi{u"openid"_s, u"profile"_s, u"email"_s, u"offline_access"_s};
    // Also has the scopes and roles of the contract that no endpoint requires.
    KnownGrants known{books::listRule().scopes + QStringList{u"Books.Write"_s},
                      QStringList{u"Books.Reader"_s} + books::deleteRule().roles};
    for (const QString &scope : connectionScopes) {
        const QString name = scope.section(u'/', -1);
        if (!notOfTheApi.contains(name) && name != ".default"_L1)
            known.scopes += name;
    }
    known.scopes.removeDuplicates();
    return known;
}

GrantsCard::GrantsCard(QWidget *parent)
    : Card(tr("Scopes and roles"), parent)
    , m_area(new GrantsArea(this))
    , m_scopes(makeLine(tr("Scopes")))
    , m_roles(makeLine(tr("Roles")))
    , m_legend(widgets::label({}, Look::smallMuted, this))
{
    m_legend->setWordWrap(true);
    m_area->content()->addWidget(m_legend);
    m_area->content()->addStretch(1);
    m_area->setObjectName(u"grants"_s);
    m_area->setAccessibleName(tr("Scopes and roles"));
    body()->addWidget(m_area);
    connect(m_area, &GrantsArea::focusChanged, this, &GrantsCard::setRinged);
}

GrantsCard::Line GrantsCard::makeLine(const QString &name)
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics.px(8));
    QLabel *label = widgets::label(name, Look::muted, this);
    label->setMinimumWidth(metrics.px(56));
    auto *area = new QWidget(this);
    auto *chips = new widgets::FlowLayout(metrics.px(4), area);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    area->setSizePolicy(policy);
    row->addWidget(label, 0, Qt::AlignTop);
    row->addWidget(area, 1);
    m_area->content()->addLayout(row);
    return {area, chips};
}

void GrantsCard::setGrants(const jose::Grants &grants, const KnownGrants &known)
{
    if (grants.isKnown) {
        fill(m_scopes, grants.scopes, known.scopes,
             {tr("Scope %1 is in your token"), tr("Scope %1 is not in your token; the API knows it")});
        fill(m_roles, grants.roles, known.roles,
             {tr("Role %1 is in your token"), tr("Role %1 is not in your token; the API knows it")});
        m_legend->setText(tr("Grey: the API knows it, your token lacks it."));
    } else {
        fill(m_scopes, {}, {}, {});
        fill(m_roles, {}, {}, {});
        m_legend->setText(tr("Unknown: only the API can read this token."));
    }
}

QString GrantsCard::fitting(const QString &name) const
{
    return fontMetrics().elidedText(name, Qt::ElideMiddle, style::metricsOf(*this).px(160));
}

void GrantsCard::fill(const Line &line, const QStringList &held, const QStringList &known, const Sentences &sentences)
{
    line.chips->clear();
    for (const QString &name : held) {
        const QString text = visible(name);
        line.chips->addWidget(new widgets::Chip(Kind::ok, fitting(text), sentences.held.arg(text), line.area));
    }
    for (const QString &name : known) {
        if (held.contains(name))
            continue;
        auto *chip = new widgets::Chip(Kind::neutral, fitting(name), sentences.lacking.arg(name), line.area);
        chip->setIcon(u"dash"_s);
        line.chips->addWidget(chip);
    }
    line.area->updateGeometry();
}

} // namespace bookdesk::pages
