/// Request and Response: HTTP messages as plain values, so that the Sandbox's parts need no sockets.
#pragma once

#include "core/json.h"
#include "core/secret.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QUrl>

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace bookdesk::sandbox {

using Headers = std::vector<std::pair<QByteArray, QByteArray>>;

/// Any thread.
struct Request
{
    QByteArray method;
    QByteArray path;  ///< Percent-encoded, without the query.
    QByteArray query; ///< Percent-encoded, without the question mark.
    Headers headers;  ///< In the order of the message, repeated ones too.
    QByteArray body;

    /// The first header of that name (in any case); nothing where there is none.
    std::optional<QByteArray> header(QByteArrayView name) const;
    /// The path with percent-encoded octets decoded, as UTF-8.
    QString decodedPath() const;
    bool isRead() const { return method == "GET" || method == "HEAD"; }
};

/// Any thread.
struct Response
{
    int status = 200;
    Headers headers;
    QByteArray body;
    std::chrono::milliseconds delay{}; ///< How much later it is sent.
};

Response jsonResponse(int status, const JsonObject &object, Headers headers = {});
/// @param policy the Content-Security-Policy.
Response pageResponse(int status, const QString &html, const QByteArray &policy);
Response redirectTo(int status, const QByteArray &location);
/// `{"detail":"Not Found"}`, as Starlette answers.
Response notFound();
/// `{"detail":"Method Not Allowed"}` with @p allow, as Starlette answers.
Response methodNotAllowed(const QByteArray &allow);

/// The fields of a form or a query (application/x-www-form-urlencoded).
class FormFields
{
public:
    static FormFields parse(QByteArrayView encoded);

    /// The first value as text; empty where absent.
    QString text(QByteArrayView name) const;
    /// The first value as a secret; empty where absent.
    Secret secret(QByteArrayView name) const;
    bool has(QByteArrayView name) const;
    /// A name that occurs twice, or empty.
    QByteArray repeated() const;

private:
    const QByteArray *find(QByteArrayView name) const;
    std::vector<std::pair<QByteArray, QByteArray>> m_fields;
};

/// One `name=value`, percent-encoded, for a query.
QByteArray formField(QByteArrayView name, const QByteArray &value);

} // namespace bookdesk::sandbox
