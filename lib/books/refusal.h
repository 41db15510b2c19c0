/// Refusal: the reason for a 401 or 403, read once from its challenges, its body and our own token.
#pragma once

#include "books/api-outcome.h"

namespace bookdesk::books {

/// As much of an answer is looked at for what it says; an error page may have several megabytes.
inline constexpr qsizetype mostReadOfBody = 64 * 1024;

/// A plain value; its texts are untrusted. Source: RFC 6750 section 3, Microsoft "Claims challenges", the books API's
/// contract.
struct Refusal
{
    AccessRule rule;
    TokenFacts facts;
    int status = 0;
    QString detail;           ///< The body's `detail` where it is a string.
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

/// An untrusted value, made safe for use in a sentence.
QString quotable(const QString &text);

} // namespace bookdesk::books
