#include "sandbox/logout-endpoint.h"

#include "sandbox/authorize-request.h"
#include "sandbox/client-request.h"
#include "sandbox/pages.h"

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

Response backToClient(const FormFields &fields)
{
    QByteArray target = fields.text("post_logout_redirect_uri").toUtf8();
    if (fields.has("state"))
        target += '?' + formField("state", fields.text("state").toUtf8());
    Response response = redirectTo(302, target);
    response.headers.emplace_back("cache-control", "no-store");
    response.headers.emplace_back("referrer-policy", "no-referrer");
    return response;
}

} // namespace

LogoutEndpoint::LogoutEndpoint(BrowserSessions &sessions, QString redirectPath)
    : m_sessions(sessions)
    , m_redirectPath(std::move(redirectPath))
{}

Response LogoutEndpoint::answer(const Request &request)
{
    if (request.method != "POST" && request.method != "GET")
        return methodNotAllowed("GET, POST");
    const FormFields fields = request.method == "POST" ? postedFields(request) : FormFields::parse(request.query);
    const QString hint = fields.text("logout_hint");
    const Persona *persona = m_sessions.find(request);
    // Somebody else who is signed in there stays so.
    const bool isMeant = hint.isEmpty() || (persona && hint == loginHintOf(*persona));
    const bool goesBack = isRegisteredRedirect(fields.text("post_logout_redirect_uri"), m_redirectPath);
    Response response = goesBack ? backToClient(fields) : signedOutPage(isMeant);
    if (isMeant)
        m_sessions.end(request, response);
    return response;
}

} // namespace bookdesk::sandbox
