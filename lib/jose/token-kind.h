/// TokenKind: what a token claims to be, so that people learn of a wrong kind before they look for other faults.
#pragma once

#include <QStringView>

#include <array>

namespace bookdesk::jose {

class KnownClaims;
struct DecodedToken;
struct TokenPolicy;

/// Nothing here has been verified: a forged token may call itself anything.
enum class TokenKind {
    accessToken, ///< Has scopes that a person granted, or no sign of another kind.
    appOnly,     ///< An app's own access token: nobody signed in.
    idToken,     ///< Says who signed in, and opens no API.
    graph,       ///< An access token for Microsoft Graph.
    version1,    ///< An access token of Entra's version 1, where version 2 is meant; the API's registration decides.
    otherIssuer, ///< An access token that another tenant or provider issued.
    opaque,      ///< No JWT at all.
    encrypted,   ///< A JWE.
    unreadable,  ///< Damaged, or too large.
};

/// The kind of a readable token: the first that fits, in the order Graph, ID token, version 1, other issuer, app-only.
/// @p policy says which issuer, API and client are meant. Any thread.
/// Source: Microsoft "Access token claims reference", "ID token claims reference", OpenID Connect Core section 2,
/// RFC 9068 section 2.1.
TokenKind tokenKind(const DecodedToken &token, const KnownClaims &claims, const TokenPolicy &policy);

/// Whether the audience is Microsoft Graph, by its ID or by its URL in any of Microsoft's clouds.
bool isGraph(QStringView audience);

/// Whether this is the issuer of Entra's v1 tokens, for any tenant.
bool isVersion1Issuer(QStringView issuer);

/// What the issuers of Entra's v1 tokens begin with.
inline constexpr std::array version1Issuers{QStringView(u"https://sts.windows.net/"),
                                            QStringView(u"https://sts.chinacloudapi.cn/")};

} // namespace bookdesk::jose
