#include "pages/lab/endpoints-view.h"

#include "core/address-text.h"
#include "lab/endpoint-path.h"
#include "lab/endpoint-rules.h"
#include "pages/lab/endpoint-detail.h"
#include "pages/lab/endpoint-dialog.h"
#include "pages/lab/endpoints-table.h"
#include "pages/lab/left-out-dialog.h"
#include "pages/lab/rule-dialog.h"
#include "pages/lab/scope-banner.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/announcement.h"
#include "widgets/banner.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/labels.h"
#include "widgets/tab-order.h"

#include <QCoroTask>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;
using widgets::Kind;
using widgets::Look;

namespace {

QPushButton *button(const QString &name, const QString &text, const QString &icon, ButtonLook look, QWidget *parent)
{
    QPushButton *made = widgets::pushButton(text, icon, look, parent);
    made->setObjectName(name);
    return made;
}

QString noteText()
{
    return EndpointsView::tr(
        "Calls go to this connection's own API only. Calls that may change something are never run "
        "by “Run all”; they ask first.");
}

} // namespace

EndpointsView::EndpointsView(QWidget *parent, std::chrono::milliseconds limit)
    : QWidget(parent)
    , m_actions(new QWidget(this))
    , m_run(button(u"runSafe"_s, tr("Run all safe calls"), u"play"_s, ButtonLook::primary, m_actions))
    , m_stop(button(u"stopCalls"_s, tr("Stop"), u"stop"_s, ButtonLook::plain, m_actions))
    , m_reload(button(u"reloadRules"_s, tr("Reload rules"), u"refresh"_s, ButtonLook::flat, this))
    , m_add(button(u"addRule"_s, tr("Add rule"), u"plus"_s, ButtonLook::flat, this))
    , m_leftOut(button(u"leftOut"_s, {}, u"warning"_s, ButtonLook::flat, this))
    , m_subtitle(new widgets::ElidedLabel({}, Look::smallMuted, this))
    , m_bar(new widgets::ThinBar(tr("Reading the API's rules"), this))
    , m_problem(new widgets::Banner(this))
    , m_scopes(new ScopeBanner(this))
    , m_table(new EndpointsTable(this))
    , m_detail(new EndpointDetail(this))
    , m_note(widgets::label(noteText(), Look::smallMuted, this))
    , m_limit(limit)
{
    m_note->setWordWrap(true);
    makeActions();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::metricsOf(*this).gap());
    column->addWidget(m_problem);
    column->addWidget(m_scopes);
    column->addWidget(makeCard());
    column->addWidget(m_detail);
    column->addWidget(m_note);
    column->addStretch(1);
    connectParts();
}

void EndpointsView::makeActions()
{
    auto *row = new QHBoxLayout(m_actions);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_run);
    row->addWidget(m_stop);
    m_stop->hide();
    m_actions->setFocusProxy(m_run);
}

QWidget *EndpointsView::makeCard()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *card = new widgets::Card({}, this);
    card->body()->setContentsMargins(1, 1, 1, 1);
    card->body()->setSpacing(0);
    auto *head = new QWidget(card);
    style::setEdge(*head, u"bottom"_s);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(metrics.px(14) - 1, metrics.px(4), metrics.px(8), metrics.px(4));
    row->setSpacing(metrics.px(10));
    row->addWidget(widgets::label(tr("Endpoints"), Look::section, card));
    row->addWidget(m_subtitle, 1);
    QSizePolicy inRow(QSizePolicy::Fixed, QSizePolicy::Fixed);
    inRow.setRetainSizeWhenHidden(false);
    m_bar->setSizePolicy(inRow);
    m_bar->setFixedWidth(metrics.px(120));
    row->addWidget(m_bar);
    for (QPushButton *action : {m_leftOut, m_reload, m_add})
        row->addWidget(action);
    card->body()->addWidget(head);
    card->body()->addWidget(m_table);
    return card;
}

void EndpointsView::connectParts()
{
    connect(m_run, &QPushButton::clicked, this, &EndpointsView::runSafe);
    connect(m_stop, &QPushButton::clicked, this, &EndpointsView::stop);
    connect(m_reload, &QPushButton::clicked, this, &EndpointsView::reload);
    connect(m_leftOut, &QPushButton::clicked, this, [this] {
        if (endpoints() && endpoints()->document())
            showLeftOut(*endpoints()->document(), this);
    });
    connect(m_add, &QPushButton::clicked, this, [this] { editRule({"GET"_ba, {}, {}, {}}); });
    connect(m_table, &EndpointsTable::selectionMoved, this, &EndpointsView::showSelected);
    connect(m_table, &EndpointsTable::runAsked, this, &EndpointsView::run);
    connect(m_detail, &EndpointDetail::runAsked, this, [this] { run(m_table->selectedRow()); });
    connect(m_detail, &EndpointDetail::scopesAsked, this, &EndpointsView::getScopes);
    connect(m_scopes, &ScopeBanner::underWayChanged, this, &EndpointsView::showSelected);
    connect(m_scopes, &ScopeBanner::got, this, &EndpointsView::sendAgain);
    connect(m_scopes, &ScopeBanner::closed, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_detail, &EndpointDetail::editAsked, this, [this] { editRule(m_detail->result()->rule.rule); });
    connect(m_detail, &EndpointDetail::removeAsked, this, &EndpointsView::removeRule);
    connect(m_detail, &EndpointDetail::exchangeAsked, this, &EndpointsView::exchangeAsked);
}

lab::EndpointRun *EndpointsView::endpoints() const { return m_desk ? &m_desk->lab().endpoints() : nullptr; }

void EndpointsView::setDesk(workspace::Desk *desk)
{
    if (endpoints()) {
        disconnect(endpoints(), nullptr, this, nullptr);
        disconnect(&m_desk->session(), nullptr, this, nullptr);
    }
    m_desk = desk;
    m_problem->forget();
    m_refused.reset();
    m_scopes->setDesk(desk);
    if (m_desk) {
        connect(endpoints(), &lab::EndpointRun::changed, this, &EndpointsView::showAll);
        connect(&m_desk->session(), &identity::Session::personChanged, this, [this] { m_refused.reset(); });
    }
    showAll();
}

void EndpointsView::loadOnce()
{
    if (m_desk && m_loadedFor != m_desk)
        reload();
}

void EndpointsView::reload()
{
    if (!m_desk)
        return;
    m_loadedFor = m_desk;
    QCoro::connect(endpoints()->loadDocument(), this, [this](const Result<void> &) { showProblem(); });
}

void EndpointsView::showAll()
{
    const lab::EndpointRun *run = endpoints();
    const bool isRunning = run && run->isRunning();
    m_table->endpoints().setResults(run ? run->results() : std::vector<lab::EndpointResult>(),
                                    run ? run->current() : std::nullopt, run && !isRunning);
    m_run->setEnabled(run != nullptr);
    widgets::swapFor(isRunning ? *m_run : *m_stop, isRunning ? *m_stop : *m_run);
    m_reload->setEnabled(run && !run->isLoading());
    m_add->setEnabled(run != nullptr);
    if (run && run->isLoading())
        m_bar->startIndeterminate();
    else
        m_bar->stop();
    showSubtitle();
    showSelected();
}

void EndpointsView::showSubtitle()
{
    const lab::EndpointRun *run = endpoints();
    const std::optional<lab::OpenApiRules> document = run ? run->document() : std::nullopt;
    const std::size_t leftOut = document ? document->leftOut.size() + document->moreLeftOut : 0;
    m_subtitle->setFullText(document
                                ? tr("rules: built in, and from /openapi.json (%1 found)").arg(document->rules.size())
                                : tr("rules: built in"));
    m_leftOut->setText(tr("%1 left out…").arg(leftOut));
    m_leftOut->setVisible(leftOut > 0);
}

void EndpointsView::showProblem()
{
    const std::optional<Error> problem = endpoints() ? endpoints()->documentFailure() : std::nullopt;
    if (!problem)
        return m_problem->forget();
    m_problem->show({Kind::warn, tr("The API's own rules are not known"), advised(*problem), {}, {}});
    m_problem->setClosable(true);
}

void EndpointsView::showSelected()
{
    const int row = m_table->selectedRow();
    const lab::EndpointRun *run = endpoints();
    const bool canRun = run && !run->isRunning() && !m_scopes->isUnderWay();
    if (row < 0)
        return m_detail->setResult(std::nullopt, canRun);
    const lab::EndpointResult &endpoint = m_table->endpoints().result(row);
    m_detail->setResult(endpoint, canRun, offerFor(endpoint));
}

/// By what the API has asked for, or else by the rule.
books::ScopeOffer EndpointsView::offerFor(const lab::EndpointResult &endpoint) const
{
    if (!m_desk || !m_desk->session().current())
        return {};
    const books::TokenFacts facts = m_desk->tokenFacts();
    if (endpoint.outcome && endpoint.outcome->kind == books::OutcomeKind::scopeMissing)
        return books::offerFor(endpoint.outcome->missing, facts);
    return endpoint.prediction.status == 403 ? books::offerFor(endpoint.rule.rule.scopes, facts) : books::ScopeOffer();
}

void EndpointsView::getScopes()
{
    if (m_refused && !isMeant(*m_refused))
        m_refused.reset();
    m_scopes->get(m_detail->offer().obtainable);
}

/// Nothing is sent that the person does not see, or may have forgotten.
bool EndpointsView::isMeant(const RefusedCall &call) const
{
    const int row = m_table->endpoints().rowOf(call.rule);
    return row >= 0 && row == m_table->selectedRow() && !call.until.hasExpired();
}

void EndpointsView::sendAgain()
{
    showSelected();
    if (widgets::holdsFocus(*m_scopes))
        m_table->setFocus(Qt::OtherFocusReason);
    const std::optional<RefusedCall> refused = std::exchange(m_refused, std::nullopt);
    if (!refused || !isMeant(*refused) || !m_desk || endpoints()->isRunning())
        return;
    const std::optional<books::ApiOutcome> &outcome = m_table->endpoints().result(m_table->selectedRow()).outcome;
    if (outcome && books::carriesScopes(m_desk->tokenFacts(), outcome->missing))
        call(refused->rule, refused->values);
}

void EndpointsView::runSafe()
{
    if (!m_desk || endpoints()->isRunning())
        return;
    QCoro::connect(endpoints()->runSafe(), this, [this](const Result<lab::SafeCalls> &calls) {
        if (calls)
            reportSafe(*calls);
    });
}

void EndpointsView::reportSafe(const lab::SafeCalls &calls)
{
    int differences = 0;
    for (const lab::EndpointResult &result : endpoints()->results())
        differences += result.comparison == lab::Comparison::differs ? 1 : 0;
    QString text = differences
                       ? tr("Calls made: %1. Differences from the predictions: %2.").arg(calls.called).arg(differences)
                       : tr("Calls made: %1. No difference from the predictions.").arg(calls.called);
    if (calls.skipped)
        text += u' ' + tr("Left out, because their paths need values: %1.").arg(calls.skipped);
    m_note->setText(text);
    widgets::announce(*m_note, text);
}

void EndpointsView::stop()
{
    if (m_desk)
        endpoints()->stop();
}

void EndpointsView::run(int row)
{
    if (row < 0 || !m_desk || !m_desk->session().current() || endpoints()->isRunning())
        return;
    m_table->selectRow(row);
    const lab::EndpointResult endpoint = m_table->endpoints().result(row);
    const books::AccessRule rule = endpoint.rule.rule;
    if (lab::isSafe(rule.method) && lab::placeholdersOf(rule.path).isEmpty())
        return call(rule, {});
    const jose::Identity &person = m_desk->session().current()->identity;
    auto *dialog = new EndpointDialog(
        {endpoint, person.fullName(), m_desk->connection().name, addressText(m_desk->connection().apiBaseUrl)}, this);
    connect(dialog, &QDialog::accepted, this, [this, rule, dialog] { call(rule, dialog->values()); });
    // Nobody's answer may be given in the name of another person.
    connect(&m_desk->session(), &identity::Session::personChanged, dialog, &QDialog::reject);
    dialog->open();
}

void EndpointsView::call(const books::AccessRule &rule, const QMap<QString, QString> &values)
{
    if (!m_desk)
        return;
    m_refused.reset();
    QCoro::connect(endpoints()->run(rule, values), this,
                   [this, rule, values, desk = m_desk](const Result<void> &called) {
                       if (called && desk == m_desk)
                           followCall(rule, values);
                   });
}

/// A refused call is kept, so that it can be sent again.
void EndpointsView::followCall(const books::AccessRule &rule, const QMap<QString, QString> &values)
{
    reportCall(rule);
    const int row = m_table->endpoints().rowOf(rule);
    if (row >= 0 && !offerFor(m_table->endpoints().result(row)).obtainable.isEmpty())
        m_refused = {rule, values, QDeadlineTimer(m_limit)};
}

void EndpointsView::reportCall(const books::AccessRule &rule)
{
    const int row = m_table->endpoints().rowOf(rule);
    if (row < 0 || !m_table->endpoints().result(row).outcome)
        return;
    m_note->setText(noteText()); // What was said about all calls is no longer true.
    const lab::EndpointResult &result = m_table->endpoints().result(row);
    const QString compared =
        m_table->endpoints().index(row, EndpointsModel::differenceColumn).data(Qt::DisplayRole).toString();
    widgets::announce(*m_detail, tr("%1, %2").arg(result.outcome->headline, compared));
}

void EndpointsView::editRule(const books::AccessRule &rule)
{
    if (!m_desk)
        return;
    const auto save = [desk = m_desk, rule](const books::AccessRule &edited) -> Result<void> {
        if (!desk)
            return {};
        Result<void> saved = desk->lab().saveRule(edited);
        // A rule for another call replaces the one that was changed.
        if (saved && !lab::isSameCall(edited, rule))
            saved = desk->lab().removeRule(rule);
        return saved;
    };
    auto *dialog = new RuleDialog(rule, save, this);
    dialog->open();
}

void EndpointsView::removeRule()
{
    if (!m_desk || !m_detail->result())
        return;
    const Result<void> removed = m_desk->lab().removeRule(m_detail->result()->rule.rule);
    if (!removed)
        m_problem->show({Kind::bad, tr("The rule was not removed"), advised(removed.error()), {}, {}});
    m_table->setFocus();
}

} // namespace bookdesk::pages
