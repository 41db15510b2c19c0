/// A token's header and claims with what they mean, for people and for programs.
#pragma once

#include "core/json.h"
#include "jose/claim-meanings.h"
#include "jose/decoded-token.h"

#include <QString>

namespace bookdesk::cli {

/// Safe to show. @param context may be empty, where no connection is known. @param now for times as "in 52 min".
QString contentText(const jose::DecodedToken &token, const jose::ClaimContext &context, TimePoint now);

/// `header` and `claims`, each with the meanings of those of its members that have one.
Json meaningsJson(const jose::DecodedToken &token, const jose::ClaimContext &context, TimePoint now);

} // namespace bookdesk::cli
