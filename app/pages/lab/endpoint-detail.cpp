#include "pages/lab/endpoint-detail.h"

#include "core/text.h"
#include "lab/endpoint-rules.h"
#include "lab/lab-words.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/key-value-rows.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;
using widgets::KeyValue;
using widgets::Look;

namespace {

QString originText(lab::RuleOrigin origin)
{
    switch (origin) {
    case lab::RuleOrigin::contract:
        return EndpointDetail::tr("built in");
    case lab::RuleOrigin::openApi:
        return EndpointDetail::tr("from the API's /openapi.json");
    case lab::RuleOrigin::own:
        break;
    }
    return EndpointDetail::tr("your own");
}

QString ruleText(const lab::LabRule &rule)
{
    const QString needs = EndpointDetail::tr("%1 (%2)").arg(visible(lab::needsText(rule)), originText(rule.origin));
    return rule.remark.isEmpty() ? needs : EndpointDetail::tr("%1. %2").arg(needs, rule.remark);
}

QString listed(const QStringList &scopes) { return visible(QLocale().createSeparatedList(scopes)); }

QString unlistedText(const QStringList &scopes)
{
    const int count = static_cast<int>(scopes.size());
    return (count == 1
                ? EndpointDetail::tr("The connection does not list %1, so Bookdesk never asks for it. Add it to the "
                                     "connection's scopes if the app is to have it.")
                : EndpointDetail::tr("The connection does not list %n scopes, so Bookdesk never asks for them: %1. Add "
                                     "them to the connection's scopes if the app is to have them.",
                                     nullptr, count))
        .arg(listed(scopes));
}

QString obtainableText(const QStringList &scopes)
{
    const int count = static_cast<int>(scopes.size());
    return (count == 1 ? EndpointDetail::tr("Your token lacks %1. The connection lists it, and so far Bookdesk has "
                                            "asked for no more than reading needs.")
                       : EndpointDetail::tr("Your token lacks %n scopes: %1. The connection lists them, and so far "
                                            "Bookdesk has asked for no more than reading needs.",
                                            nullptr, count))
        .arg(listed(scopes));
}

QString offerText(const books::ScopeOffer &offer)
{
    return offer.unlisted.isEmpty() ? obtainableText(offer.obtainable) : unlistedText(offer.unlisted);
}

QString getText(const books::ScopeOffer &offer)
{
    return offer.obtainable.size() > 1 ? EndpointDetail::tr("Get these scopes") : EndpointDetail::tr("Get this scope");
}

std::vector<KeyValue> rowsOf(const lab::EndpointResult &result, const books::ScopeOffer &offer)
{
    std::vector<KeyValue> rows{{EndpointDetail::tr("Needs"), ruleText(result.rule), Look::body},
                               {EndpointDetail::tr("Expect"), books::predictedAnswer(result.prediction), Look::body}};
    if (!offer.obtainable.isEmpty() || !offer.unlisted.isEmpty())
        rows.push_back({EndpointDetail::tr("Scope"), offerText(offer), Look::body});
    if (!result.outcome)
        return rows;
    const books::ApiOutcome &outcome = *result.outcome;
    rows.push_back({EndpointDetail::tr("Answer"), outcome.headline, Look::strong});
    rows.push_back({EndpointDetail::tr("Why"), outcome.explanation, Look::body});
    if (!outcome.remedy.isEmpty())
        rows.push_back({EndpointDetail::tr("To fix"), outcome.remedy, Look::body});
    return rows;
}

} // namespace

EndpointDetail::EndpointDetail(QWidget *parent)
    : Card({}, parent)
    , m_title(widgets::label({}, Look::section, this))
    , m_rows(new widgets::KeyValueRows(this))
    , m_run(add(u"runEndpoint"_s, tr("Run"), u"play"_s))
    , m_scopes(add(u"getScope"_s, {}, u"token"_s))
    , m_edit(add(u"editRule"_s, tr("Change rule…"), {}))
    , m_remove(add(u"removeRule"_s, tr("Remove rule"), u"trash"_s))
    , m_exchange(add(u"showExchange"_s, tr("Show exchange"), {}))
{
    m_title->setWordWrap(true);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(style::metricsOf(*this).px(8));
    for (QPushButton *button : {m_run, m_scopes, m_edit, m_remove})
        buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->addWidget(m_exchange);
    body()->addWidget(m_title);
    body()->addWidget(m_rows);
    body()->addLayout(buttons);
    connect(m_run, &QPushButton::clicked, this, &EndpointDetail::runAsked);
    connect(m_scopes, &QPushButton::clicked, this, &EndpointDetail::scopesAsked);
    connect(m_edit, &QPushButton::clicked, this, &EndpointDetail::editAsked);
    connect(m_remove, &QPushButton::clicked, this, &EndpointDetail::removeAsked);
    connect(m_exchange, &QPushButton::clicked, this, [this] { Q_EMIT exchangeAsked(m_result->outcome->exchangeId); });
    setResult({}, false);
}

QPushButton *EndpointDetail::add(const QString &name, const QString &text, const QString &icon)
{
    const ButtonLook look = name == "showExchange"_L1 ? ButtonLook::flat : ButtonLook::plain;
    QPushButton *button = widgets::pushButton(text, icon, look, this);
    button->setObjectName(name);
    return button;
}

void EndpointDetail::setResult(const std::optional<lab::EndpointResult> &result, bool canRun,
                               const books::ScopeOffer &offer)
{
    m_result = result;
    m_offer = offer;
    m_scopes->setText(getText(offer));
    m_scopes->setVisible(!offer.obtainable.isEmpty());
    m_scopes->setEnabled(canRun);
    setVisible(result.has_value());
    m_run->setEnabled(canRun);
    m_edit->setEnabled(canRun);
    m_remove->setEnabled(canRun);
    if (!result)
        return;
    m_title->setText(visible(lab::endpointName(*result)));
    m_rows->setRows(rowsOf(*result, offer));
    m_remove->setVisible(result->rule.origin == lab::RuleOrigin::own);
    m_exchange->setVisible(result->outcome && result->outcome->exchangeId != 0);
}

} // namespace bookdesk::pages
