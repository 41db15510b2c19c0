#include "sandbox/bearer-check.h"

#include "sandbox/bearer-steps.h"
#include "sandbox/claims-check.h"

namespace bookdesk::sandbox {
namespace {

std::optional<TokenTrouble> tokenTrouble(const Secret &text, const Result<jose::DecodedToken> &token,
                                         const BearerTrust &trust)
{
    if (!token)
        return undecodable(text);
    if (auto trouble = unverifiedTrouble(*token, trust))
        return trouble;
    if (auto trouble = signatureTrouble(*token, trust))
        return trouble;
    return claimsTrouble(token->claims, trust.issuer, trust.audience, trust.now);
}

} // namespace

std::variant<BearerClaims, Response> checkBearer(const Request &request, const BearerTrust &trust)
{
    const std::optional<Secret> text = bearerToken(request);
    if (!text)
        return notAuthenticated();
    const Result<jose::DecodedToken> token = decodeAsPythonDoes(*text);
    if (const auto trouble = tokenTrouble(*text, token, trust))
        return answerTo(*trouble);
    return believedClaims(token->claims);
}

Response internalServerError()
{
    return {500, {{"content-type", "text/plain; charset=utf-8"}}, "Internal Server Error"};
}

} // namespace bookdesk::sandbox
