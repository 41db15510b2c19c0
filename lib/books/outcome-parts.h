/// What several explanations of outcomes share.
#pragma once

#include "books/api-outcome.h"

namespace bookdesk::books {

/// An outcome with its texts; the rest is left empty.
ApiOutcome outcomeOf(OutcomeKind kind, ErrorCode code, const QString &headline, const QString &explanation,
                     const QString &remedy);

/// Says that the call was sent again, where it was.
void addSentAgain(ApiOutcome &outcome);

/// For a deletion whose request may have been carried out, although nothing confirms it.
void addUnknownFate(ApiOutcome &outcome);

} // namespace bookdesk::books
