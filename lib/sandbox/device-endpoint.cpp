#include "sandbox/device-endpoint.h"

#include "sandbox/client-request.h"
#include "sandbox/device-pages.h"

#include <cstdint>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {

DeviceEndpoint::DeviceEndpoint(SandboxState &state, const TokenMint &mint, DeviceCodes &codes, Page page)
    : m_state(state)
    , m_mint(mint)
    , m_codes(codes)
    , m_page(std::move(page))
{}

Response DeviceEndpoint::issue(const Request &request)
{
    const FormFields fields = postedFields(request);
    const OrFailure<AskedScopes> scopes = read(request, fields);
    return scopes ? clientAnswer(200, issued(*scopes)) : clientRefusal(scopes.error(), request, fields, m_mint.now());
}

OrFailure<AskedScopes> DeviceEndpoint::read(const Request &request, const FormFields &fields) const
{
    if (const auto wrong = wrongForm(request, fields))
        return tl::unexpected<OAuthFailure>(*wrong);
    if (const auto wrong = wrongClient(request, fields, m_state.registrations()))
        return tl::unexpected<OAuthFailure>(*wrong);
    return readScopes(fields.text("scope"), m_state.registrations());
}

JsonObject DeviceEndpoint::issued(const AskedScopes &scopes)
{
    const IssuedDeviceCode code = m_codes.issue(scopes);
    const DeviceCodeSettings &settings = m_codes.settings();
    return {{u"user_code"_s, code.userCode},
            {u"device_code"_s, QString::fromUtf8(code.deviceCode.reveal())},
            {u"verification_uri"_s, m_page.link},
            {u"expires_in"_s, std::int64_t{settings.lifetime.count()}},
            {u"interval"_s, std::int64_t{settings.interval.count()}},
            {u"message"_s, u"To sign in, use a web browser to open the page %1 and enter the code %2 to "
                           "authenticate."_s.arg(m_page.link, code.userCode)}};
}

Response DeviceEndpoint::answer(const Request &request)
{
    if (request.isRead())
        return deviceCodePage({m_page.path, {}});
    return request.method == "POST" ? submit(postedFields(request)) : methodNotAllowed("GET, HEAD, POST");
}

Response DeviceEndpoint::submit(const FormFields &fields)
{
    const QString typed = fields.text("user_code");
    const AskedScopes *scopes = m_codes.find(typed);
    if (!scopes)
        return deviceCodePage({m_page.path, typed});
    const Persona *persona = m_state.findPersona(fields.text("persona"));
    if (!persona && !fields.has("decline"))
        return deviceSignInPage({m_page.path, typed, m_state.personas(), *scopes});
    const bool isDeclined = !persona || m_state.take(Fault::consentDeclined);
    if (isDeclined)
        m_codes.decline(typed);
    else
        m_codes.grant(typed, persona->id);
    return isDeclined ? deviceDeclinedPage() : deviceDonePage();
}

} // namespace bookdesk::sandbox
