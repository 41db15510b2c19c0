#include "pages/lab/probe-detail.h"

#include "core/text.h"
#include "lab/lab-words.h"
#include "pages/lab/remedy-view.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/flow-layout.h"
#include "widgets/key-value-rows.h"
#include "widgets/kind.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using lab::ProbeResult;
using lab::ProbeState;
using widgets::ButtonLook;
using widgets::KeyValue;
using widgets::Kind;
using widgets::Look;

namespace {

Kind kindOf(ProbeState state)
{
    switch (state) {
    case ProbeState::accepted:
        return Kind::loud;
    case ProbeState::crashed:
        return Kind::warn;
    case ProbeState::refused:
        return Kind::ok;
    default:
        return Kind::neutral;
    }
}

QString headlineOf(const ProbeResult &result)
{
    switch (result.state) {
    case ProbeState::waiting:
        return ProbeDetail::tr("%1: not sent yet").arg(result.probe.title);
    case ProbeState::running:
        return ProbeDetail::tr("%1: waiting for the answer").arg(result.probe.title);
    case ProbeState::refused:
        return ProbeDetail::tr("%1: refused, as it should be").arg(lab::statusName(result.status));
    case ProbeState::unproven:
    case ProbeState::noAnswer:
        return ProbeDetail::tr("%1: nothing was proved").arg(result.probe.title);
    case ProbeState::notPossible:
        return ProbeDetail::tr("%1: not possible here").arg(result.probe.title);
    default:
        return lab::probeHeadline(result);
    }
}

QString expectedText(const ProbeResult &result)
{
    const QString expected = ProbeDetail::tr("Expected: %1.").arg(lab::statusName(result.probe.expected));
    if (lab::isFinding(result.state))
        return ProbeDetail::tr("%1 Probes only read; nothing was changed.").arg(expected);
    return result.why.isEmpty() ? expected : visible(result.why);
}

QString answerText(const ProbeResult &result)
{
    QString status = lab::statusName(result.status);
    if (!result.took)
        return status;
    return ProbeDetail::tr("%1 in %2 ms").arg(status, QLocale().toString(qlonglong{result.took->count()}));
}

std::vector<KeyValue> rowsOf(const ProbeResult &result)
{
    std::vector<KeyValue> rows{{ProbeDetail::tr("Token"), result.probe.title, Look::body}};
    for (const lab::ProbeDetail &detail : result.details) {
        rows.push_back({visible(detail.name), detail.sent, Look::mono});
        if (!detail.expected.isEmpty())
            rows.push_back({ProbeDetail::tr("Must be"), detail.expected, Look::mono});
    }
    if (result.status != 0)
        rows.push_back({ProbeDetail::tr("Answer"), answerText(result), Look::body});
    if (!result.serverSaid.isEmpty() && !lab::isFinding(result.state))
        rows.push_back({ProbeDetail::tr("Server said"), result.serverSaid, Look::mono});
    return rows;
}

} // namespace

ProbeDetail::ProbeDetail(QWidget *parent)
    : QFrame(parent)
    , m_icon(new widgets::IconLabel({}, style::Role::text, this))
    , m_headline(widgets::label({}, Look::strong, this))
    , m_expected(widgets::label({}, Look::body, this))
    , m_sentTitle(widgets::label({}, Look::section, this))
    , m_sent(new widgets::KeyValueRows(this))
    , m_source(widgets::label({}, Look::smallMuted, this))
    , m_reason(widgets::label({}, Look::body, this))
    , m_remedy(new RemedyView(this))
    , m_copy(widgets::pushButton(tr("Copy for the API's owner"), u"copy"_s, ButtonLook::plain, this))
    , m_again(widgets::pushButton(tr("Run again"), u"play"_s, ButtonLook::plain, this))
    , m_exchange(widgets::pushButton(tr("Show exchange"), {}, ButtonLook::flat, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(makeBody(), 1);
    column->addWidget(makeButtons());
    connect(m_copy, &QPushButton::clicked, this, &ProbeDetail::copyAsked);
    connect(m_again, &QPushButton::clicked, this, &ProbeDetail::againAsked);
    connect(m_exchange, &QPushButton::clicked, this, [this] { Q_EMIT exchangeAsked(m_result->exchangeId); });
    setMinimumWidth(style::metricsOf(*this).px(320));
    setResult({}, false);
}

QWidget *ProbeDetail::makeHead()
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_head = new QWidget(this);
    m_headline->setWordWrap(true);
    m_expected->setWordWrap(true);
    m_icon->setLogicalSize(22);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(metrics.px(2));
    texts->addWidget(m_headline);
    texts->addWidget(m_expected);
    auto *row = new QHBoxLayout(m_head);
    row->setContentsMargins(metrics.px(14), metrics.px(11), metrics.px(14), metrics.px(11));
    row->setSpacing(metrics.px(11));
    row->addWidget(m_icon, 0, Qt::AlignVCenter);
    row->addLayout(texts, 1);
    return m_head;
}

QWidget *ProbeDetail::makeBody()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *body = new QWidget(this);
    body->setProperty("ground", u"clear"_s);
    m_reason->setWordWrap(true);
    m_source->setWordWrap(true);
    m_source->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_why = new QWidget(body);
    auto *title = new QHBoxLayout;
    title->addWidget(widgets::label(tr("Why that matters"), Look::section, m_why));
    title->addWidget(m_source, 1);
    auto *why = new QVBoxLayout(m_why);
    why->setContentsMargins(0, 0, 0, 0);
    why->setSpacing(metrics.px(4));
    why->addLayout(title);
    why->addWidget(m_reason);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(metrics.px(14), metrics.px(12), metrics.px(14), metrics.px(12));
    column->setSpacing(metrics.px(8));
    column->addWidget(m_sentTitle);
    column->addWidget(m_sent);
    column->addWidget(m_why);
    column->addWidget(m_remedy);
    column->addStretch(1);
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    area->setWidget(body);
    return area;
}

QWidget *ProbeDetail::makeButtons()
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_copy->setObjectName(u"copyFinding"_s);
    m_again->setObjectName(u"runAgain"_s);
    m_exchange->setObjectName(u"showProbeExchange"_s);
    auto *buttons = new QWidget(this);
    auto *column = new QVBoxLayout(buttons);
    column->setContentsMargins(metrics.px(14), metrics.px(6), metrics.px(14), metrics.px(12));
    auto *flow = new widgets::FlowLayout(metrics.px(8));
    for (QPushButton *button : {m_copy, m_again, m_exchange})
        flow->addWidget(button);
    column->addLayout(flow);
    return buttons;
}

QString ProbeDetail::headline() const { return m_headline->text(); }

void ProbeDetail::setResult(const std::optional<ProbeResult> &result, bool canRun)
{
    m_result = result;
    m_again->setEnabled(result && canRun);
    m_again->setVisible(result && result->state != ProbeState::notPossible);
    m_copy->setVisible(result && lab::isFinding(result->state));
    m_exchange->setVisible(result && result->exchangeId != 0);
    m_sentTitle->setVisible(result.has_value());
    m_sent->setVisible(result.has_value());
    showHead();
    showWhy();
    if (result) {
        const bool isAccepted = result->state == ProbeState::accepted;
        m_sentTitle->setText(isAccepted ? tr("What it accepted") : tr("What is sent"));
        m_sent->setRows(rowsOf(*result));
    }
    update();
}

void ProbeDetail::showHead()
{
    const Kind kind = m_result ? kindOf(m_result->state) : Kind::neutral;
    const QString icon = widgets::kindIcon(kind).isEmpty() ? u"info"_s : widgets::kindIcon(kind);
    m_icon->setIcon(icon, widgets::kindInk(kind));
    const QString tone = kind == Kind::loud ? widgets::kindName(kind) : QString();
    widgets::setTone(*m_headline, tone);
    widgets::setTone(*m_expected, kind == Kind::loud ? tone : u"muted"_s);
    m_headline->setText(m_result ? headlineOf(*m_result) : tr("Select a probe to see what it sends."));
    m_expected->setText(m_result ? expectedText(*m_result) : QString());
    m_expected->setVisible(m_result.has_value());
}

void ProbeDetail::showWhy()
{
    const bool isFinding = m_result && lab::isFinding(m_result->state);
    if (isFinding && !m_remedies)
        m_remedies = lab::Remedies::forLocale();
    const lab::Remedy *remedy = isFinding ? lab::remedyFor(*m_remedies, *m_result) : nullptr;
    m_why->setVisible(m_result && (remedy || !m_result->probe.source.isEmpty()));
    m_source->setText(m_result ? m_result->probe.source : QString());
    m_reason->setText(
        remedy     ? remedy->why
        : m_result ? tr("A sound API refuses this. One that does not has accepted %1.").arg(m_result->probe.accepted)
                   : QString());
    m_remedy->setVisible(remedy != nullptr);
    if (remedy)
        m_remedy->setRemedy(*remedy, m_result->state == ProbeState::crashed ? m_result->serverSaid : QString());
}

void ProbeDetail::paintEvent(QPaintEvent *)
{
    const style::Metrics metrics = style::metricsOf(*this);
    const Kind kind = m_result ? kindOf(m_result->state) : Kind::neutral;
    const bool isLoud = kind == Kind::loud;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath frame;
    frame.addRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics.px(8), metrics.px(8));
    painter.fillPath(frame, style::color(style::Role::surface));
    painter.save();
    painter.setClipPath(frame);
    const style::Role ground = kind == Kind::neutral ? style::Role::raised : widgets::kindGround(kind);
    painter.fillRect(m_head->geometry().adjusted(-1, -1, 1, 0), style::color(ground));
    painter.restore();
    painter.setPen(style::color(isLoud ? style::Role::bad : style::Role::line));
    painter.drawPath(frame);
}

} // namespace bookdesk::pages
