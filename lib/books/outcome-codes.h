/// The codes of outcomes with an answer: more specific than OutcomeKind, stable for programs.
#pragma once

#include "core/error.h"

#include <array>

namespace bookdesk::books::outcomes {

inline constexpr ErrorCode ok{"books.ok"};
inline constexpr ErrorCode tokenExpired{"books.token-expired"};
inline constexpr ErrorCode notAuthenticated{"books.not-authenticated"};
inline constexpr ErrorCode tokenRejected{"books.token-rejected"};
inline constexpr ErrorCode tokenMalformed{"books.token-malformed"};
inline constexpr ErrorCode tokenNotYetValid{"books.token-not-yet-valid"};
inline constexpr ErrorCode tokenVersion{"books.token-version"};
inline constexpr ErrorCode keyUnknown{"books.key-unknown"};
inline constexpr ErrorCode signatureRejected{"books.signature-rejected"};
inline constexpr ErrorCode issuerRejected{"books.issuer-rejected"};
inline constexpr ErrorCode audienceRejected{"books.audience-rejected"};
inline constexpr ErrorCode claimMissing{"books.claim-missing"};
inline constexpr ErrorCode apiMisconfigured{"books.api-misconfigured"};
inline constexpr ErrorCode apiKeysUnreachable{"books.api-keys-unreachable"};
inline constexpr ErrorCode scopeMissing{"books.scope-missing"};
inline constexpr ErrorCode roleMissing{"books.role-missing"};
inline constexpr ErrorCode forbidden{"books.forbidden"};
inline constexpr ErrorCode claimsChallenge{"books.claims-challenge"};
inline constexpr ErrorCode claimsRejected{"books.claims-rejected"};
inline constexpr ErrorCode notFound{"books.not-found"};
inline constexpr ErrorCode methodNotAllowed{"books.method-not-allowed"};
inline constexpr ErrorCode conflict{"books.conflict"};
inline constexpr ErrorCode requestInvalid{"books.request-invalid"};
inline constexpr ErrorCode throttled{"books.throttled"};
inline constexpr ErrorCode redirect{"books.redirect"};
inline constexpr ErrorCode serverError{"books.server-error"};
inline constexpr ErrorCode unexpected{"books.unexpected"};

inline constexpr std::array outcomeCodes{ok,
                                         tokenExpired,
                                         notAuthenticated,
                                         tokenRejected,
                                         tokenMalformed,
                                         tokenNotYetValid,
                                         tokenVersion,
                                         keyUnknown,
                                         signatureRejected,
                                         issuerRejected,
                                         audienceRejected,
                                         claimMissing,
                                         apiMisconfigured,
                                         apiKeysUnreachable,
                                         scopeMissing,
                                         roleMissing,
                                         forbidden,
                                         claimsChallenge,
                                         claimsRejected,
                                         notFound,
                                         methodNotAllowed,
                                         conflict,
                                         requestInvalid,
                                         throttled,
                                         redirect,
                                         serverError,
                                         unexpected};

} // namespace bookdesk::books::outcomes
