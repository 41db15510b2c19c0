/// OAuthFailure: a refusal of the tenant, in Entra's form.
#pragma once

#include "core/clock.h"
#include "core/json.h"

#include <QString>

namespace bookdesk::sandbox {

/// A plain value; the text is for people and follows `AADSTS` and the number. Any thread.
/// Source: Microsoft "Microsoft Entra authentication and authorization error codes".
struct OAuthFailure
{
    QString error; ///< `invalid_grant`, …
    int number = 0;
    QString text;
    QString subError;
    int status = 400;
};

/// What Entra adds to every refusal so that support can find it.
struct FailureTrace
{
    QString traceId;
    QString correlationId;
    QString timestamp; ///< "2026-11-24 05:12:23Z"
};

/// @param correlationId the client's own where it is a GUID, else a new one is made.
FailureTrace makeTrace(TimePoint now, const QString &correlationId = {});

/// "AADSTS54005: … Trace ID: … Correlation ID: … Timestamp: …"
QString failureDescription(const OAuthFailure &failure, const FailureTrace &trace);

/// The token endpoint's answer.
JsonObject failureBody(const OAuthFailure &failure, const FailureTrace &trace);

} // namespace bookdesk::sandbox
