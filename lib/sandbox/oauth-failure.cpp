#include "sandbox/oauth-failure.h"

#include <QDateTime>
#include <QTimeZone>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {

FailureTrace makeTrace(TimePoint now, const QString &correlationId)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch());
    const QUuid given(correlationId);
    return {QUuid::createUuid().toString(QUuid::WithoutBraces),
            (given.isNull() ? QUuid::createUuid() : given).toString(QUuid::WithoutBraces),
            QDateTime::fromSecsSinceEpoch(seconds.count(), QTimeZone::utc()).toString(u"yyyy-MM-dd HH:mm:ss'Z'")};
}

QString failureDescription(const OAuthFailure &failure, const FailureTrace &trace)
{
    return u"AADSTS%1: %2 Trace ID: %3 Correlation ID: %4 Timestamp: %5"_s.arg(
        QString::number(failure.number), failure.text, trace.traceId, trace.correlationId, trace.timestamp);
}

JsonObject failureBody(const OAuthFailure &failure, const FailureTrace &trace)
{
    JsonObject body{{u"error"_s, failure.error},
                    {u"error_description"_s, failureDescription(failure, trace)},
                    {u"error_codes"_s, JsonArray{Json(failure.number)}},
                    {u"timestamp"_s, trace.timestamp},
                    {u"trace_id"_s, trace.traceId},
                    {u"correlation_id"_s, trace.correlationId}};
    if (!failure.subError.isEmpty())
        body.append(u"suberror"_s, failure.subError);
    return body;
}

} // namespace bookdesk::sandbox
