#include "net/recording.h"

#include "core/secret.h"
#include "net/network-failure.h"

#include <QCoreApplication>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QStringDecoder>
#include <QVariant>

#include <algorithm>

namespace bookdesk::net {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Recording)
};

void learnCredentials(const Redactor &redactor, const QByteArray &header)
{
    const qsizetype blank = header.indexOf(' ');
    if (blank >= 0)
        redactor.learn(Secret(QByteArrayView(header).sliced(blank).trimmed()));
}

/// Values with a `+` are also learned as they were sent: the redactor does not encode spaces that way, and a server may
/// echo either form.
void learnFields(const Redactor &redactor, const QByteArray &form)
{
    for (const QByteArray &field : form.split('&')) {
        const qsizetype equals = field.indexOf('=');
        if (equals < 0 || !isSecretName(QString::fromUtf8(QByteArray::fromPercentEncoding(field.first(equals)))))
            continue;
        QByteArray value = field.sliced(equals + 1);
        if (value.contains('+'))
            redactor.learn(Secret(value));
        redactor.learn(Secret::taking(QByteArray::fromPercentEncoding(value.replace('+', ' '))));
    }
}

Headers recordHeaders(const Redactor &redactor, const Headers &headers)
{
    Headers recorded;
    for (const auto &[name, value] : headers) {
        const bool isSecret = isSecretName(QString::fromLatin1(name));
        const QString shown = isSecret ? removedMark() : redactor.redacted(QString::fromUtf8(value));
        recorded.emplace_back(name, shown.toUtf8());
    }
    return recorded;
}

Headers headersOf(const QNetworkRequest &request)
{
    Headers headers;
    for (const QByteArray &name : request.rawHeaderList())
        headers.emplace_back(name, request.rawHeader(name));
    return headers;
}

/// Ends before the word that may have been cut in two, which redaction might not recognise.
QByteArray withoutCutWord(const QByteArray &body)
{
    if (body.size() < inspectedBytes)
        return body;
    const auto end = std::find_if(body.crbegin(), body.crend(),
                                  [](char character) { return QByteArrayView(" \t\r\n\"'&<>,;").contains(character); });
    return body.first(std::distance(end, body.crend()));
}

QString recordBody(const Redactor &redactor, const QByteArray &body)
{
    const QByteArray whole = withoutCutWord(body);
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(whole);
    if (decoder.hasError() || text.contains(QChar::Null))
        return Texts::tr("(not text)");
    return redactor.redacted(text).left(recordedBytes);
}

} // namespace

void learnSecrets(const Redactor &redactor, const QNetworkRequest &request, const QByteArray &body)
{
    learnCredentials(redactor, request.rawHeader("Authorization"_ba));
    learnFields(redactor, request.url().query(QUrl::FullyEncoded).toLatin1());
    const QByteArray type = request.rawHeader("Content-Type"_ba);
    if (type.isEmpty() || type.toLower().startsWith("application/x-www-form-urlencoded"_ba))
        learnFields(redactor, body);
}

Exchange recordRequest(const Redactor &redactor, const QByteArray &method, const QNetworkRequest &request,
                       const QByteArray &body)
{
    Exchange exchange;
    exchange.method = method;
    exchange.url = redactor.redacted(request.url().toString(QUrl::FullyEncoded));
    exchange.requestHeaders = recordHeaders(redactor, headersOf(request));
    exchange.requestBody = recordBody(redactor, body);
    return exchange;
}

Exchange recordReply(const Redactor &redactor, Exchange exchange, const QNetworkReply &reply, const QByteArray &body)
{
    const auto &pairs = reply.rawHeaderPairs();
    exchange.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    exchange.reason = reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    exchange.responseHeaders = recordHeaders(redactor, Headers(pairs.begin(), pairs.end()));
    exchange.responseBody = recordBody(redactor, body);
    if (const auto error = networkFailure(reply))
        exchange.failure = redactor.redacted(error->message);
    return exchange;
}

} // namespace bookdesk::net
