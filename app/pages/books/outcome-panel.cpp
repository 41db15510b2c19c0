#include "pages/books/outcome-panel.h"

#include "core/text.h"
#include "widgets/banner.h"

#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using books::OutcomeKind;
using widgets::KeyValue;
using widgets::Kind;
using widgets::Look;

namespace {

constexpr qsizetype longestQuote = 300; // all of it is in the exchange

Kind bannerKind(OutcomeKind kind)
{
    switch (kind) {
    case OutcomeKind::ok:
        return Kind::ok;
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

std::vector<KeyValue> rowsOf(const ShownOutcome &shown)
{
    const books::ApiOutcome &outcome = shown.outcome;
    std::vector<KeyValue> rows;
    if (!outcome.request.isEmpty())
        rows.push_back({OutcomePanel::tr("Sent"), outcome.request, Look::mono});
    if (!outcome.serverSaid.isEmpty())
        rows.push_back({OutcomePanel::tr("Server said"), shortened(outcome.serverSaid, longestQuote), Look::mono});
    for (const Fact &fact : outcome.facts)
        rows.push_back({factLabel(fact.name), shortened(fact.value, longestQuote), Look::mono});
    if (!outcome.remedy.isEmpty())
        rows.push_back({isAboutGrants(outcome.kind) ? OutcomePanel::tr("To get it") : OutcomePanel::tr("What to do"),
                        outcome.remedy, Look::body});
    if (!shown.note.isEmpty())
        rows.push_back({OutcomePanel::tr("Fresh token"), shown.note, Look::body});
    return rows;
}

} // namespace

OutcomePanel::OutcomePanel(QWidget *parent)
    : QWidget(parent)
    , m_banner(new widgets::Banner(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_banner);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    hide();
    connect(m_banner, &widgets::Banner::closed, this, [this] {
        hide();
        Q_EMIT closed();
    });
}

void OutcomePanel::show(const ShownOutcome &shown)
{
    m_shown = shown;
    const QString text = (shown.outcome.explanation + u' ' + shown.text).trimmed();
    m_banner->show(
        {bannerKind(shown.outcome.kind), shown.outcome.headline, text, rowsOf(shown), bannerIcon(shown.outcome.kind)});
    m_banner->setClosable(true);
    addChip();
    addButtons();
    setVisible(true);
}

void OutcomePanel::addChip()
{
    if (m_shown.outcome.status == 0 || !m_shown.prediction.isKnown())
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

void OutcomePanel::addButtons()
{
    if (m_shown.canBeRetried) {
        QPushButton *button = m_banner->addButton(tr("Retry"), u"refresh"_s);
        button->setObjectName(u"retry"_s);
        connect(button, &QPushButton::clicked, this, &OutcomePanel::retryAsked);
    }
    if (m_shown.outcome.kind == OutcomeKind::withheld) {
        QPushButton *button = m_banner->addButton(tr("Send anyway"), {});
        button->setObjectName(u"sendAnyway"_s);
        connect(button, &QPushButton::clicked, this, &OutcomePanel::sendAnywayAsked);
    }
    m_freshToken = nullptr;
    if (m_shown.outcome.freshTokenMayHelp) {
        m_freshToken = m_banner->addButton(tr("Get fresh token"), u"refresh"_s);
        m_freshToken->setObjectName(u"outcomeFreshToken"_s);
        connect(m_freshToken, &QPushButton::clicked, this, &OutcomePanel::freshTokenAsked);
    }
    if (isAboutGrants(m_shown.outcome.kind)) {
        QPushButton *button = m_banner->addButton(tr("Copy request for admin"), u"copy"_s);
        button->setObjectName(u"copyAdminRequest"_s);
        connect(button, &QPushButton::clicked, this, [this, button] {
            Q_EMIT adminRequestAsked();
            button->setText(tr("Copied"));
            QTimer::singleShot(std::chrono::seconds(2), button,
                               [button] { button->setText(tr("Copy request for admin")); });
        });
    }
    if (m_shown.outcome.exchangeId != 0) {
        QPushButton *button = m_banner->addFlatButton(tr("Show exchange"));
        button->setObjectName(u"showExchange"_s);
        connect(button, &QPushButton::clicked, this, &OutcomePanel::exchangeAsked);
    }
}

void OutcomePanel::setNote(const QString &note)
{
    if (isHidden())
        return;
    const bool hadFocus = m_freshToken && (m_freshToken->hasFocus() || m_banner->isAncestorOf(focusWidget()));
    ShownOutcome shown = m_shown;
    shown.note = note;
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
    m_freshToken = nullptr;
    m_banner->forget();
    hide();
}

void OutcomePanel::takeFocus() { m_banner->takeFocus(); }

} // namespace bookdesk::pages
