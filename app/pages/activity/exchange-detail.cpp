#include "pages/activity/exchange-detail.h"

#include "core/text.h"
#include "net/curl.h"
#include "net/shown-body.h"
#include "pages/activity/body-text.h"
#include "pages/activity/exchange-text.h"
#include "pages/activity/timing-view.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/announcement.h"
#include "widgets/buttons.h"
#include "widgets/chip.h"
#include "widgets/labels.h"
#include "widgets/remembered-splitter.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QCoroTask>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

/// Bodies up to this size are made readable at once.
constexpr qsizetype smallBody = 32 * 1024;

QString requestLine(const net::Exchange &exchange) { return methodText(exchange) + u' ' + visible(exchange.url); }

bool isJson(const net::Exchange &exchange)
{
    const QString type = QString::fromUtf8(net::headerValue(exchange.responseHeaders, "Content-Type").value_or(""));
    const QString body = exchange.responseBody.trimmed();
    return type.contains(u"json"_s, Qt::CaseInsensitive) || body.startsWith(u'{') || body.startsWith(u'[');
}

QString requestText(const net::Exchange &exchange)
{
    QString text = requestLine(exchange) + u'\n' + headersText(exchange.requestHeaders);
    if (!exchange.requestBody.isEmpty())
        text += u"\n\n"_s + net::shownBody(exchange.requestBody.left(smallBody), net::BodyLook::plain);
    if (exchange.isRequestBodyCut || exchange.requestBody.size() > smallBody)
        text += u'\n' + ExchangeDetail::tr("(more was sent)");
    return text;
}

} // namespace

ExchangeDetail::ExchangeDetail(QWidget *parent)
    : Card({}, parent)
    , m_content(new QWidget(this))
    , m_hint(
          widgets::label(tr("Select an exchange to see its timing, request and response."), widgets::Look::muted, this))
    , m_request(new widgets::ElidedLabel({}, widgets::Look::mono, this))
    , m_status(new widgets::Chip(widgets::Kind::neutral, {}, {}, this))
    , m_copy(widgets::pushButton(tr("Copy as cURL"), u"copy"_s, widgets::ButtonLook::plain, this))
    , m_timing(new TimingView(this))
    , m_failure(new widgets::ValueLabel({}, widgets::Look::body, this))
    , m_connection(new widgets::ValueLabel({}, widgets::Look::mono, this))
    , m_requestText(new widgets::ValueLabel({}, widgets::Look::mono, this))
    , m_responseHeaders(new widgets::ValueLabel({}, widgets::Look::mono, this))
    , m_responseFacts(widgets::label({}, widgets::Look::smallMuted, this))
    , m_pretty(new QCheckBox(tr("Pretty"), this))
    , m_body(new BodyText(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    auto *splitter = new widgets::RememberedSplitter(u"exchange"_s, Qt::Horizontal, m_content);
    splitter->addWidget(makeFacts());
    splitter->addWidget(makeResponse());
    splitter->restore({metrics.px(450), metrics.px(480)});
    column->addWidget(splitter, 1);
    body()->setContentsMargins(0, 0, 0, 0);
    body()->addWidget(m_hint, 0, Qt::AlignCenter);
    body()->addWidget(m_content, 1);
    show(nullptr, {});
}

ExchangeDetail::~ExchangeDetail() { m_making.request_stop(); }

QWidget *ExchangeDetail::makeHeader()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *header = new QWidget(m_content);
    style::setEdge(*header, u"bottom"_s);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(metrics.px(14), metrics.px(6), metrics.px(14), metrics.px(6));
    row->setSpacing(metrics.px(10));
    QFont font = m_request->font();
    font.setBold(true);
    m_request->setFont(font);
    m_request->setObjectName(u"exchangeRequest"_s);
    m_copy->setObjectName(u"copyCurl"_s);
    m_copy->setToolTip(tr("A command for a POSIX shell; it takes the access token from the variable TOKEN"));
    connect(m_copy, &QPushButton::clicked, this, &ExchangeDetail::copyAsCurl);
    row->addWidget(m_request);
    row->addWidget(m_status);
    row->addStretch(1);
    row->addWidget(m_copy);
    return header;
}

QWidget *ExchangeDetail::makeFacts()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *facts = new QWidget(m_content);
    facts->setProperty("ground", u"clear"_s);
    auto *column = new QVBoxLayout(facts);
    column->setContentsMargins(metrics.px(14), metrics.px(9), metrics.px(12), metrics.px(9));
    column->setSpacing(metrics.px(6));
    const auto addSection = [&](const QString &title, QWidget *content) {
        column->addWidget(widgets::label(title, widgets::Look::section, facts));
        column->addWidget(content);
        column->addSpacing(metrics.px(6));
    };
    column->addWidget(m_failure);
    addSection(tr("Timing"), m_timing);
    addSection(tr("Connection"), m_connection);
    addSection(tr("Request"), m_requestText);
    addSection(tr("Response headers"), m_responseHeaders);
    column->addStretch(1);
    for (widgets::ValueLabel *value : {m_failure, m_connection, m_requestText, m_responseHeaders})
        value->setWordWrap(true);
    m_connection->setObjectName(u"exchangeConnection"_s);
    m_requestText->setObjectName(u"exchangeHeaders"_s);
    m_responseHeaders->setObjectName(u"responseHeaders"_s);
    auto *scroll = new QScrollArea(m_content);
    scroll->setWidget(facts);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    return scroll;
}

QWidget *ExchangeDetail::makeResponse()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *response = new QWidget(m_content);
    style::setEdge(*response, u"left"_s);
    auto *title = new QHBoxLayout;
    title->setSpacing(metrics.px(10));
    title->addWidget(widgets::label(tr("Response"), widgets::Look::section, response));
    title->addWidget(m_responseFacts);
    title->addStretch(1);
    title->addWidget(m_pretty);
    m_pretty->setObjectName(u"pretty"_s);
    m_pretty->setChecked(true);
    connect(m_pretty, &QCheckBox::toggled, this, &ExchangeDetail::showBody);
    m_body->setObjectName(u"exchangeBody"_s);
    m_body->setAccessibleName(tr("Body of the response"));
    auto *column = new QVBoxLayout(response);
    column->setContentsMargins(metrics.px(14), metrics.px(9), metrics.px(14), metrics.px(12));
    column->setSpacing(metrics.px(6));
    column->addLayout(title);
    column->addWidget(m_body, 1);
    return response;
}

void ExchangeDetail::show(const net::Exchange *exchange, TimePoint now)
{
    m_content->setVisible(exchange);
    m_hint->setVisible(!exchange);
    m_exchange = exchange ? std::optional(*exchange) : std::nullopt;
    if (exchange)
        showFacts(*exchange, now);
    showBody();
}

void ExchangeDetail::showFacts(const net::Exchange &exchange, TimePoint now)
{
    m_request->setFullText(requestLine(exchange));
    const widgets::PaintedChip chip = fullStatusChip(exchange);
    m_status->set(chip.kind, chip.text, chip.text);
    m_status->setIcon(chip.icon);
    m_failure->setBreakableText(visible(exchange.failure));
    m_failure->setVisible(!exchange.failure.isEmpty());
    m_timing->show(exchange, now);
    m_connection->setBreakableText(connectionText(exchange));
    m_requestText->setBreakableText(requestText(exchange));
    m_responseHeaders->setBreakableText(exchange.responseHeaders.empty() ? tr("None")
                                                                         : headersText(exchange.responseHeaders));
    QStringList facts;
    if (const auto type = net::headerValue(exchange.responseHeaders, "Content-Type"))
        facts += shortened(visible(QString::fromUtf8(*type)), 60);
    if (exchange.responseBytes > 0)
        facts += sizeText(exchange.responseBytes);
    if (exchange.isResponseBodyCut)
        facts += tr("only the first %1 are kept").arg(sizeText(exchange.responseBody.toUtf8().size()));
    m_responseFacts->setText(facts.join(u", "_s));
    m_body->setPlaceholderText(exchange.isUnderWay() ? tr("The answer is yet to come.") : tr("No body was received."));
    m_pretty->setEnabled(isJson(exchange));
    m_pretty->setAccessibleDescription(m_pretty->isEnabled() ? QString() : tr("Only JSON can be indented."));
    m_pretty->setToolTip(m_pretty->accessibleDescription());
}

void ExchangeDetail::showBody()
{
    const QString source = m_exchange ? m_exchange->responseBody : QString();
    const bool isPretty = m_exchange && m_pretty->isChecked() && isJson(*m_exchange);
    if (source == m_shownBody && isPretty == m_isShownPretty)
        return;
    m_shownBody = source;
    m_isShownPretty = isPretty;
    m_making.request_stop();
    m_making = {};
    const net::BodyLook look = isPretty ? net::BodyLook::pretty : net::BodyLook::plain;
    if (source.size() <= smallBody) {
        m_body->show(net::shownBody(source, look), isPretty);
        return;
    }
    m_body->show(tr("Making this readable…"), false);
    QCoro::connect(net::shownBodyOffThread(source, look, m_making.get_token()), this,
                   [this, isPretty](const Result<QString> &text) {
                       if (text)
                           m_body->show(*text, isPretty);
                   });
}

void ExchangeDetail::copyAsCurl()
{
    if (!m_exchange)
        return;
    QApplication::clipboard()->setText(net::curlCommand(*m_exchange));
    widgets::announce(*m_copy, tr("The command was copied."));
    m_copy->setText(tr("Copied"));
    QTimer::singleShot(std::chrono::seconds(2), m_copy, [copy = m_copy] { copy->setText(tr("Copy as cURL")); });
}

} // namespace bookdesk::pages
