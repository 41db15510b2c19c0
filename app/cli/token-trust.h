/// What tokens in files are checked against, and how they are read, for the commands that compare and report them.
#pragma once

#include "cli/command.h"
#include "cli/connection-choice.h"
#include "cli/offline-trust.h"
#include "core/result.h"
#include "jose/claim-names.h"
#include "jose/verify.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace bookdesk::cli {

/// A connection, or a file of keys.
struct TrustChoice
{
    ConnectionChoice where;
    OfflineTrust offline;
};

/// Adds `--connection` with its companions, and `--jwks`, `--issuer`, `--audience`, `--algorithms`, of which one kind
/// must be given. @p choice must outlive parsing.
void addTrustChoice(CLI::App &command, TrustChoice &choice);

struct JudgedTokens
{
    std::vector<jose::InspectedToken> tokens; ///< In the order of the files.
    jose::ClaimNames names;
};

/// Reads and verifies the tokens in @p files into @p judged; "-" is standard input. A report if that failed.
std::optional<Report> judgeTokens(const Context &context, const QStringList &files, const TrustChoice &choice,
                                  JudgedTokens &judged);

} // namespace bookdesk::cli
