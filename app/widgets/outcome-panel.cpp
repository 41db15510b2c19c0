#include "widgets/outcome-panel.h"

#include "core/text.h"
#include "style/properties.h"
#include "widgets/announcement.h"
#include "widgets/banner.h"
#include "widgets/countdown.h"
#include "widgets/tab-order.h"

#include <QPushButton>
#include <QScrollBar>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace bookdesk::widgets {

using books::OutcomeKind;

namespace {

constexpr qsizetype longestQuote = 300; // all of it is in the exchange
constexpr int leastHeight = 120;        ///< The headline, why, and what was sent.

Kind bannerKind(OutcomeKind kind)
{
    switch (kind) {
    case OutcomeKind::ok:
        return Kind::ok;
    case OutcomeKind::conflict:
    case OutcomeKind::throttled:
    case OutcomeKind::notFound:
    case OutcomeKind::redirect:
    case OutcomeKind::stopped:
    case OutcomeKind::withheld:
    case OutcomeKind::refused:
        return Kind::warn;
    default:
        return Kind::bad;
    }
}

QString bannerIcon(OutcomeKind kind)
{
    switch (kind) {
    case OutcomeKind::scopeMissing:
    case OutcomeKind::roleMissing:
    case OutcomeKind::forbidden:
    case OutcomeKind::claimsChallenge:
    case OutcomeKind::unauthenticated:
    case OutcomeKind::withheld:
        return u"lock"_s;
    case OutcomeKind::expired:
        return u"clock"_s;
    case OutcomeKind::network:
        return u"offline"_s;
    default:
        return {};
    }
}

bool isAboutGrants(OutcomeKind kind) { return kind == OutcomeKind::scopeMissing || kind == OutcomeKind::roleMissing; }

QString requestLabel(OutcomeKind kind)
{
    const bool isUnsent = kind == OutcomeKind::withheld || kind == OutcomeKind::refused;
    return isUnsent ? OutcomePanel::tr("Call") : OutcomePanel::tr("Sent");
}

/// What people need first; the facts are for those who look into it.
std::vector<KeyValue> rowsOf(const ShownOutcome &shown, bool hasFacts)
{
    const books::ApiOutcome &outcome = shown.outcome;
    std::vector<KeyValue> rows;
    if (!outcome.request.isEmpty())
        rows.push_back({requestLabel(outcome.kind), outcome.request, Look::mono});
    if (!outcome.serverSaid.isEmpty())
        rows.push_back({OutcomePanel::tr("Server said"), shortened(outcome.serverSaid, longestQuote), Look::mono});
    const bool isSaidByHeadline = shown.wait && outcome.retryAfter;
    if (!outcome.remedy.isEmpty() && !isSaidByHeadline)
        rows.push_back({isAboutGrants(outcome.kind) ? OutcomePanel::tr("To get it") : OutcomePanel::tr("What to do"),
                        outcome.remedy, Look::body});
    if (!shown.note.isEmpty())
        rows.push_back({OutcomePanel::tr("Fresh token"), shown.note, Look::body});
    if (!hasFacts)
        return rows;
    for (const Fact &fact : outcome.facts)
        rows.push_back({factLabel(fact.name), shortened(fact.value, longestQuote), Look::mono});
    return rows;
}

} // namespace

OutcomePanel::OutcomePanel(QWidget *parent)
    : FittingArea(leastHeight, QWIDGETSIZE_MAX, parent)
    , m_banner(new Banner(this))
    , m_countdown(new Countdown(this))
{
    setContent(m_banner);
    setFocusProxy(m_banner);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    // The border is the area's own, so that the scroll bar is within it.
    setFrameShape(QFrame::StyledPanel);
    hide();
    connect(m_countdown, &Countdown::ticked, this, &OutcomePanel::showTimeLeft);
    connect(m_countdown, &Countdown::ended, this, &OutcomePanel::finishWait);
    connect(m_banner, &Banner::closed, this, [this] {
        m_countdown->stop();
        hide();
        Q_EMIT closed();
    });
}

void OutcomePanel::show(const ShownOutcome &shown)
{
    m_shown = shown;
    m_countdown->stop();
    if (shown.wait)
        m_countdown->start(*shown.wait);
    const QString text = (shown.outcome.explanation + u' ' + shown.text).trimmed();
    const Kind kind = bannerKind(shown.outcome.kind);
    style::setStyleProperty(*this, "kind", kindName(kind));
    m_banner->show({kind, headline(), text, rowsOf(shown, false), bannerIcon(shown.outcome.kind)});
    m_banner->setClosable(true);
    addChip();
    addButtons();
    verticalScrollBar()->setValue(0);
    setVisible(true);
    Q_EMIT outcomeShown();
}

QString OutcomePanel::headline() const
{
    const books::ApiOutcome &outcome = m_shown.outcome;
    if (!m_shown.wait)
        return outcome.headline;
    // Its own headline names the whole wait.
    const QString what =
        outcome.kind == OutcomeKind::throttled ? tr("%1: too many requests").arg(outcome.status) : outcome.headline;
    const QString left = tr("%1 s").arg(m_countdown->left().count());
    if (m_shown.isTriedByItself)
        return m_countdown->isRunning() ? tr("%1, trying again in %2").arg(what, left)
                                        : tr("%1, trying again now").arg(what);
    return m_countdown->isRunning() ? tr("%1, try again in %2").arg(what, left)
                                    : tr("%1, you can try again now").arg(what);
}

void OutcomePanel::showTimeLeft() { m_banner->setHeadline(headline()); }

bool OutcomePanel::isWaiting() const { return m_countdown->isRunning(); }

void OutcomePanel::finishWait()
{
    if (m_shown.isTriedByItself) {
        endWait();
        Q_EMIT retryDue();
        return;
    }
    showTimeLeft();
    announce(*m_banner, m_banner->headline());
}

void OutcomePanel::endWait()
{
    if (!m_shown.isTriedByItself)
        return;
    m_countdown->stop();
    m_cancelWait->hide();
    showTimeLeft();
}

void OutcomePanel::cancelWait()
{
    if (isHidden() || !m_shown.isTriedByItself)
        return;
    ShownOutcome shown = m_shown;
    shown.wait.reset();
    if (shown.outcome.retryAfter)
        shown.wait = m_countdown->left();
    shown.isTriedByItself = false;
    show(shown);
}

void OutcomePanel::addChip()
{
    if (m_shown.outcome.status == 0 || !m_shown.prediction.isKnown())
        return;
    const bool isSuccess = m_shown.outcome.status >= 200 && m_shown.outcome.status < 300;
    if (isSuccess && !m_shown.outcome.isOk()) // That its status is as predicted is no comfort.
        return;
    if (m_shown.prediction.status == m_shown.outcome.status)
        m_banner->setChip(Kind::neutral, tr("as predicted"),
                          tr("The answer is as predicted from your token: %1").arg(m_shown.prediction.status));
    else
        m_banner->setChip(Kind::warn, tr("differs from prediction"),
                          tr("The answer %1 differs from the prediction from your token, which was %2")
                              .arg(m_shown.outcome.status)
                              .arg(m_shown.prediction.status));
}

QPushButton *OutcomePanel::addAction(const QString &text, const QString &icon, const QString &name,
                                     void (OutcomePanel::*signal)())
{
    QPushButton *button = m_banner->addButton(text, icon);
    button->setObjectName(name);
    connect(button, &QPushButton::clicked, this, signal);
    return button;
}

/// What is advised comes first.
void OutcomePanel::addButtons()
{
    m_freshToken = nullptr;
    if (m_shown.outcome.freshTokenMayHelp)
        m_freshToken =
            addAction(tr("Get fresh token"), u"refresh"_s, u"outcomeFreshToken"_s, &OutcomePanel::freshTokenAsked);
    if (m_shown.outcome.signInMayHelp)
        addAction(tr("Sign in again"), u"sign-in"_s, u"outcomeSignIn"_s, &OutcomePanel::signInAsked);
    if (m_shown.isListOutdated)
        addAction(tr("Reload"), u"refresh"_s, u"outcomeReload"_s, &OutcomePanel::reloadAsked);
    addRetryButtons();
    if (m_shown.outcome.kind == OutcomeKind::withheld)
        addAction(tr("Send anyway"), {}, u"sendAnyway"_s, &OutcomePanel::sendAnywayAsked);
    addGrantButtons();
    addDetailsButton();
    if (m_shown.outcome.exchangeId != 0) {
        QPushButton *button = m_banner->addFlatButton(tr("Show exchange"));
        button->setObjectName(u"showExchange"_s);
        connect(button, &QPushButton::clicked, this, &OutcomePanel::exchangeAsked);
    }
}

void OutcomePanel::addGrantButtons()
{
    if (!isAboutGrants(m_shown.outcome.kind))
        return;
    QPushButton *button =
        addAction(tr("Copy request for admin"), u"copy"_s, u"copyAdminRequest"_s, &OutcomePanel::adminRequestAsked);
    connect(button, &QPushButton::clicked, this, [button] {
        button->setText(tr("Copied"));
        QTimer::singleShot(std::chrono::seconds(2), button,
                           [button] { button->setText(tr("Copy request for admin")); });
    });
}

void OutcomePanel::addDetailsButton()
{
    if (m_shown.outcome.facts.empty())
        return;
    QPushButton *button = m_banner->addFlatButton(tr("Details"));
    button->setObjectName(u"outcomeDetails"_s);
    button->setCheckable(true);
    connect(button, &QPushButton::toggled, this, [this](bool isOn) { m_banner->setRows(rowsOf(m_shown, isOn)); });
}

void OutcomePanel::addRetryButtons()
{
    if (m_shown.canBeRetried)
        addAction(m_shown.isTriedByItself ? tr("Try now") : tr("Retry"), u"refresh"_s, u"retry"_s,
                  &OutcomePanel::retryAsked);
    m_cancelWait = nullptr;
    if (m_shown.isTriedByItself) {
        m_cancelWait = m_banner->addButton(tr("Cancel"), u"stop"_s);
        m_cancelWait->setObjectName(u"cancelRetry"_s);
        m_cancelWait->setAccessibleName(tr("Do not try again by itself"));
        connect(m_cancelWait, &QPushButton::clicked, this, [this] {
            cancelWait();
            m_banner->takeFocus();
        });
    }
}

void OutcomePanel::setNote(const QString &note)
{
    if (isHidden())
        return;
    const bool hadFocus = m_freshToken && holdsFocus(*m_banner);
    ShownOutcome shown = m_shown;
    shown.note = note;
    if (shown.wait)
        shown.wait = m_countdown->left();
    show(shown);
    if (hadFocus && m_freshToken)
        m_freshToken->setFocus();
}

void OutcomePanel::close()
{
    if (!isHidden())
        m_banner->close();
}

void OutcomePanel::forget()
{
    m_shown = {};
    m_countdown->stop();
    m_freshToken = nullptr;
    m_banner->forget();
    hide();
}

void OutcomePanel::takeFocus() { m_banner->takeFocus(); }

} // namespace bookdesk::widgets
