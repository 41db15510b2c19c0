/// What the reports on tokens are made of: sections in Markdown, and the versions.
#pragma once

#include "books/prediction.h"
#include "core/json.h"
#include "core/versions.h"

#include <QString>

#include <vector>

namespace bookdesk::books {

/// The heading of a section, between blank lines.
QString reportHeading(const QString &title);
/// Text in a table's cell, shortened: longer names and values say nothing more.
QString reportCell(const QString &text);
/// The same for a name, as code: people read it as it is, without escapes.
QString reportName(const QString &name);
/// The status that is predicted, in a table's cell.
QString predictionCell(const Prediction &prediction);

/// The section on versions in Markdown, and as an object by name.
QString versionsTable(const std::vector<Version> &versions);
JsonObject versionsJson(const std::vector<Version> &versions);

} // namespace bookdesk::books
