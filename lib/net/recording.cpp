#include "net/recording.h"

#include "core/json.h"
#include "core/percent-encoding.h"
#include "core/secret.h"
#include "net/network-failure.h"
#include "net/request-kind.h"

#include <QCoreApplication>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QStringDecoder>
#include <QVariant>

#include <optional>
#include <vector>

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

std::vector<QByteArrayView> fieldsOf(QByteArrayView form)
{
    std::vector<QByteArrayView> fields;
    for (qsizetype end = form.indexOf('&'); end >= 0; end = form.indexOf('&')) {
        fields.push_back(form.first(end));
        form = form.sliced(end + 1);
    }
    fields.push_back(form);
    return fields;
}

/// The value of a field with a secret name; nothing where its name is none.
std::optional<QByteArrayView> secretValue(QByteArrayView field)
{
    const qsizetype equals = field.indexOf('=');
    if (equals < 0)
        return std::nullopt;
    const QByteArray name = QByteArray::fromPercentEncoding(field.first(equals).toByteArray());
    return isSecretName(QString::fromUtf8(name)) ? std::optional(field.sliced(equals + 1)) : std::nullopt;
}

/// As QByteArray::fromPercentEncoding, with a blank for `+`, into memory that is wiped.
Secret decodedValue(QByteArrayView value)
{
    return Secret::written(value.size(), [value](char *out) -> qsizetype {
        const char *begin = out;
        for (qsizetype i = 0; i < value.size(); ++i) {
            const std::optional<char> escaped = percentEncodedByte(value, i);
            *out++ = escaped.value_or(value[i] == '+' ? ' ' : value[i]);
            i += escaped ? 2 : 0;
        }
        return out - begin;
    });
}

/// Values with a `+` are also learned as they were sent: the redactor does not encode spaces that way, and a server may
/// echo either form.
void learnFields(const Redactor &redactor, QByteArrayView form)
{
    for (const QByteArrayView field : fieldsOf(form)) {
        const std::optional<QByteArrayView> value = secretValue(field);
        if (!value)
            continue;
        if (value->contains('+'))
            redactor.learn(Secret(*value));
        redactor.learn(decodedValue(*value));
    }
}

Headers recordHeaders(const Redactor &redactor, const Headers &headers)
{
    Headers recorded;
    for (const auto &[name, value] : headers) {
        const bool isSecret = isSecretName(QString::fromLatin1(name));
        const QString shown = isSecret ? removedMark() : redactor.redacted(QString::fromUtf8(value));
        recorded.emplace_back(redactor.redacted(QString::fromLatin1(name)).toUtf8(), shown.toUtf8());
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

QString recordText(const Redactor &redactor, QByteArrayView body)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(withoutCutWord(body, inspectedBytes));
    if (decoder.hasError() || text.contains(QChar::Null))
        return Texts::tr("(not text)");
    return redactor.redacted(text).left(recordedBytes);
}

bool isForm(const QNetworkRequest &request)
{
    const QByteArray type = request.rawHeader("Content-Type"_ba);
    return type.isEmpty() || type.toLower().startsWith("application/x-www-form-urlencoded"_ba);
}

/// Without the secret fields, which are never made into text.
QString recordForm(const Redactor &redactor, QByteArrayView form)
{
    QByteArrayList fields;
    for (const QByteArrayView field : fieldsOf(withoutCutWord(form, inspectedBytes))) {
        const std::optional<QByteArrayView> value = secretValue(field);
        fields += value ? field.chopped(value->size()).toByteArray() + removedMark().toUtf8() : field.toByteArray();
    }
    return recordText(redactor, fields.join('&'));
}

/// What the token endpoint answers, without its tokens, which are never made into text. Other answers have none.
QString recordTokens(const Redactor &redactor, const Secret &body)
{
    const Result<ObjectWithSecrets> object = parseObjectWithSecrets(body);
    return object && !object->secrets.empty() ? recordText(redactor, toCompactJson(object->shown))
                                              : recordText(redactor, body.reveal());
}

} // namespace

void learnSecrets(const Redactor &redactor, const QNetworkRequest &request, const Secret &body)
{
    learnCredentials(redactor, request.rawHeader("Authorization"_ba));
    learnFields(redactor, request.url().query(QUrl::FullyEncoded).toLatin1());
    if (isForm(request))
        learnFields(redactor, body.reveal());
}

Exchange recordRequest(const Redactor &redactor, const QByteArray &method, const QNetworkRequest &request,
                       const Secret &body)
{
    Exchange exchange;
    exchange.method = method;
    exchange.url = redactor.redacted(request.url().toString(QUrl::FullyEncoded));
    exchange.requestHeaders = recordHeaders(redactor, headersOf(request));
    exchange.requestBody = isForm(request) ? recordForm(redactor, body.reveal()) : recordText(redactor, body.reveal());
    return exchange;
}

Exchange recordReply(const Redactor &redactor, Exchange exchange, const QNetworkReply &reply, const Secret &body)
{
    const auto &pairs = reply.rawHeaderPairs();
    exchange.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    exchange.reason = redactor.redacted(reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString());
    exchange.responseHeaders = recordHeaders(redactor, Headers(pairs.begin(), pairs.end()));
    exchange.responseBody = requestKind(reply.request()) == RequestKind::tokens ? recordTokens(redactor, body)
                                                                                : recordText(redactor, body.reveal());
    if (const auto error = networkFailure(reply))
        exchange.failure = redactor.redacted(error->message);
    return exchange;
}

} // namespace bookdesk::net
