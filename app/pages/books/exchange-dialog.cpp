#include "pages/books/exchange-dialog.h"

#include "core/json.h"
#include "core/text.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

QString headerLines(const net::Headers &headers)
{
    QString lines;
    for (const auto &[name, value] : headers)
        lines += QString::fromUtf8(name) + u": "_s + visible(QString::fromUtf8(value)) + u'\n';
    return lines;
}

QString bodyText(const QString &body)
{
    if (body.isEmpty())
        return {};
    const Result<Json> json = parseJson(body.toUtf8());
    return u'\n' + visibleLines(json ? QString::fromUtf8(toPrettyJson(*json)) : body) + u'\n';
}

QString statusLine(const net::Exchange &exchange)
{
    if (exchange.isUnderWay())
        return ExchangeDialog::tr("No answer yet");
    if (exchange.status == 0)
        return ExchangeDialog::tr("No answer after %1 ms: %2")
            .arg(exchange.duration->count())
            .arg(visible(exchange.failure));
    const QString status = u"%1 %2"_s.arg(QString::number(exchange.status), visible(exchange.reason)).trimmed();
    return ExchangeDialog::tr("%1 (after %2 ms)").arg(status).arg(exchange.duration->count());
}

} // namespace

QString exchangeText(const net::Exchange &exchange)
{
    return QString::fromLatin1(exchange.method) + u' ' + visible(exchange.url) + u'\n' +
           headerLines(exchange.requestHeaders) + bodyText(exchange.requestBody) + u'\n' + statusLine(exchange) +
           u'\n' + headerLines(exchange.responseHeaders) + bodyText(exchange.responseBody);
}

ExchangeDialog::ExchangeDialog(const net::Exchange &exchange, QWidget *parent)
    : QDialog(parent)
{
    const style::Metrics metrics = style::metricsOf(*this);
    setWindowTitle(tr("Exchange"));
    setObjectName(u"exchange"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *text = new QPlainTextEdit(exchangeText(exchange), this);
    text->setReadOnly(true);
    text->setTextInteractionFlags(Qt::TextSelectableByKeyboard | Qt::TextSelectableByMouse);
    text->setTabChangesFocus(true);
    text->setFont(style::monoFont(QApplication::font()));
    text->setAccessibleName(tr("Request and response"));
    auto *copy = widgets::pushButton(tr("Copy"), u"copy"_s, widgets::ButtonLook::plain, this);
    auto *close = widgets::pushButton(tr("Close"), {}, widgets::ButtonLook::primary, this);
    close->setDefault(true);
    connect(copy, &QPushButton::clicked, text, [text] { QApplication::clipboard()->setText(text->toPlainText()); });
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(
        widgets::label(tr("Secrets were removed when the exchange was recorded."), widgets::Look::smallMuted));
    buttons->addStretch(1);
    buttons->addWidget(copy);
    buttons->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.px(20), metrics.px(16), metrics.px(20), metrics.px(16));
    column->setSpacing(metrics.gap());
    column->addWidget(text, 1);
    column->addLayout(buttons);
    resize(metrics.px(680), metrics.px(460));
}

} // namespace bookdesk::pages
