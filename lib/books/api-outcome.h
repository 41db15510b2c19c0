/// ApiOutcome: what an API call led to, explained: status, why, and what helps.
#pragma once

#include "books/access-rule.h"
#include "books/prediction.h"
#include "core/error.h"
#include "net/auth-challenge.h"
#include "net/http-client.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>
#include <cstdint>
#include <optional>

namespace bookdesk::books {

/// What kind of answer the API gave, or why there was none.
enum class OutcomeKind {
    ok,
    expired,         ///< 401, the token has expired.
    unauthenticated, ///< 401 for another reason.
    scopeMissing,    ///< 403, the app lacks a permission.
    roleMissing,     ///< 403, the person lacks a role.
    forbidden,       ///< 403 without a reason.
    claimsChallenge, ///< 401 or 403 that asks for more proof: `insufficient_claims`, or as RFC 9470 has it.
    notFound,
    methodNotAllowed,
    conflict, ///< 409, the state of the book forbids the call.
    invalid,  ///< 422, a value of the request is wrong.
    throttled,
    redirect,       ///< 3xx: never followed with a token.
    serverError,    ///< 5xx.
    claimsRejected, ///< 500, and our own check of the claims' types failed too.
    unexpected,     ///< Any other status, or a 200 that cannot be read.
    network,        ///< Name, connection, time-out.
    tls,
    stopped,
    withheld, ///< Not sent: the token is not meant for this API.
    refused,  ///< Not sent: the ID or URL cannot be used, or nobody is signed in.
};

/// A plain value; texts are translated and plain text. Any thread.
struct ApiOutcome
{
    int status = 0; ///< 0 where no API answered.
    OutcomeKind kind = OutcomeKind::ok;
    QString code;        ///< Stable, for programs: one of outcome-codes.h ("books.role-missing"), or the Error's own.
    QString headline;    ///< "403 Forbidden: you lack a role"
    QString explanation; ///< What happened and why, from the body, the challenge and the token.
    QString remedy;      ///< What to do; empty if nothing has to be done.
    QString request;     ///< "DELETE /api/v1/books/bk-0003"
    QString serverSaid;  ///< The body (redacted, visible, at most 2,000 characters).
    Facts facts;         ///< Further details about an unreadable answer, or why none came.
    QStringList missing; ///< The scopes or roles that are missing.
    QStringList obtainable;         ///< The missing scopes, where asking for them may help: offer *Get this scope*.
    bool freshTokenMayHelp = false; ///< Offer *Get fresh token*.
    bool signInMayHelp = false;     ///< Offer *Sign in again*.
    /// When the API wants to be asked again, counted from its answer (kinds throttled and serverError).
    std::optional<std::chrono::seconds> retryAfter;
    /// The network or the server failed in a way that may pass; a proxy's refusal does not.
    bool isOutOfReach = false;
    /// Of a claims challenge, as it came: untrusted.
    std::optional<net::AuthChallenge> challenge = {};
    bool wasSentAgain = false; ///< With a fresh token, after the API had refused the first.
    std::int64_t exchangeId = 0;

    bool isOk() const { return kind == OutcomeKind::ok; }
};

/// The stable name of a kind: "ok", "role-missing", …
QString kindCode(OutcomeKind kind);

/// Explains an answer, from its challenge where there is one, else from its body and our own token.
ApiOutcome explain(const AccessRule &rule, const QString &request, const net::HttpResponse &response,
                   const TokenFacts &facts);

/// Explains why there is no answer. @p host is the host that could not be reached: "books.contoso.com:8443".
ApiOutcome explain(const QString &request, const Error &error, const QString &host = {});

} // namespace bookdesk::books
