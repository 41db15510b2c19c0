#include "pages/lab/probe-detail.h"

#include "core/text.h"
#include "lab/lab-words.h"
#include "pages/lab/remedy-view.h"
#include "style/metrics.h"
#include "style/properties.h"
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

constexpr int buttonGap = 8;
/// In the specification's pixels.
constexpr int lowBelow = 420;

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

QString expectedText(const ProbeResult &result, bool isShort)
{
    QString expected = ProbeDetail::tr("Expected: %1.").arg(lab::statusName(result.probe.expected));
    if (lab::isFinding(result.state) && isShort)
        return expected;
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
    setMinimumWidth(style::metricsOf(*this).px(360));
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

/// *Show exchange* stays at the right; the others continue below it where they do not fit.
QWidget *ProbeDetail::makeButtons()
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_copy->setObjectName(u"copyFinding"_s);
    m_copy->setAccessibleName(tr("Copy for the API's owner"));
    m_again->setObjectName(u"runAgain"_s);
    m_exchange->setObjectName(u"showProbeExchange"_s);
    m_buttons = new QWidget(this);
    style::setEdge(*m_buttons, u"top"_s);
    auto *row = new QHBoxLayout(m_buttons);
    row->setContentsMargins(metrics.px(14), metrics.px(9), metrics.px(14), metrics.px(11));
    row->setSpacing(metrics.px(buttonGap));
    auto *flow = new widgets::FlowLayout(metrics.px(buttonGap));
    flow->addWidget(m_copy);
    flow->addWidget(m_again);
    row->addLayout(flow, 1);
    row->addWidget(m_exchange, 0, Qt::AlignTop);
    return m_buttons;
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
    m_buttons->setVisible(!m_again->isHidden() || !m_copy->isHidden() || !m_exchange->isHidden());
    fitButtons();
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
    m_expected->setVisible(m_result.has_value());
    fitHead();
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

void ProbeDetail::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fitHead();
    fitButtons();
}

/// Where there is little room, it is the body's.
void ProbeDetail::fitHead()
{
    const style::Metrics metrics = style::metricsOf(*this);
    const bool isLow = height() < metrics.px(lowBelow);
    const int edge = metrics.px(isLow ? 6 : 11);
    m_head->layout()->setContentsMargins(metrics.px(14), edge, metrics.px(14), edge);
    m_expected->setText(m_result ? expectedText(*m_result, isLow) : QString());
}

/// All in one row, with fewer words where there is no room for all of them.
void ProbeDetail::fitButtons()
{
    const style::Metrics metrics = style::metricsOf(*this);
    const QString whole = m_copy->accessibleName();
    int needed = -metrics.px(buttonGap);
    for (const QPushButton *button : {m_copy, m_again, m_exchange})
        needed += button->isHidden() ? 0 : button->sizeHint().width() + metrics.px(buttonGap);
    needed += m_copy->fontMetrics().horizontalAdvance(whole) - m_copy->fontMetrics().horizontalAdvance(m_copy->text());
    const bool hasRoom = needed <= width() - 2 * metrics.px(14);
    m_copy->setText(hasRoom ? whole : tr("Copy"));
    m_copy->setToolTip(hasRoom ? QString() : whole);
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
