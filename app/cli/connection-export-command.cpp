#include "cli/commands.h"
#include "cli/connection-text.h"
#include "cli/options.h"
#include "core/errors.h"
#include "core/text.h"

#include <QCoreApplication>
#include <QFile>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionExportCommand)
};

struct Options
{
    QString name;
    QString file;
};

void addOptions(CLI::App &command, Options &options)
{
    addText(command, "NAME", options.name, Texts::tr("The connection's name or ID."))->required();
    addText(command, "FILE", options.file,
            Texts::tr("The file to write, which must not exist; without one, the "
                      "connection is printed."));
}

/// A file is never replaced.
Result<void> write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    const bool isNew = file.open(QIODevice::WriteOnly | QIODevice::NewOnly);
    if (isNew && file.write(content) == content.size() && file.flush())
        return {};
    const QString reason = file.errorString();
    if (isNew)
        file.remove();
    return failure(bookdesk::errors::fileNotWritten,
                   Texts::tr("The file \"%1\" could not be written: %2").arg(visible(path), reason),
                   Texts::tr("Name a file that does not exist yet, in a folder that you may write to."));
}

Report run(const Context &context, const Options &options)
{
    const Result<identity::Connection> connection = storedConnection(options.name);
    if (!connection)
        return usageReport(connection.error());
    const QByteArray text = identity::writeConnection(*connection);
    const Result<JsonObject> object = parseJsonObject(text, JsonLimits{text.size(), 8});
    if (!object)
        return refusalReport(object.error());
    QString summary = Texts::tr("Exported: %1").arg(visible(connection->name));
    if (!options.file.isEmpty()) {
        if (const Result<void> written = write(options.file, text); !written)
            return refusalReport(written.error());
        summary = Texts::tr("Exported: %1, to %2").arg(visible(connection->name), visible(options.file));
    }
    Report report;
    report.json = {{u"outcome"_s, outcomeJson(u"ok"_s, u"connection.ok"_s, summary)}, {u"connection"_s, *object}};
    if (!options.file.isEmpty())
        report.text = summary + u'\n';
    else if (!context.console.printsJson())
        context.console.printObject(*object);
    return report;
}

} // namespace

Command connectionExportCommand()
{
    return makeCommand(u"export"_s, Texts::tr("Print a stored connection, or write it to a file, without secrets."),
                       addOptions, run);
}

} // namespace bookdesk::cli
