/// Refusal: the reason for a 401 or 403, read once from its challenges, its body and our own token.
#pragma once

#include "books/api-outcome.h"

namespace bookdesk::books {

/// How much of an answer is searched for a reason; an error page may have several megabytes.
inline constexpr qsizetype mostReadOfBody = 64 * 1024;

/// A plain value; its texts are untrusted. Source: RFC 6750 section 3, Microsoft "Claims challenges", the books API's
/// contract.
struct Refusal
{
    AccessRule rule;
    TokenFacts facts;
    int status = 0;
    QString detail;           ///< The body's `detail` where it is a string, or else the first reason that it gives.
    QStringList reasons;      ///< All reasons that the body gives; see net::saidReasons.
    bool isWebPage = false;   ///< The body is HTML, and no bearer challenge came with it.
    QString error;            ///< The bearer challenge's `error`.
    QString description;      ///< The bearer challenge's `error_description`.
    QStringList neededScopes; ///< The bearer challenge's `scope`.
    bool asksForClaims = false;
    std::optional<TimePoint> serverDate;
};

Refusal readRefusal(const AccessRule &rule, const net::HttpResponse &response, const TokenFacts &facts);

/// Kind, code, texts and what is missing; the rest of the outcome is left empty.
ApiOutcome explainRefusal(const Refusal &refusal);

/// The two parts of explainRefusal: the token itself is wrong, or it grants too little.
ApiOutcome explainRejectedToken(const Refusal &refusal);
ApiOutcome explainMissingGrant(const Refusal &refusal);

/// The first reason that says more than the status, made safe for use in a sentence; may be empty.
QString tellingReason(const Refusal &refusal);

/// An untrusted value, made safe for use in a sentence.
QString quotable(const QString &text);

} // namespace bookdesk::books
