#include "net/recording.h"

#include "core/json.h"
#include "core/percent-encoding.h"
#include "core/secret.h"
#include "net/network-failure.h"
#include "net/repeated-header-reply.h"
#include "net/request-kind.h"

#include <QCoreApplication>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>
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
        const QString asText = QString::fromLatin1(name);
        const QString shown =
            isSecretName(asText) ? redactedHeader(asText, value) : redactor.redacted(QString::fromUtf8(value));
        recorded.emplace_back(redactor.redacted(QString::fromLatin1(name)).toUtf8(), shown.toUtf8());
    }
    return recorded;
}

Headers headersOf(const QNetworkRequest &request)
{
    Headers headers;
    if (const QByteArray first = firstAuthorization(request); !first.isEmpty())
        headers.emplace_back("Authorization", first);
    for (const QByteArray &name : request.rawHeaderList())
        headers.emplace_back(name, request.rawHeader(name));
    return headers;
}

/// The first @p most bytes of @p body.
QString recordText(const Redactor &redactor, QByteArrayView body, qsizetype most)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(withoutCutWord(body, most + inspectedMore));
    if (decoder.hasError() || text.contains(QChar::Null))
        return Texts::tr("(not text)");
    return redactor.redacted(text).left(most);
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
    for (const QByteArrayView field : fieldsOf(withoutCutWord(form, recordedBytes + inspectedMore))) {
        const std::optional<QByteArrayView> value = secretValue(field);
        fields += value ? field.chopped(value->size()).toByteArray() + removedMark().toUtf8() : field.toByteArray();
    }
    return recordText(redactor, fields.join('&'), recordedBytes);
}

/// What the token endpoint answers, without its tokens, which are never made into text. Other answers have none.
QString recordTokens(const Redactor &redactor, const Secret &body)
{
    const Result<ObjectWithSecrets> object = parseObjectWithSecrets(body);
    return object && !object->secrets.empty() ? recordText(redactor, toCompactJson(object->shown), promptBytes)
                                              : recordText(redactor, body.reveal(), promptBytes);
}

QString tlsVersionName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return u"TLS 1.2"_s;
    case QSsl::TlsV1_3:
        return u"TLS 1.3"_s;
    default:
        return {};
    }
}

/// Names come from the certificate, so they may be anything.
void recordTls(const Redactor &redactor, Exchange &exchange, const QSslConfiguration &tls)
{
    exchange.tlsVersion = tlsVersionName(tls.sessionProtocol());
    const QList<QSslCertificate> chain = tls.peerCertificateChain();
    if (!chain.isEmpty())
        exchange.certificateAuthority = redactor.redacted(chain.last().issuerDisplayName());
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
    exchange.kind = requestKind(request);
    exchange.url = redactor.redacted(request.url().toString(QUrl::FullyEncoded));
    exchange.requestHeaders = recordHeaders(redactor, headersOf(request));
    exchange.requestBody =
        isForm(request) ? recordForm(redactor, body.reveal()) : recordText(redactor, body.reveal(), recordedBytes);
    exchange.isRequestBodyCut = body.size() > recordedBytes;
    return exchange;
}

Exchange recordReply(const Redactor &redactor, Exchange exchange, const QNetworkReply &reply, const Secret &body)
{
    const auto &pairs = reply.rawHeaderPairs();
    exchange.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    exchange.reason = redactor.redacted(reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString());
    exchange.responseHeaders = recordHeaders(redactor, Headers(pairs.begin(), pairs.end()));
    exchange.responseBody = requestKind(reply.request()) == RequestKind::tokens
                                ? recordTokens(redactor, body)
                                : recordText(redactor, body.reveal(), promptBytes);
    exchange.responseBytes = reply.bytesAvailable();
    exchange.isResponseBodyCut = exchange.responseBytes > promptBytes;
    if (exchange.isSecured())
        recordTls(redactor, exchange, reply.sslConfiguration());
    if (const auto error = networkFailure(reply))
        fail(exchange, {error->code, redactor.redacted(error->message)});
    return exchange;
}

void fail(Exchange &exchange, const Error &error)
{
    exchange.failure = error.message;
    exchange.failureCode = error.code.toString();
}

QString recordWholeBody(const Redactor &redactor, const Secret &body)
{
    return recordText(redactor, body.reveal(), recordedBytes);
}

} // namespace bookdesk::net
