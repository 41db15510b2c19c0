/// checkBearer: checks a request's token as the books API does, in the same order and words.
#pragma once

#include "core/clock.h"
#include "core/json.h"
#include "core/secret.h"
#include "jose/jwk-set.h"
#include "sandbox/http.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace bookdesk::sandbox {

/// What the API believes a token says. Any thread.
struct BearerClaims
{
    std::optional<QString> userName;
    QStringList scopes;
    QStringList roles;
    QStringList contexts = {};              ///< `acrs`
    std::optional<TimePoint> signedIn = {}; ///< `auth_time`
};

/// Whom the API trusts. Any thread.
struct BearerTrust
{
    QString issuer;
    QString audience;
    const jose::JwkSet &keys;
    TimePoint now;
};

/// The claims, or the answer that the API gives instead. Source: the books API's contract; the words are PyJWT's and
/// pyjwt-key-fetcher's, which read numbers less strictly.
std::variant<BearerClaims, Response> checkBearer(const Request &request, const BearerTrust &trust);

/// `Internal Server Error` as text, as Starlette answers.
Response internalServerError();

} // namespace bookdesk::sandbox
