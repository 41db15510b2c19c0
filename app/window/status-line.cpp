#include "window/status-line.h"

#include "core/address-text.h"
#include "core/durations.h"
#include "core/isolation.h"
#include "core/text.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"
#include "workspace/desk.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace bookdesk::window {

using namespace Qt::StringLiterals;
using widgets::Look;

namespace {

/// Without seconds, which would change constantly.
QString agoText(TimePoint then, TimePoint now)
{
    return now - then < std::chrono::minutes(1) ? StatusLine::tr("just now") : relativeText(then, now);
}

/// Below the text itself, which may be shortened.
QString toolTipOf(const QString &text, const QString &more) { return text + u'\n' + more; }

void setIfChanged(QPushButton &button, const QString &text)
{
    if (button.text() != text)
        button.setText(text);
    button.setAccessibleName(withoutIsolates(text));
}

void setIfChanged(widgets::ElidedLabel &label, const QString &text)
{
    if (label.text() != text)
        label.setFullText(text);
}

} // namespace

StatusLine::StatusLine(Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(std::move(clock))
    , m_tokenIcon(new widgets::IconLabel(u"clock"_s, style::Role::muted, this))
    , m_token(new widgets::ElidedLabel({}, Look::smallMuted, this))
    , m_keys(widgets::pushButton({}, u"lock"_s, widgets::ButtonLook::quiet, this))
    , m_offlineIcon(new widgets::IconLabel(u"offline"_s, style::Role::warn, this))
    , m_offline(new widgets::ElidedLabel({}, Look::small, this))
    , m_sandboxPage(widgets::pushButton(tr("Sandbox control page"), u"browser"_s, widgets::ButtonLook::quiet, this))
    , m_host(new widgets::ElidedLabel({}, Look::smallMuted, this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    setProperty("ground", u"raised"_s);
    style::setEdge(*this, u"top"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics.px(12), 0, metrics.px(12), 0);
    row->setSpacing(metrics.px(6));
    m_tokenIcon->setLogicalSize(14);
    row->addWidget(m_tokenIcon);
    row->addWidget(m_token);
    row->addSpacing(metrics.px(4)); // the button has a margin of its own
    row->addWidget(m_keys);
    m_keys->setObjectName(u"keysStatus"_s);
    m_keys->setProperty("look", u"status"_s);
    m_keys->setIconSize({metrics.px(16), metrics.px(14)});
    m_keys->setFont(style::smallFont(font()));
    row->addSpacing(metrics.px(12));
    m_offlineIcon->setLogicalSize(14);
    widgets::setTone(*m_offline, u"warn"_s);
    row->addWidget(m_offlineIcon);
    row->addWidget(m_offline);
    row->addStretch(1);
    row->addWidget(m_sandboxPage);
    row->addWidget(m_host);
    m_sandboxPage->setProperty("look", u"status"_s);
    m_sandboxPage->setFont(style::smallFont(font()));
    m_sandboxPage->setToolTip(tr("Opens the page in the browser: grant roles, cause faults, rotate keys."));
    setFixedHeight(metrics.px(28));
    m_tick.setInterval(std::chrono::seconds(1));
    connect(&m_tick, &QTimer::timeout, this, &StatusLine::refresh);
    connect(m_sandboxPage, &QPushButton::clicked, this, &StatusLine::sandboxPageAsked);
    connect(m_keys, &QPushButton::clicked, this, &StatusLine::keysAsked);
    setDesk(nullptr, {});
}

void StatusLine::setDesk(workspace::Desk *desk, const QString &sandboxUrl)
{
    if (m_desk)
        leave(*m_desk);
    m_desk = desk;
    m_sandboxPage->setVisible(!sandboxUrl.isEmpty());
    if (!sandboxUrl.isEmpty())
        m_host->setFullText(tr("Sandbox running on %1").arg(sandboxUrl));
    else
        m_host->setFullText(desk ? addressText(desk->connection().apiBaseUrl) : QString());
    if (desk)
        follow(*desk);
    refresh();
}

void StatusLine::follow(workspace::Desk &desk)
{
    const auto on = [this](auto &object, auto signal) { connect(&object, signal, this, &StatusLine::refresh); };
    on(desk.session(), &identity::Session::renewalBegan);
    on(desk.session(), &identity::Session::renewalFailed);
    on(desk.reachability(), &net::Reachability::changed);
    on(desk.keys(), &identity::KeyStore::changed);
}

void StatusLine::leave(workspace::Desk &desk)
{
    desk.session().disconnect(this);
    desk.reachability().disconnect(this);
    desk.keys().disconnect(this);
}

void StatusLine::refresh()
{
    showToken();
    showKeys();
    showOffline();
}

void StatusLine::showToken()
{
    const bool isSignedIn = m_desk && m_desk->session().current();
    m_tokenIcon->setVisible(isSignedIn);
    if (!isSignedIn) {
        setIfChanged(*m_token, tr("Not signed in"));
        return;
    }
    const TimePoint until = m_desk->session().current()->accessTokenEnd();
    const QString life = widgets::lifeText(until, m_clock());
    const std::optional<Error> &failure = m_desk->session().renewalFailure();
    const QString sentence = m_desk->session().isRenewing() ? tr("Access token: %1, being renewed…")
                             : failure                      ? tr("Access token: %1, the renewal failed")
                                                            : tr("Access token: %1");
    setIfChanged(*m_token, sentence.arg(life));
    m_token->setToolTip(toolTipOf(m_token->text(), failure ? visibleLines(advised(*failure))
                                                           : tr("Until %1").arg(widgets::fullDate(until))));
}

void StatusLine::showKeys()
{
    std::optional<identity::KeyState> state;
    if (m_desk && m_desk->session().current())
        state = m_desk->keys().state(m_desk->session().current()->identity.issuer());
    m_keys->setVisible(state.has_value());
    if (!state)
        return;
    const int mostOfName = style::metricsOf(*this).px(160); // a button is never cut, so its text must be short
    const QString name = fontMetrics().elidedText(m_desk->connection().name, Qt::ElideRight, mostOfName);
    const QString sentence = state->lastFailure ? tr("Keys of %1: %2, fetched %3, the last refresh failed")
                                                : tr("Keys of %1: %2, fetched %3");
    setIfChanged(*m_keys,
                 sentence.arg(isolated(name), QString::number(state->count), agoText(state->fetchedAt, m_clock())));
    m_keys->setToolTip(toolTipOf(m_keys->text(), tr("Fetched %1").arg(widgets::fullDate(state->fetchedAt))));
}

void StatusLine::showOffline()
{
    const Error *failure = m_desk ? m_desk->reachability().failure() : nullptr;
    m_offlineIcon->setVisible(failure);
    m_offline->setVisible(failure);
    if (!failure)
        return;
    const QString host = visible(factValue(failure->facts, facts::host));
    setIfChanged(*m_offline, host.isEmpty() ? tr("Offline") : tr("Offline: no answer from %1").arg(host));
    m_offline->setToolTip(toolTipOf(visibleLines(advised(*failure)),
                                    tr("You stay signed in. The list of books is loaded again by itself.")));
}

QString StatusLine::offlineText() const { return m_offline->isHidden() ? QString() : m_offline->text(); }

QString StatusLine::tokenText() const { return m_token->text(); }

QString StatusLine::keysText() const { return m_keys->isHidden() ? QString() : m_keys->text(); }

QString StatusLine::hostText() const { return m_host->text(); }

void StatusLine::showEvent(QShowEvent *)
{
    refresh();
    m_tick.start();
}

void StatusLine::hideEvent(QHideEvent *) { m_tick.stop(); }

} // namespace bookdesk::window
