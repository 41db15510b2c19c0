#include "cli/commands.h"
#include "cli/errors.h"
#include "cli/input-file.h"
#include "cli/options.h"
#include "identity/browser-page.h"
#include "identity/sign-in-advice.h"

#include <QCoreApplication>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ExplainCommand)
};

struct Options
{
    QString text;
    QString connection;
};

void addOptions(CLI::App &command, Options &options)
{
    addText(command, "TEXT", options.text,
            Texts::tr("What the browser's page says, or only its AADSTS number; - reads it from standard input."))
        ->required();
    addText(command, "--connection", options.connection,
            Texts::tr("A connection file, whose values are filled into the advice."))
        ->type_name("FILE");
}

/// Shells write UTF-16, too.
QString decoded(const QByteArray &bytes)
{
    QStringDecoder decode(QStringConverter::encodingForData(bytes).value_or(QStringConverter::Utf8));
    return decode(bytes);
}

Result<QString> readText(const Options &options)
{
    if (options.text != "-"_L1)
        return options.text;
    const Result<QByteArray> bytes = readInputFile(options.text);
    if (!bytes)
        return failure(bytes.error());
    return decoded(*bytes);
}

Result<identity::AdviceContext> readContext(const Options &options)
{
    if (options.connection.isEmpty())
        return identity::AdviceContext();
    const Result<identity::Connection> connection = QCoro::waitFor(identity::loadConnection(options.connection));
    if (!connection)
        return failure(connection.error());
    return identity::adviceContext(*connection);
}

JsonObject adviceJson(const identity::SignInAdvice &advice)
{
    JsonArray sites;
    for (const identity::ErrorSite site : advice.sites)
        sites.push_back(identity::errorSiteCode(site));
    JsonArray values;
    for (const identity::AdviceValue &value : advice.values)
        values.push_back(JsonObject{{u"label"_s, value.label}, {u"value"_s, value.value}});
    return {{u"code"_s, advice.code},
            {u"isKnown"_s, advice.isKnown},
            {u"headline"_s, advice.headline},
            {u"for"_s, identity::adviceActorCode(advice.actor)},
            {u"place"_s, identity::advicePlaceCode(advice.place)},
            {u"where"_s, advice.where},
            {u"shows"_s, std::move(sites)},
            {u"message"_s, advice.message},
            {u"values"_s, std::move(values)}};
}

QString adviceText(const identity::SignInAdvice &advice)
{
    QString text = Texts::tr("%1: %2").arg(advice.code, advice.headline) + u"\n\n"_s + advice.explanation + u"\n\n"_s;
    text += Texts::tr("Who acts: %1").arg(advice.who + u' ' + advice.whoNote).trimmed() + u'\n';
    text += Texts::tr("Where: %1").arg(advice.where) + u'\n';
    for (const identity::AdviceValue &value : advice.values)
        text += Texts::tr("%1: %2", "a value to register").arg(value.label, value.value) + u'\n';
    if (!advice.message.isEmpty())
        text += u'\n' + Texts::tr("Message for your admin:") + u"\n\n"_s + advice.message + u'\n';
    return text + u'\n' + factLines(advice.facts);
}

Report run(const Context &, const Options &options)
{
    const Result<QString> text = readText(options);
    if (!text)
        return refusalReport(text.error());
    const Result<identity::AdviceContext> context = readContext(options);
    if (!context)
        return usageReport(context.error());
    const identity::BrowserPage page = identity::readBrowserPage(*text);
    const identity::SignInAdvice advice = identity::signInAdvice(page.error, page.user, *context);
    if (advice.code.isEmpty())
        return refusalReport({errors::numberMissing, advice.headline, advice.explanation, advice.facts});
    Report report;
    report.json = {
        {u"outcome"_s, outcomeJson(u"ok"_s, u"explain.ok"_s, advice.headline, advice.explanation, advice.facts)},
        {u"advice"_s, adviceJson(advice)}};
    report.text = adviceText(advice);
    return report;
}

} // namespace

Command explainCommand()
{
    return makeCommand(u"explain"_s, Texts::tr("Explain an error that the browser's sign-in page shows."), addOptions,
                       run);
}

} // namespace bookdesk::cli
