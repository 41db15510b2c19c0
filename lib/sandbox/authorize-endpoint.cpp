#include "sandbox/authorize-endpoint.h"

#include "sandbox/pages.h"
#include "sandbox/random-id.h"

#include <QUuid>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

constexpr std::chrono::minutes codeLifetime{10};
constexpr std::chrono::minutes pageLifetime{30};
constexpr std::size_t mostPages = 200;

OAuthFailure declined() { return {u"access_denied"_s, 65004, u"User declined to consent to access the app."_s, {}}; }

OAuthFailure adminConsentNeeded() { return {u"access_denied"_s, 90094, u"The grant requires admin permission."_s, {}}; }

OAuthFailure pageTooOld()
{
    return {u"invalid_request"_s,
            90014,
            u"This sign-in page is no longer valid. Start the sign-in again in the application."_s,
            {}};
}

bool isNamed(const Persona *persona, const AuthorizeRequest &request)
{
    return persona && (request.loginHint.compare(persona->userName, Qt::CaseInsensitive) == 0 ||
                       request.loginHint == loginHintOf(*persona));
}

} // namespace

AuthorizeEndpoint::AuthorizeEndpoint(SandboxState &state, const TokenMint &mint, GrantStore<CodeGrant> &codes,
                                     Paths paths)
    : m_state(state)
    , m_mint(mint)
    , m_codes(codes)
    , m_paths(std::move(paths))
{}

Response AuthorizeEndpoint::authorize(const FormFields &fields, const Persona *signedIn)
{
    const AuthorizeOutcome outcome = readAuthorizeRequest(fields, m_state.registrations(), m_paths.redirect);
    if (const auto *refusal = std::get_if<RefusalOnPage>(&outcome))
        return showFailure(refusal->failure);
    if (const auto *refusal = std::get_if<RefusalSentBack>(&outcome))
        return sendFailure(refusal->back, refusal->failure);
    const AuthorizeRequest &request = std::get<AuthorizeRequest>(outcome);
    if (const std::optional<OAuthFailure> refusal = takeRefusal(request))
        return showFailure(*refusal);
    const bool mayGoOn = request.prompt.isEmpty() && (request.loginHint.isEmpty() || isNamed(signedIn, request));
    return signedIn && mayGoOn ? admit(request, *signedIn) : showSignInPage(request);
}

/// What the tenant is told to refuse although the request is good.
std::optional<OAuthFailure> AuthorizeEndpoint::takeRefusal(const AuthorizeRequest &request)
{
    const Registrations &registrations = m_state.registrations();
    if (m_state.take(Fault::tenantUnknown))
        return unknownTenant(registrations.tenantId);
    if (m_state.take(Fault::clientUnknown))
        return unknownClient(registrations.clientId);
    if (m_state.take(Fault::redirectNotRegistered))
        return redirectNotRegistered(request.back.redirectUri, registrations.clientId);
    return std::nullopt;
}

Response AuthorizeEndpoint::showSignInPage(const AuthorizeRequest &request)
{
    forgetOldOnes();
    const QString id = randomId();
    m_waiting.insert_or_assign(id, Waiting{request, m_mint.now()});
    return signInPage(
        {m_paths.signIn, id, m_state.personas(), request.loginHint, request.scopes, request.prompt == "consent"_L1});
}

Response AuthorizeEndpoint::submit(const FormFields &fields)
{
    const AuthorizeRequest *request = findWaiting(fields.text("request"));
    if (!request)
        return showFailure(pageTooOld());
    if (fields.has("decline"))
        return sendFailure(request->back, declined());
    const Persona *persona = m_state.findPersona(fields.text("persona"));
    if (!persona)
        return showFailure({u"invalid_request"_s, 50034, u"The user account does not exist in this tenant."_s, {}});
    return admit(*request, *persona);
}

/// What follows when it is clear who signs in.
Response AuthorizeEndpoint::admit(const AuthorizeRequest &request, const Persona &persona)
{
    if (m_state.take(Fault::personNotAssigned))
        return showFailure(personNotAssigned(persona.userName, m_state.registrations().clientId));
    if (m_state.take(Fault::accessBlocked))
        return sendFailure(request.back, accessBlocked(u"access_denied"_s));
    if (m_state.take(Fault::consentNeedsAdmin))
        return sendFailure(request.back, adminConsentNeeded());
    if (m_state.take(Fault::consentDeclined))
        return sendFailure(request.back, declined());
    return sendCode(request, persona);
}

Response AuthorizeEndpoint::sendCode(const AuthorizeRequest &request, const Persona &persona)
{
    const Secret code = m_mint.code();
    m_codes.add(code, {persona.id, request.scopes, request.nonce, request.back.redirectUri, request.codeChallenge,
                       m_mint.now() + codeLifetime, proofOf(request.proof, m_mint.now())});
    Answer answer{{"code", code.reveal().toByteArray()}};
    if (request.back.state)
        answer.emplace_back("state", request.back.state->toUtf8());
    answer.emplace_back("session_state", QUuid::createUuid().toByteArray(QUuid::WithoutBraces));
    return send(request.back, std::move(answer));
}

Response AuthorizeEndpoint::sendFailure(const ReturnAddress &back, const OAuthFailure &failure) const
{
    const QString description = failureDescription(failure, makeTrace(m_mint.now()));
    Answer answer{{"error", failure.error.toUtf8()}, {"error_description", description.toUtf8()}};
    if (!failure.subError.isEmpty())
        answer.emplace_back("suberror", failure.subError.toUtf8());
    if (back.state)
        answer.emplace_back("state", back.state->toUtf8());
    return send(back, std::move(answer));
}

Response AuthorizeEndpoint::send(const ReturnAddress &back, Answer answer) const
{
    if (back.mode == ResponseMode::formPost)
        return formPostPage(back.redirectUri, answer);
    QByteArrayList fields;
    for (const auto &[name, value] : answer)
        fields += formField(name, value);
    Response response = redirectTo(302, back.redirectUri.toUtf8() + '?' + fields.join('&'));
    response.headers.emplace_back("cache-control", "no-store");
    response.headers.emplace_back("referrer-policy", "no-referrer");
    return response;
}

Response AuthorizeEndpoint::showFailure(const OAuthFailure &failure) const
{
    return failurePage(failure, makeTrace(m_mint.now()));
}

const AuthorizeRequest *AuthorizeEndpoint::findWaiting(const QString &id)
{
    forgetOldOnes();
    const auto found = m_waiting.find(id);
    // It is kept: a double click posts twice, and the browser shows the second answer.
    return found == m_waiting.end() ? nullptr : &found->second.request;
}

void AuthorizeEndpoint::forgetOldOnes()
{
    std::erase_if(m_waiting,
                  [now = m_mint.now()](const auto &entry) { return now - entry.second.since > pageLifetime; });
    if (m_waiting.size() < mostPages)
        return;
    m_waiting.erase(std::min_element(m_waiting.begin(), m_waiting.end(), [](const auto &left, const auto &right) {
        return left.second.since < right.second.since;
    }));
}

} // namespace bookdesk::sandbox
