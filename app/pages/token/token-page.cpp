#include "pages/token/token-page.h"

#include "books/token-report.h"
#include "core/address-text.h"
#include "core/text.h"
#include "pages/token/compare-view.h"
#include "pages/token/keys-view.h"
#include "pages/token/paste-card.h"
#include "pages/token/report-view.h"
#include "pages/token/sub-page-stack.h"
#include "pages/token/token-choices.h"
#include "pages/token/token-copier.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/announcement.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/page-header.h"
#include "widgets/signed-out-hint.h"
#include "widgets/tab-bar.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;

TokenPage::TokenPage(QWidget *parent, Clock clock, workspace::Desks desks)
    : Page({u"token"_s, tr("Token"), Qt::CTRL | Qt::Key_2, false}, parent)
    , m_clock(std::move(clock))
    , m_desks(std::move(desks))
    , m_paste(new workspace::TokenPaste(m_desks, m_clock, this))
    , m_copier(new TokenCopier(this))
    , m_header(new widgets::PageHeader(tr("Token"), this))
    , m_refresh(widgets::pushButton(tr("Get fresh token"), u"refresh"_s, ButtonLook::plain, this))
    , m_compareButton(widgets::pushButton(tr("Compare…"), u"compare"_s, ButtonLook::plain, this))
    , m_reportButton(widgets::pushButton(tr("Report…"), u"export"_s, ButtonLook::plain, this))
    , m_layers(new SubPageStack(this))
    , m_tabs(widgets::tabBar(u"tokenTabs"_s, tr("Which token"), this))
    , m_stack(new QStackedWidget(this))
    , m_hint(makeSignedOutHint())
    , m_pasteCard(new PasteCard(*m_paste, this))
    , m_findings(new TokenFindings(m_clock, this))
    , m_keys(new KeysView(m_desks, m_clock, this))
    , m_compare(new CompareView(m_clock, this))
    , m_report(new ReportView(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_tick.setInterval(std::chrono::seconds(1));
    m_tokenArea = makeTokenArea();
    m_stack->addWidget(m_hint);
    m_stack->addWidget(m_tokenArea);
    m_stack->addWidget(m_keys);
    addActions();
    auto *main = new QWidget(this);
    auto *column = new QVBoxLayout(main);
    column->setContentsMargins(metrics.marginX(), metrics.marginY(), metrics.marginX(), metrics.marginY());
    column->setSpacing(metrics.gap());
    column->addWidget(m_header);
    column->addWidget(makeTabRow());
    column->addWidget(m_stack, 1);
    m_layers->addWidget(main);
    m_layers->add(*m_compare);
    m_layers->add(*m_report);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_layers);
    setFocusProxy(m_tabs);
    connectParts();
    setDesk(nullptr);
}

QWidget *TokenPage::makeSignedOutHint()
{
    auto *hint = new widgets::SignedOutHint(tr("Once you are signed in, this page shows your tokens."), this);
    connect(hint, &widgets::SignedOutHint::signInAsked, this, &TokenPage::signInAsked);
    return hint;
}

QWidget *TokenPage::makeTokenArea()
{
    auto *area = new QWidget(this);
    auto *column = new QVBoxLayout(area);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::metricsOf(*this).gap());
    column->addWidget(m_pasteCard);
    column->addWidget(m_findings, 1);
    return area;
}

void TokenPage::addActions()
{
    m_refresh->setObjectName(u"getFreshToken"_s);
    m_compareButton->setObjectName(u"compareTokens"_s);
    m_reportButton->setObjectName(u"reportToken"_s);
    for (QPushButton *action : {m_refresh, m_compareButton, m_reportButton})
        m_header->addAction(action);
}

QWidget *TokenPage::makeTabRow()
{
    auto *row = new QWidget(this);
    style::setEdge(*row, u"bottom"_s);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_tabs);
    line->addStretch(1);
    m_tabs->setUsesScrollButtons(false);
    for (const QString &name : {tr("Access token"), tr("ID token"), tr("Paste a token"), tr("Keys")})
        m_tabs->addTab(name);
    return row;
}

void TokenPage::connectParts()
{
    connect(m_refresh, &QPushButton::clicked, this, &TokenPage::freshTokenAsked);
    connect(new QShortcut(QKeySequence::Refresh, this), &QShortcut::activated, this, &TokenPage::freshTokenAsked);
    auto *paste = new QShortcut(QKeySequence::Paste, this);
    paste->setContext(Qt::WidgetWithChildrenShortcut);
    connect(paste, &QShortcut::activated, this, &TokenPage::pasteAnywhere);
    connect(m_compareButton, &QPushButton::clicked, this, &TokenPage::compareTokens);
    connect(m_reportButton, &QPushButton::clicked, this, &TokenPage::reportToken);
    connect(m_compare, &CompareView::reportAsked, this, &TokenPage::reportComparison);
    connect(m_tabs, &QTabBar::currentChanged, this, &TokenPage::showTab);
    connect(m_paste, &workspace::TokenPaste::changed, this, &TokenPage::showPaste);
    connect(m_findings, &TokenFindings::copyAsked, m_copier, &TokenCopier::copy);
    connect(m_findings, &TokenFindings::diagnosed, this, &TokenPage::addVerdictButtons);
    connect(m_pasteCard, &PasteCard::copyAsked, m_copier, &TokenCopier::copy);
    connect(m_copier, &TokenCopier::said, this, &TokenPage::say);
    connect(m_keys, &KeysView::exchangesAsked, this, [this] { Q_EMIT pageAsked(u"activity/login"_s); });
    connect(&m_tick, &QTimer::timeout, m_findings, &TokenFindings::updateTimes);
}

std::vector<widgets::KeyHelp> TokenPage::keys() const
{
    return {{QKeySequence::Refresh, tr("Get a fresh token")},
            {QKeySequence::Paste, tr("Look at a token")},
            {Qt::Key_Escape, tr("Leave the comparison or the report")}};
}

void TokenPage::showPart(const QString &part)
{
    if (part == "keys"_L1)
        m_tabs->setCurrentIndex(keysTab);
}

void TokenPage::setDesk(workspace::Desk *desk)
{
    if (m_desk)
        disconnect(&m_desk->session(), nullptr, this, nullptr);
    if (current())
        m_tabsLeft.keep(m_desk, m_tabs->currentIndex());
    m_desk = desk;
    if (m_desk) {
        connect(&m_desk->session(), &identity::Session::personChanged, this, &TokenPage::showPerson);
        connect(&m_desk->session(), &identity::Session::tokensRenewed, this, &TokenPage::showOwnToken);
    }
    showPerson();
    if (const std::optional<int> tab = m_tabsLeft.take(m_desk))
        m_tabs->setCurrentIndex(*tab);
}

const identity::SignedIn *TokenPage::current() const
{
    return m_desk && m_desk->session().current() ? &*m_desk->session().current() : nullptr;
}

void TokenPage::showPerson()
{
    m_copier->forgetConsent();
    m_layers->closeAll(); // what is on top is about the person before
    m_compare->setChoices({});
    m_report->setReport({});
    showTab();
}

void TokenPage::compareTokens()
{
    m_compare->setChoices(tokenChoices(m_desks, *m_paste));
    m_compare->chooseFirstTwo();
    m_layers->open(*m_compare);
}

void TokenPage::reportToken()
{
    const ShownToken &shown = m_findings->shown();
    if (!shown.diagnose)
        return;
    jose::InspectedToken token = shown.token;
    token.verification = shown.verificationAt(m_clock());
    const workspace::Desk *desk = m_tabs->currentIndex() == pasteTab ? m_paste->desk() : m_desk.data();
    const jose::ClaimNames names = desk ? desk->connection().provider.claims : jose::ClaimNames();
    m_layers->open(*m_report); // first, so that the text is laid out once, for the size it has, and begins at its top
    showReport(books::tokenReport(token, shown.diagnose(token.verification), names), u"token-report"_s);
}

void TokenPage::reportComparison()
{
    m_layers->open(*m_report);
    showReport(m_compare->shared(), u"token-comparison"_s);
}

template <class Report> void TokenPage::showReport(const Report &report, const QString &fileName)
{
    m_report->setReport({books::toMarkdown(report), toPrettyJson(books::toJson(report)), fileName});
}

void TokenPage::showTab()
{
    enableActions();
    if (m_tabs->currentIndex() == keysTab)
        return m_stack->setCurrentWidget(m_keys);
    const bool isPaste = m_tabs->currentIndex() == pasteTab;
    m_stack->setCurrentWidget(isPaste || current() ? m_tokenArea : m_hint);
    m_pasteCard->setVisible(isPaste);
    m_findings->setVisible(!isPaste || m_paste->shown().token);
    if (isPaste)
        return showPaste();
    if (!current())
        return m_findings->clear();
    showOwnToken();
}

void TokenPage::enableActions()
{
    const int tab = m_tabs->currentIndex();
    m_refresh->setVisible(current() && (tab == accessTab || tab == idTab));
    m_compareButton->setEnabled(hasTokenChoices(m_desks, *m_paste));
    m_reportButton->setEnabled(tab == pasteTab ? m_paste->shown().token.has_value() : current() != nullptr);
}

void TokenPage::showOwnToken()
{
    if (current() && m_tabs->currentIndex() == accessTab)
        m_findings->show(accessToken());
    else if (current() && m_tabs->currentIndex() == idTab)
        m_findings->show(idToken());
}

void TokenPage::showPaste()
{
    enableActions();
    if (m_tabs->currentIndex() != pasteTab)
        return;
    m_findings->setVisible(m_paste->shown().token.has_value());
    if (m_paste->shown().token)
        m_findings->show(pastedToken());
    else
        m_findings->clear();
}

void TokenPage::pasteAnywhere()
{
    m_tabs->setCurrentIndex(pasteTab);
    m_pasteCard->pasteFromClipboard();
}

void TokenPage::addVerdictButtons()
{
    widgets::Banner *verdict = m_findings->verdict();
    const bool isPaste = m_tabs->currentIndex() == pasteTab;
    if (isPaste && m_paste->shown().trusting.empty() && m_paste->shown().token->decoded)
        connect(verdict->addButton(tr("Add connection…"), u"plus"_s), &QPushButton::clicked, this,
                &TokenPage::addConnectionAsked);
    else if (m_findings->diagnosis()->actor == books::Actor::apiOwner && m_desk)
        connect(verdict->addButton(tr("Copy for the API's owner"), u"copy"_s), &QPushButton::clicked, this,
                &TokenPage::copyForOwner);
}

void TokenPage::copyForOwner()
{
    const std::optional<books::Diagnosis> &diagnosis = m_findings->diagnosis();
    workspace::Desk *desk = m_tabs->currentIndex() == pasteTab ? m_paste->desk() : m_desk.data();
    if (!desk || !diagnosis)
        return;
    QApplication::clipboard()->setText(books::ownerRequest(*diagnosis, m_findings->shown().token.verification,
                                                           addressText(desk->connection().apiBaseUrl)));
}

void TokenPage::say(const QString &text)
{
    m_header->setSubtitle(text);
    if (!text.isEmpty())
        widgets::announce(*m_header, text);
}

void TokenPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_findings->updateTimes();
    m_tick.start();
}

void TokenPage::hideEvent(QHideEvent *event)
{
    m_tick.stop();
    QWidget::hideEvent(event);
}

} // namespace bookdesk::pages
