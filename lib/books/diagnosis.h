/// Diagnosis: what a token's verification means for people: what is wrong, why, how to fix it and who has to act.
#pragma once

#include "jose/verification.h"

#include <QString>

#include <chrono>
#include <optional>

namespace bookdesk::books {

/// Whether a token can be relied on.
enum class Verdict {
    verified,
    unreadable, ///< Only the API can judge it; neither good nor bad.
    failed,
};

/// Who has to act to fix it.
enum class Actor {
    nobody,
    user,          ///< The person who is signed in or set up the connection.
    apiOwner,      ///< The API's registration must change; nothing that the user does will help.
    administrator, ///< The same for the tenant, or for the service that signs people in.
};

/// A plain value; its texts are translated, plain and safe to show. Any thread.
struct Diagnosis
{
    QString code; ///< Stable, for programs: "expired", "version-1", ….
    Verdict verdict = Verdict::failed;
    QString headline;
    QString why = {};
    QString remedy = {};      ///< What to do; empty if nothing has to be done.
    QString expectation = {}; ///< What the API will answer until then; may be empty.
    Actor actor = Actor::nobody;
    bool freshTokenMayHelp = false;

    friend bool operator==(const Diagnosis &, const Diagnosis &) = default;
};

/// For a token that is meant for the API. @p clockAhead how far this computer's clock is ahead of the servers', where
/// that is known (see net::clockAhead): where it alone decides, it is the diagnosis.
Diagnosis diagnoseAccessToken(const jose::Verification &verification,
                              std::optional<std::chrono::seconds> clockAhead = {});

/// For a token that is meant to say who signed in.
Diagnosis diagnoseIdToken(const jose::Verification &verification);

/// A stable name for programs: "user", "api-owner", "administrator", or empty for nobody.
QString actorCode(Actor actor);

/// What the API's owner needs to know, without secrets. @p api is its address.
QString ownerRequest(const Diagnosis &diagnosis, const jose::Verification &verification, const QString &api);

} // namespace bookdesk::books
