/// What commands do first that need a connection or a person.
#pragma once

#include "cli/command.h"
#include "cli/connection-choice.h"

#include <QStringList>

#include <optional>

namespace bookdesk::cli {

class BlockingDesk;

/// Signs in at a desk that is open, with what is kept on this computer or else with the browser; a report if that
/// failed. @param scopes those that are needed besides those for reading; what is kept may lack them.
std::optional<Report> signInAt(const Context &context, BlockingDesk &desk, const ConnectionChoice &where,
                               const QStringList &scopes = {});
/// Opens the desk and signs in; a report if that failed.
std::optional<Report> signInFirst(const Context &context, BlockingDesk &desk, const ConnectionChoice &where);
/// The report of a desk that could not be opened, or of an account that was not found.
Report openFailureReport(const Error &error);

} // namespace bookdesk::cli
