/// Adds options to commands that are stored as Qt's types. The variables must outlive parsing.
#pragma once

#include <QString>
#include <QStringList>

#include <CLI/CLI.hpp>

#include <string>

namespace bookdesk::cli {

/// @param name with its dashes; without any for an argument by position.
CLI::Option *addText(CLI::App &command, const std::string &name, QString &text, const QString &help);
/// Texts with commas between them.
CLI::Option *addTexts(CLI::App &command, const std::string &name, QStringList &texts, const QString &help);
CLI::Option *addFlag(CLI::App &command, const std::string &name, bool &isSet, const QString &help);

} // namespace bookdesk::cli
