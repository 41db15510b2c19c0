/// The steps in which the books API checks a token, one by one: the careless API leaves some of them out.
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "jose/decoded-token.h"
#include "sandbox/bearer-check.h"
#include "sandbox/claims-check.h"
#include "sandbox/http.h"

#include <optional>

namespace bookdesk::sandbox {

/// The credentials of the first Authorization header; nothing if its scheme is not Bearer. Any thread, as all of these.
std::optional<Secret> bearerToken(const Request &request);

/// Python reads numbers beyond the range of a double as infinite, which our decoder refuses. They become the largest
/// double, which counts as infinite; the signature is still checked over the token as received.
Result<jose::DecodedToken> decodeAsPythonDoes(const Secret &token);
/// What is said of a token that could not be decoded.
TokenTrouble undecodable(const Secret &token);

/// What the API checks before it knows whether the token is genuine.
std::optional<TokenTrouble> unverifiedTrouble(const jose::DecodedToken &token, const BearerTrust &trust);
std::optional<TokenTrouble> signatureTrouble(const jose::DecodedToken &token, const BearerTrust &trust);

/// Of claims without trouble.
BearerClaims believedClaims(const JsonObject &claims);
Response answerTo(const TokenTrouble &trouble);
Response notAuthenticated();

} // namespace bookdesk::sandbox
