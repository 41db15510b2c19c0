/// Diagnosis: what a token's verification means, in plain words, from a table of known cases.
#pragma once

#include "jose/verify.h"
#include "pages/token/claim-meanings.h"

#include <QString>

namespace bookdesk::pages {

enum class Verdict {
    verified,
    unreadable, ///< Nobody but the API can tell; neither good nor bad.
    failed,
};

/// A plain value; texts are translated and safe to show.
struct Diagnosis
{
    Verdict verdict = Verdict::verified;
    QString headline;
    QString text;
    QString remedy;             ///< What helps; may be empty.
    QString expectation;        ///< What the API will answer until then; may be empty.
    bool isForApiOwner = false; ///< The API's registration must change, not the person.

    friend bool operator==(const Diagnosis &, const Diagnosis &) = default;
};

/// Of an access token, held against @p context.
Diagnosis diagnoseAccessToken(const jose::InspectedToken &token, const ClaimContext &context);

/// Of the ID token that made the sign-in: it was checked then, with its nonce.
Diagnosis diagnoseIdToken(const jose::InspectedToken &token);

/// The verification as it would be at @p now: the clock is looked at again, nothing else.
jose::Verification verificationAt(jose::Verification verification, TimePoint now);

/// What the API's owner needs to know, without secrets.
QString ownerRequest(const Diagnosis &diagnosis, const jose::Verification &verification, const QString &api);

} // namespace bookdesk::pages
