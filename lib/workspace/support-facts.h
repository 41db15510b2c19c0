/// Versions and places, for people who help.
#pragma once

#include "workspace/problem-check.h"

#include <QString>

#include <vector>

namespace bookdesk::workspace {

class Settings;

/// A line of the page and of the text for support.
struct SupportFact
{
    QString name;
    QString value;
    bool isPath = false;
};

/// Bookdesk, Qt, OpenSSL, the system, and where settings and connections are kept. The home folder is shown as `~`, so
/// that nobody's name is in it. Any thread.
std::vector<SupportFact> supportFacts(const Settings &settings);

/// @p path with `~` for the home folder.
QString shownPath(const QString &path);

/// Names, versions and findings as plain text. Nothing secret: no token, address of a person, or password is known
/// here.
QString supportText(const std::vector<SupportFact> &facts, const ProblemCheck::Findings &findings);

} // namespace bookdesk::workspace
