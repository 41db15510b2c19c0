#include "identity/api-challenge.h"

#include "net/auth-challenge.h"

namespace bookdesk::identity {

using namespace Qt::StringLiterals;

std::optional<QString> challengeError(const net::HttpResponse &response)
{
    for (const net::AuthChallenge &challenge : net::readChallenges(response.headers)) {
        const QString error = challenge.parameter(u"error");
        if (challenge.scheme.compare("Bearer"_L1, Qt::CaseInsensitive) == 0 && !error.isEmpty())
            return error;
    }
    return std::nullopt;
}

std::optional<ClaimsRequest> proofAskedBy(const net::HttpResponse &response)
{
    const std::optional<net::AuthChallenge> challenge =
        response.status == 401 ? net::proofChallenge(response.headers) : std::nullopt;
    if (!challenge)
        return std::nullopt;
    const Result<ClaimsRequest> proof = readClaimsRequest(*challenge);
    return proof ? std::optional(*proof) : std::nullopt;
}

} // namespace bookdesk::identity
