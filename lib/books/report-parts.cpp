#include "books/report-parts.h"

#include "core/markdown.h"
#include "core/text.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SharedToken)
};

constexpr qsizetype longestText = 120;

} // namespace

QString reportHeading(const QString &title) { return u"\n## "_s + markdownText(title) + u"\n\n"_s; }

QString reportCell(const QString &text) { return markdownText(shortened(text, longestText)); }

QString reportName(const QString &name) { return markdownCodeCell(shortened(name, longestText)); }

QString predictionCell(const Prediction &prediction)
{
    return prediction.isKnown() ? QString::number(prediction.status) : markdownText(Texts::tr("unknown"));
}

QString versionsTable(const std::vector<Version> &versions)
{
    QString text = reportHeading(Texts::tr("Versions")) + markdownTableHead({Texts::tr("Name"), Texts::tr("Version")});
    for (const Version &version : versions)
        text += markdownRow({reportCell(version.name), reportCell(version.version)});
    return text;
}

JsonObject versionsJson(const std::vector<Version> &versions)
{
    JsonObject object;
    for (const Version &version : versions)
        object.set(version.name, version.version);
    return object;
}

} // namespace bookdesk::books
