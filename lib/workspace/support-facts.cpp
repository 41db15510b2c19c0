#include "workspace/support-facts.h"

#include "core/versions.h"
#include "workspace/accepted-connections.h"
#include "workspace/settings.h"

#include <QCoreApplication>
#include <QDir>

using namespace Qt::StringLiterals;

namespace bookdesk::workspace {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SupportFacts)
};

} // namespace

QString shownPath(const QString &path)
{
    const QString home = QDir::homePath();
    const bool isBelow = path == home || path.startsWith(home + u'/');
    return isBelow ? u'~' + path.sliced(home.size()) : path;
}

std::vector<SupportFact> supportFacts(const Settings &settings)
{
    std::vector<SupportFact> facts;
    for (const Version &version : versions())
        facts.push_back({version.name, version.version});
    facts.push_back({Texts::tr("Settings"), shownPath(settings.filePath()), true});
    facts.push_back({Texts::tr("Connections"), shownPath(connectionsFolder()), true});
    if (const int locked = settings.locked(); locked > 0)
        facts.push_back({Texts::tr("Locked by"),
                         Texts::tr("%1, %n settings", nullptr, locked).arg(settings.organizationFilePath()), true});
    return facts;
}

QString supportText(const std::vector<SupportFact> &facts, const ProblemCheck::Findings &findings)
{
    QString text;
    for (const SupportFact &fact : facts)
        text += u"%1: %2\n"_s.arg(fact.name, fact.value);
    for (std::size_t row = 0; row < findings.size(); ++row) {
        const ProblemFinding &finding = findings[row];
        if (finding.health != Health::waiting)
            text +=
                u"%1: %2, %3\n"_s.arg(subjectName(allProblemSubjects[row]), healthWord(finding.health), finding.text);
    }
    return text;
}

} // namespace bookdesk::workspace
