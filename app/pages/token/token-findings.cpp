#include "pages/token/token-findings.h"

#include "pages/token/checks-list.h"
#include "pages/token/claims-card.h"
#include "pages/token/claims-model.h"
#include "style/metrics.h"
#include "widgets/banner.h"
#include "widgets/bars.h"
#include "widgets/card.h"
#include "widgets/labels.h"
#include "widgets/remembered-splitter.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

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

jose::Verification ShownToken::verificationAt(TimePoint now) const
{
    return isJudgedAgain ? jose::judgedAgain(token.verification, now) : token.verification;
}

TokenFindings::TokenFindings(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_verdict(new widgets::Banner(this))
    , m_life(new widgets::LifeBar(clock, this))
    , m_checks(new ChecksList(this))
    , m_grants(new GrantsCard(this))
    , m_claims(new ClaimsCard(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_life->setMinimumWidth(metrics.px(250));
    m_life->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    auto *top = new QHBoxLayout;
    top->setSpacing(metrics.px(14));
    top->addWidget(m_verdict, 1);
    top->addWidget(m_life, 0, Qt::AlignVCenter);
    auto *splitter = new widgets::RememberedSplitter(u"token"_s, Qt::Horizontal, this);
    splitter->setHandleWidth(metrics.gap());
    splitter->addWidget(makeChecks());
    splitter->addWidget(m_claims);
    splitter->setStretchFactor(0, 38);
    splitter->setStretchFactor(1, 62);
    splitter->restore({metrics.px(360), metrics.px(580)});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics.gap());
    column->addLayout(top);
    column->addWidget(splitter, 1);
    connect(m_claims, &ClaimsCard::copyAsked, this, &TokenFindings::copyAsked);
}

QWidget *TokenFindings::makeChecks()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *findings = new QWidget(this);
    auto *checks = new widgets::Card({}, findings);
    QLabel *title = widgets::label(tr("Checks"), Look::section, checks);
    title->setContentsMargins(metrics.px(8), 0, 0, 0);
    checks->body()->setContentsMargins(metrics.px(6), metrics.px(12), metrics.px(4), metrics.px(6));
    checks->body()->addWidget(title);
    checks->body()->addWidget(m_checks);
    auto *column = new QVBoxLayout(findings);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics.gap());
    checks->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    column->addWidget(checks);
    column->addWidget(m_grants, 1);
    column->addStretch();
    findings->setMinimumWidth(metrics.px(220));
    return findings;
}

void TokenFindings::show(const ShownToken &shown)
{
    const bool isAnother = shown.token.token != m_shown.token.token;
    if (isAnother)
        m_diagnosis.reset(); // so that its verdict is announced, even if it is the same
    m_shown = shown;
    m_grants->setVisible(shown.grants.has_value());
    m_grants->setGrants(shown.grants.value_or(jose::Grants()), shown.known);
    m_claims->setToken(shown.token, shown.context, m_clock());
    m_life->setVisible(shown.until.has_value());
    if (shown.until)
        m_life->setLife(shown.from, *shown.until);
    updateTimes();
    if (isAnother)
        m_checks->showFirstFailure();
}

void TokenFindings::clear()
{
    m_shown = {};
    m_diagnosis.reset();
    m_claims->clear();
    m_checks->checks()->setVerification({}, m_clock());
    m_grants->setGrants({}, {});
    m_verdict->forget();
}

void TokenFindings::updateTimes()
{
    if (!m_shown.diagnose)
        return;
    const TimePoint now = m_clock();
    const jose::Verification verification = m_shown.verificationAt(now);
    m_checks->checks()->setVerification(verification, now);
    m_claims->setFailedClaims(failedClaims(verification));
    m_claims->updateTimes(now);
    const books::Diagnosis diagnosis = m_shown.diagnose(verification);
    if (m_diagnosis == diagnosis)
        return;
    m_diagnosis = diagnosis;
    std::vector<KeyValue> rows;
    if (!diagnosis.remedy.isEmpty())
        rows.push_back({tr("To fix"), diagnosis.remedy, Look::body});
    if (!diagnosis.expectation.isEmpty())
        rows.push_back({tr("Expect"), diagnosis.expectation, Look::body});
    m_verdict->show({kindOf(diagnosis.verdict), diagnosis.headline, diagnosis.why, rows, {}});
    Q_EMIT diagnosed();
}

} // namespace bookdesk::pages
