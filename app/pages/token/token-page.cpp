#include "pages/token/token-page.h"

#include "core/address-text.h"
#include "pages/token/checks-list.h"
#include "pages/token/claims-card.h"
#include "pages/token/grants-card.h"
#include "style/metrics.h"
#include "widgets/banner.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/page-header.h"
#include "widgets/remembered-splitter.h"
#include "widgets/signed-out-hint.h"

#include <QApplication>
#include <QClipboard>
#include <QCoroTask>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QStackedLayout>
#include <QTabBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;
using widgets::KeyValue;
using widgets::Kind;
using widgets::Look;

namespace {

Kind kindOf(books::Verdict verdict)
{
    switch (verdict) {
    case books::Verdict::verified:
        return Kind::ok;
    case books::Verdict::failed:
        return Kind::bad;
    case books::Verdict::unreadable:
        break;
    }
    return Kind::warn;
}

} // namespace

TokenPage::TokenPage(QWidget *parent, Clock clock)
    : Page({u"token"_s, tr("Token"), Qt::CTRL | Qt::Key_2}, parent)
    , m_clock(std::move(clock))
    , m_header(new widgets::PageHeader(tr("Token"), this))
    , m_refresh(widgets::pushButton(tr("Get fresh token"), u"refresh"_s, ButtonLook::plain, this))
    , m_stack(new QStackedLayout)
    , m_tabs(new QTabBar(this))
    , m_verdict(new widgets::Banner(this))
    , m_life(new widgets::LifeBar(m_clock, this))
    , m_checks(new ChecksList(this))
    , m_grants(new GrantsCard(this))
    , m_claims(new ClaimsCard(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_refresh->setObjectName(u"getFreshToken"_s);
    m_header->addAction(m_refresh);
    m_tick.setInterval(std::chrono::seconds(1));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.marginX(), metrics.marginY(), metrics.marginX(), metrics.marginY());
    column->setSpacing(metrics.gap());
    column->addWidget(m_header);
    m_stack->addWidget(makeSignedOutHint());
    m_stack->addWidget(makeContent());
    column->addLayout(m_stack, 1);
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

QWidget *TokenPage::makeContent()
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_tabs->setObjectName(u"tokenTabs"_s);
    m_tabs->setAccessibleName(tr("Which token"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->addTab(tr("Access token"));
    m_tabs->addTab(tr("ID token"));
    m_life->setFixedWidth(metrics.px(250));
    auto *top = new QHBoxLayout;
    top->setSpacing(metrics.px(14));
    top->addWidget(m_verdict, 1);
    top->addWidget(m_life, 0, Qt::AlignVCenter);
    auto *splitter = new widgets::RememberedSplitter(u"token"_s, Qt::Horizontal, this);
    splitter->setHandleWidth(metrics.gap());
    splitter->addWidget(makeFindings());
    splitter->addWidget(m_claims);
    splitter->setStretchFactor(0, 38);
    splitter->setStretchFactor(1, 62);
    splitter->restore({metrics.px(360), metrics.px(580)});
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics.gap());
    column->addWidget(m_tabs, 0, Qt::AlignLeft);
    column->addLayout(top);
    column->addWidget(splitter, 1);
    return content;
}

QWidget *TokenPage::makeFindings()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *findings = new QWidget(this);
    auto *checks = new widgets::Card(tr("Checks"), findings);
    checks->body()->addWidget(m_checks);
    auto *column = new QVBoxLayout(findings);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics.gap());
    column->addWidget(checks, 1);
    column->addWidget(m_grants);
    findings->setMinimumWidth(metrics.px(220));
    return findings;
}

void TokenPage::connectParts()
{
    connect(m_refresh, &QPushButton::clicked, this, &TokenPage::freshTokenAsked);
    connect(new QShortcut(QKeySequence::Refresh, this), &QShortcut::activated, this, &TokenPage::freshTokenAsked);
    connect(m_tabs, &QTabBar::currentChanged, this, &TokenPage::showToken);
    connect(m_claims, &ClaimsCard::tokenCopyAsked, this, &TokenPage::askToCopyToken);
    connect(&m_tick, &QTimer::timeout, this, &TokenPage::showTimes);
}

std::vector<widgets::KeyHelp> TokenPage::keys() const { return {{QKeySequence::Refresh, tr("Get a fresh token")}}; }

void TokenPage::setDesk(workspace::Desk *desk)
{
    if (m_desk)
        disconnect(&m_desk->session(), nullptr, this, nullptr);
    m_desk = desk;
    if (m_desk) {
        connect(&m_desk->session(), &identity::Session::personChanged, this, &TokenPage::showPerson);
        connect(&m_desk->session(), &identity::Session::tokensRenewed, this, &TokenPage::showToken);
    }
    showPerson();
}

const identity::SignedIn *TokenPage::current() const
{
    return m_desk && m_desk->session().current() ? &*m_desk->session().current() : nullptr;
}

bool TokenPage::showsAccessToken() const { return m_tabs->currentIndex() == accessTab; }

ClaimContext TokenPage::context() const
{
    const identity::Connection &connection = m_desk->connection();
    return {current()->identity.issuer(), connection.audience, connection.clientId};
}

void TokenPage::showPerson()
{
    const bool isIn = current() != nullptr;
    ++m_generation;
    m_mayCopy = false;
    m_stack->setCurrentIndex(isIn ? 1 : 0);
    m_refresh->setVisible(isIn);
    if (isIn)
        return showToken();
    m_shown = {};
    m_diagnosis.reset();
    m_claims->clear();
    m_checks->checks()->setVerification({}, m_clock());
    m_grants->setGrants({}, {});
    m_verdict->forget();
}

void TokenPage::showToken()
{
    const identity::SignedIn *signedIn = current();
    if (!signedIn)
        return;
    m_shown = showsAccessToken() ? signedIn->accessToken : signedIn->idToken;
    m_grants->setVisible(showsAccessToken());
    m_grants->setGrants(signedIn->grants, knownGrants(m_desk->connection().scopes));
    m_claims->setToken(m_shown, context(), m_clock());
    showLife();
    showTimes();
}

void TokenPage::showLife()
{
    const auto claimed = [this](QStringView name) {
        return m_shown.decoded ? m_shown.decoded->dateClaim(name) : std::nullopt;
    };
    const std::optional<TimePoint> until = showsAccessToken() ? current()->accessTokenEnd() : claimed(u"exp");
    m_life->setVisible(until.has_value());
    if (until)
        m_life->setLife(claimed(u"iat").value_or(current()->tokens.receivedAt), *until);
}

void TokenPage::showTimes()
{
    if (!current())
        return;
    const TimePoint now = m_clock();
    // The ID token is not checked again after the sign-in.
    const jose::Verification verification =
        showsAccessToken() ? jose::judgedAgain(m_shown.verification, now) : m_shown.verification;
    m_checks->checks()->setVerification(verification, now);
    m_claims->updateTimes(now);
    const books::Diagnosis diagnosis =
        showsAccessToken() ? books::diagnoseAccessToken(verification) : books::diagnoseIdToken(verification);
    if (m_diagnosis != diagnosis)
        showVerdict(diagnosis);
}

void TokenPage::showVerdict(const books::Diagnosis &diagnosis)
{
    m_diagnosis = diagnosis;
    std::vector<KeyValue> rows;
    if (!diagnosis.remedy.isEmpty())
        rows.push_back({tr("To fix"), diagnosis.remedy, Look::body});
    if (!diagnosis.expectation.isEmpty())
        rows.push_back({tr("Expect"), diagnosis.expectation, Look::body});
    m_verdict->show({kindOf(diagnosis.verdict), diagnosis.headline, diagnosis.why, rows, {}});
    if (diagnosis.actor == books::Actor::apiOwner)
        connect(m_verdict->addButton(tr("Copy for the API's owner"), u"copy"_s), &QPushButton::clicked, this,
                &TokenPage::copyForOwner);
}

void TokenPage::copyForOwner()
{
    if (!current() || !m_diagnosis)
        return;
    QApplication::clipboard()->setText(
        books::ownerRequest(*m_diagnosis, m_shown.verification, addressText(m_desk->connection().apiBaseUrl)));
}

void TokenPage::askToCopyToken()
{
    if (m_mayCopy)
        return copyToken();
    auto *question = new QMessageBox(QMessageBox::Warning, tr("Copy token"), tr("Copy the token to the clipboard?"),
                                     QMessageBox::Cancel, this);
    question->setObjectName(u"confirmCopy"_s);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(
        tr("Anyone who has the token can act as you until it expires, and other programs can read the clipboard. "
           "Bookdesk clears the clipboard after 60 seconds. You are asked only once in this session."));
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *copy = question->addButton(tr("Copy token"), QMessageBox::AcceptRole);
    question->setDefaultButton(QMessageBox::Cancel);
    connect(copy, &QPushButton::clicked, this, [this, generation = m_generation] {
        if (generation != m_generation)
            return;
        m_mayCopy = true;
        copyToken();
    });
    question->open();
}

void TokenPage::copyToken()
{
    if (!m_shown.token.isEmpty())
        m_clipboard.copy(m_shown.token);
}

void TokenPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showTimes();
    m_tick.start();
}

void TokenPage::hideEvent(QHideEvent *event)
{
    m_tick.stop();
    QWidget::hideEvent(event);
}

} // namespace bookdesk::pages
