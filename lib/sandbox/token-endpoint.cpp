#include "sandbox/token-endpoint.h"

#include "jose/base64url.h"
#include "sandbox/authorize-request.h"
#include "sandbox/client-request.h"

#include <QCryptographicHash>

#include <algorithm>
#include <chrono>
#include <cstdint>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

constexpr std::chrono::hours refreshLifetime{24 * 90};

OAuthFailure invalidGrant(int number, const QString &text) { return {u"invalid_grant"_s, number, text, {}}; }

tl::unexpected<OAuthFailure> refused(OAuthFailure failure) { return tl::unexpected<OAuthFailure>(std::move(failure)); }

/// RFC 7636 section 4.1: 43 to 128 unreserved characters.
bool isVerifier(QByteArrayView verifier)
{
    const auto isUnreserved = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
               c == '_' || c == '~';
    };
    return verifier.size() >= 43 && verifier.size() <= 128 &&
           std::all_of(verifier.begin(), verifier.end(), isUnreserved);
}

bool fitsChallenge(const Secret &verifier, const QByteArray &challenge)
{
    return isVerifier(verifier.reveal()) &&
           jose::toBase64Url(QCryptographicHash::hash(verifier.reveal(), QCryptographicHash::Sha256)) == challenge;
}

QString asText(const Secret &secret) { return QString::fromUtf8(secret.reveal()); }

} // namespace

TokenEndpoint::TokenEndpoint(SandboxState &state, const TokenMint &mint, GrantStore<CodeGrant> &codes,
                             GrantStore<RefreshGrant> &refreshTokens, DeviceCodes &deviceCodes)
    : m_state(state)
    , m_mint(mint)
    , m_codes(codes)
    , m_refreshTokens(refreshTokens)
    , m_deviceCodes(deviceCodes)
{}

Response TokenEndpoint::answer(const Request &request)
{
    if (m_state.take(Fault::tokensAnswer429))
        return jsonResponse(429, {{u"detail"_s, u"Too Many Requests"_s}}, {{"retry-after", "12"}});
    const FormFields fields = postedFields(request);
    const OrFailure<Minting> minting = read(request, fields);
    const OrFailure<JsonObject> tokens = minting ? mint(*minting) : refused(minting.error());
    return tokens ? clientAnswer(200, *tokens) : clientRefusal(tokens.error(), request, fields, m_mint.now());
}

OrFailure<TokenEndpoint::Minting> TokenEndpoint::read(const Request &request, const FormFields &fields)
{
    if (const auto wrong = wrongForm(request, fields))
        return refused(*wrong);
    if (!fields.has("grant_type"))
        return refused(parameterMissing(u"grant_type"_s));
    if (const auto wrong = wrongClient(request, fields, m_state.registrations()))
        return refused(*wrong);
    const QString grantType = fields.text("grant_type");
    if (grantType == "authorization_code"_L1)
        return redeemCode(fields);
    if (grantType == "refresh_token"_L1)
        return refresh(fields);
    if (grantType == "urn:ietf:params:oauth:grant-type:device_code"_L1)
        return redeemDeviceCode(fields);
    return refused({u"unsupported_grant_type"_s,
                    70003,
                    u"The app requested an unsupported grant type '%1'."_s.arg(grantType),
                    {}});
}

OrFailure<TokenEndpoint::Minting> TokenEndpoint::redeemCode(const FormFields &fields)
{
    for (const char *name : {"code", "redirect_uri", "code_verifier"}) {
        if (!fields.has(name))
            return refused(parameterMissing(QString::fromLatin1(name)));
    }
    CodeGrant *grant = m_codes.find(fields.secret("code"));
    if (!grant)
        return refused(invalidGrant(70000, u"Provided grant is invalid or malformed."_s));
    if (grant->isRedeemed)
        return refused(invalidGrant(54005, u"OAuth2 Authorization code was already redeemed, please retry with a new "
                                           "valid code or use an existing refresh token."_s));
    // A code can be tried once only, so that nobody can guess at the verifier.
    grant->isRedeemed = true;
    if (grant->expiry <= m_mint.now())
        return refused(invalidGrant(70008, u"The provided authorization code or refresh token has expired. Send a new "
                                           "interactive authorization request for this user and resource."_s));
    if (fields.text("redirect_uri") != grant->redirectUri)
        return refused(invalidGrant(
            500112, u"The reply address '%1' does not match the reply address '%2' provided "
                    "when requesting Authorization code."_s.arg(fields.text("redirect_uri"), grant->redirectUri)));
    if (!fitsChallenge(fields.secret("code_verifier"), grant->codeChallenge))
        return refused(invalidGrant(501481, u"The Code_Verifier does not match the code_challenge supplied in the "
                                            "authorization request."_s));
    OrFailure<AskedScopes> scopes = narrowed(fields, grant->scopes);
    if (!scopes)
        return refused(scopes.error());
    return Minting{grant->personaId, std::move(*scopes), grant->scopes, grant->nonce, grant->proof};
}

OrFailure<TokenEndpoint::Minting> TokenEndpoint::redeemDeviceCode(const FormFields &fields)
{
    if (!fields.has("device_code"))
        return refused(parameterMissing(u"device_code"_s));
    OrFailure<GrantedDevice> device = m_deviceCodes.redeem(fields.secret("device_code"));
    if (!device)
        return refused(device.error());
    return Minting{device->personaId, device->scopes, device->scopes, {}};
}

OrFailure<TokenEndpoint::Minting> TokenEndpoint::refresh(const FormFields &fields)
{
    if (!fields.has("refresh_token"))
        return refused(parameterMissing(u"refresh_token"_s));
    const OrFailure<RefreshGrant *> found = findRefreshGrant(fields.secret("refresh_token"));
    if (!found)
        return refused(found.error());
    if (m_state.take(Fault::accessBlocked))
        return refused(accessBlocked(u"invalid_grant"_s));
    RefreshGrant *grant = *found;
    OrFailure<AskedScopes> scopes = narrowed(fields, grant->scopes, m_state.consentsFor(grant->personaId));
    if (!scopes)
        return refused(scopes.error());
    const OrFailure<AskedProof> asked = readAskedProof(fields);
    if (!asked)
        return refused(asked.error());
    const OrFailure<Proof> proof = extended(grant->proof, *asked);
    if (!proof)
        return refused(proof.error());
    grant->isUsed = true;
    return Minting{grant->personaId, std::move(*scopes), grant->scopes, {}, *proof, grant->family};
}

OrFailure<RefreshGrant *> TokenEndpoint::findRefreshGrant(const Secret &token)
{
    RefreshGrant *grant = m_refreshTokens.find(token);
    if (!grant) {
        OAuthFailure failure = invalidGrant(70000, u"Provided grant is invalid or malformed."_s);
        failure.subError = u"bad_token"_s;
        return refused(failure);
    }
    if (grant->isUsed && m_state.isOn(Switch::rotatesStrictly)) {
        // One of the two who used it has stolen it, and nobody knows which.
        m_refreshTokens.dropIf([family = grant->family](const RefreshGrant &each) { return each.family == family; });
        return refused(invalidGrant(70000, u"Unknown or invalid refresh token."_s));
    }
    if (grant->endedSessions != m_state.endedSessions(grant->personaId))
        return refused(invalidGrant(50173, u"The provided grant has expired due to it being revoked, a fresh auth "
                                           "token is needed. The user might have changed or reset their password."_s));
    if (grant->expiry <= m_mint.now())
        return refused(invalidGrant(700082, u"The refresh token has expired due to inactivity."_s));
    return grant;
}

/// @param consented scopes of the API that need not have been asked for.
OrFailure<AskedScopes> TokenEndpoint::narrowed(const FormFields &fields, const AskedScopes &asked,
                                               const QStringList &consented) const
{
    if (fields.text("scope").isEmpty())
        return asked;
    OrFailure<AskedScopes> scopes = readScopes(fields.text("scope"), m_state.registrations());
    AskedScopes allowed = asked;
    allowed.api += consented;
    if (scopes && !allowed.covers(*scopes)) {
        OAuthFailure failure = invalidGrant(
            65001, u"The user or administrator has not consented to use the application with the scopes '%1'. Send an "
                   "interactive authorization request for this user and resource."_s.arg(fields.text("scope")));
        failure.subError = u"consent_required"_s;
        return refused(failure);
    }
    return scopes;
}

OrFailure<JsonObject> TokenEndpoint::mint(const Minting &minting)
{
    const OAuthFailure serverFailure{
        u"server_error"_s, 90033, u"A transient error has occurred. Try again."_s, {}, 500};
    const Persona *persona = m_state.findPersona(minting.personaId);
    if (!persona)
        return refused(serverFailure);
    const QStringList granted = minting.scopes.grantedTo(*persona);
    const Result<Secret> accessToken = m_mint.accessToken(*persona, granted, minting.proof);
    if (!accessToken)
        return refused(serverFailure);
    const Json lifetime(std::int64_t{m_mint.lifetime().count()});
    JsonObject body{{u"token_type"_s, u"Bearer"_s},
                    {u"scope"_s, minting.scopes.grantedText(granted)},
                    {u"expires_in"_s, lifetime},
                    {u"ext_expires_in"_s, lifetime},
                    {u"access_token"_s, asText(*accessToken)}};
    // A refresh may ask for what the sign-in asked for, however narrow this request is.
    if (minting.all.asksFor(u"offline_access"_s)) {
        const Secret refreshToken = m_mint.refreshToken();
        m_refreshTokens.add(refreshToken, {minting.personaId, minting.all, m_mint.now() + refreshLifetime,
                                           minting.proof, minting.family, m_state.endedSessions(minting.personaId)});
        body.append(u"refresh_token"_s, asText(refreshToken));
    }
    if (minting.scopes.asksFor(u"openid"_s)) {
        const Result<Secret> idToken = m_mint.idToken(*persona, minting.nonce);
        if (!idToken)
            return refused(serverFailure);
        body.append(u"id_token"_s, asText(*idToken));
    }
    return body;
}

} // namespace bookdesk::sandbox
