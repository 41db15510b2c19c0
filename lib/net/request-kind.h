/// RequestKind: what a request is for, which decides how large and how slow its answer may be.
#pragma once

#include <QtGlobal>

#include <chrono>

class QNetworkRequest;

namespace bookdesk::net {

/// What a request is for.
enum class RequestKind {
    discovery, ///< A tenant's OpenID configuration.
    keys,      ///< An issuer's key set.
    tokens,    ///< The token endpoint.
    api,       ///< The API that a connection is for.
    probe,     ///< The same API, with a forged token: sent once, whatever comes of it.
};

/// How large an answer may be, and how long it may take.
struct AnswerBounds
{
    qsizetype bytes = 0;               ///< Of the body, unpacked.
    std::chrono::milliseconds time{0}; ///< From the request to the end of the answer.
};

/// The limits of all answers, defined only here: AccessManager aborts what exceeds them, and readers of bodies use the
/// same numbers.
constexpr AnswerBounds usualBounds(RequestKind kind)
{
    constexpr qsizetype kibibyte = 1024;
    constexpr std::chrono::minutes patience{3};
    switch (kind) {
    case RequestKind::discovery:
        return {256 * kibibyte, patience};
    case RequestKind::keys:
        return {1024 * kibibyte, std::chrono::seconds{20}}; // Everybody waits for keys.
    case RequestKind::tokens:
        return {1024 * kibibyte, patience};
    case RequestKind::probe:
        return {64 * 1024 * kibibyte, std::chrono::seconds{30}};
    case RequestKind::api:
        break;
    }
    return {64 * 1024 * kibibyte, patience}; // Room for more than 100,000 books.
}

/// Marks a request for AccessManager; one without a mark is of RequestKind::api.
void setRequestKind(QNetworkRequest &request, RequestKind kind);
RequestKind requestKind(const QNetworkRequest &request);

} // namespace bookdesk::net
