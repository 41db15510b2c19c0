/// AskedProof: what a client asks the tenant to have proven, and what a sign-in has proven.
#pragma once

#include "core/clock.h"
#include "sandbox/http.h"
#include "sandbox/scopes.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace bookdesk::sandbox {

/// The authentication context that a refresh can prove, because the sign-in at the tenant has.
inline const QString easyContext = QStringLiteral("c1");
/// The one that needs the person in the browser.
inline const QString strictContext = QStringLiteral("c2");

/// From `claims`, `acr_values` and `max_age`. A plain value. Any thread. Source: Microsoft "Claims challenges, claims
/// requests and client capabilities", OpenID Connect Core section 3.1.2.1.
struct AskedProof
{
    QStringList contexts;
    bool asksForTime = false; ///< The tokens are to say when the person signed in (`auth_time`).
};

/// Refuses `claims` that are no JSON object.
OrFailure<AskedProof> readAskedProof(const FormFields &fields);

/// What the tokens of a sign-in may claim. A plain value. Any thread.
struct Proof
{
    QStringList contexts;              ///< `acrs`
    std::optional<TimePoint> signedIn; ///< `auth_time`, where it was asked for.
};

/// What a person who has gone through the sign-in page at @p now has proven.
Proof proofOf(const AskedProof &asked, TimePoint now);

/// What a refresh adds to @p before; `interaction_required` for what only the person can prove.
OrFailure<Proof> extended(Proof before, const AskedProof &asked);

} // namespace bookdesk::sandbox
