#include "sandbox/revocation-endpoint.h"

#include "sandbox/authorize-request.h"
#include "sandbox/client-request.h"

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

std::optional<OAuthFailure> wrongRequest(const Request &request, const FormFields &fields,
                                         const Registrations &registrations)
{
    if (auto wrong = wrongForm(request, fields))
        return wrong;
    if (auto wrong = wrongClient(request, fields, registrations))
        return wrong;
    return fields.has("token") ? std::nullopt : std::optional(parameterMissing(u"token"_s));
}

} // namespace

RevocationEndpoint::RevocationEndpoint(SandboxState &state, const TokenMint &mint,
                                       GrantStore<RefreshGrant> &refreshTokens)
    : m_state(state)
    , m_mint(mint)
    , m_refreshTokens(refreshTokens)
{}

Response RevocationEndpoint::answer(const Request &request)
{
    const FormFields fields = postedFields(request);
    if (const auto wrong = wrongRequest(request, fields, m_state.registrations()))
        return clientRefusal(*wrong, request, fields, m_mint.now());
    if (const RefreshGrant *grant = m_refreshTokens.find(fields.secret("token")))
        m_refreshTokens.dropIf([family = grant->family](const RefreshGrant &each) { return each.family == family; });
    return {200, {{"cache-control", "no-store"}, {"pragma", "no-cache"}}, {}};
}

} // namespace bookdesk::sandbox
