#include "cli/commands.h"
#include "cli/connection-text.h"
#include "cli/options.h"
#include "cli/stored-connections.h"
#include "core/json.h"
#include "core/text-cells.h"
#include "sandbox/sandbox-server.h"
#include "workspace/connection-check.h"
#include "workspace/settings-use.h"

#include <QCoreApplication>
#include <QCoroTask>

#include <algorithm>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

using workspace::CheckFinding;
using workspace::CheckState;
using workspace::CheckSubject;
using workspace::ConnectionCheck;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionTestCommand)
};

struct Options
{
    QString name;
};

void addOptions(CLI::App &command, Options &options)
{
    addText(command, "NAME", options.name,
            Texts::tr("A stored connection's name or ID, a connection file, or \"sandbox\". No token is sent."))
        ->required();
}

/// What is tested, with its Sandbox where it is one.
struct Tested
{
    identity::Connection connection;
    std::shared_ptr<sandbox::SandboxServer> sandbox;
};

Result<Tested> startedSandbox()
{
    const auto sandbox = QCoro::waitFor(sandbox::SandboxServer::start({}));
    if (!sandbox)
        return failure(sandbox.error());
    Result<identity::Connection> connection = identity::readConnection(toCompactJson((*sandbox)->connectionFile()));
    if (!connection)
        return failure(connection.error());
    connection->isSandbox = true;
    return Tested{*std::move(connection), *sandbox};
}

Result<Tested> chosen(const QString &name)
{
    if (name == "sandbox"_L1)
        return startedSandbox();
    std::optional<identity::Connection> stored = connectionNamed(name);
    if (!stored)
        stored = connectionWithId(name);
    if (stored)
        return Tested{*std::move(stored), {}};
    Result<identity::Connection> read = QCoro::waitFor(identity::loadConnection(name));
    if (!read)
        return failure(read.error());
    return Tested{*std::move(read), {}};
}

bool isOver(const CheckFinding &finding)
{
    return finding.state != CheckState::waiting && finding.state != CheckState::running;
}

QString lineOf(CheckSubject subject, const CheckFinding &finding)
{
    constexpr qsizetype titleWidth = 13;
    constexpr qsizetype stateWidth = 19;
    const QString detail = finding.took ? Texts::tr("%1 (%2 ms)", "what was found, time taken")
                                              .arg(finding.detail, QString::number(finding.took->count()))
                                        : finding.detail;
    QString line = padded(workspace::checkTitle(subject), titleWidth) +
                   padded(workspace::stateWord(finding.state), stateWidth) + detail;
    if (!finding.remedy.isEmpty())
        line += u'\n' + QString(titleWidth, u' ') + Texts::tr("What to do: %1").arg(finding.remedy);
    return line + u'\n';
}

Json rowJson(CheckSubject subject, const CheckFinding &finding)
{
    JsonObject facts;
    for (const Fact &fact : finding.facts)
        facts.append(fact.name.toString(), fact.value);
    return JsonObject{{u"name"_s, workspace::checkName(subject)},
                      {u"state"_s, workspace::stateName(finding.state)},
                      {u"code"_s, finding.code.isEmpty() ? Json() : Json(finding.code)},
                      {u"detail"_s, finding.detail},
                      {u"remedy"_s, finding.remedy},
                      {u"tookMs"_s, finding.took ? Json(static_cast<std::int64_t>(finding.took->count())) : Json()},
                      {u"facts"_s, std::move(facts)}};
}

bool isUnreachable(const CheckFinding &finding)
{
    const QString cause = factValue(finding.facts, facts::cause);
    return finding.code.startsWith("net."_L1) || cause.startsWith("net."_L1);
}

/// By the first row that failed; a warning is none.
ExitStatus statusOf(const workspace::CheckFindings &findings)
{
    const auto failed = std::ranges::find(findings, CheckState::failed, &CheckFinding::state);
    if (failed == findings.end())
        return ExitStatus::success;
    if (isUnreachable(*failed))
        return ExitStatus::noConnection;
    const CheckSubject subject = workspace::allCheckSubjects[static_cast<std::size_t>(failed - findings.begin())];
    const bool isTenants = subject == CheckSubject::discovery || subject == CheckSubject::keys;
    return isTenants ? ExitStatus::signInFailed : ExitStatus::refused;
}

QString kindOf(ExitStatus status)
{
    switch (status) {
    case ExitStatus::success:
        return u"ok"_s;
    case ExitStatus::noConnection:
        return u"network"_s;
    default:
        return u"refused"_s;
    }
}

Report reportOf(const ConnectionCheck &check)
{
    const workspace::CheckFindings &findings = check.findings();
    Report report;
    report.status = statusOf(findings);
    JsonArray rows;
    for (std::size_t i = 0; i < findings.size(); ++i)
        rows.push_back(rowJson(workspace::allCheckSubjects[i], findings[i]));
    const auto worst = std::ranges::find(findings, workspace::worstOf(findings), &CheckFinding::state);
    const bool hasCode = worst != findings.end() && !worst->code.isEmpty();
    const QString code = hasCode ? worst->code : u"connection.ok"_s;
    report.json = {{u"outcome"_s, outcomeJson(kindOf(report.status), code, workspace::summaryOf(findings),
                                              hasCode ? worst->remedy : QString())},
                   {u"connection"_s, connectionJson(check.connection())},
                   {u"result"_s, workspace::stateName(workspace::worstOf(findings))},
                   {u"rows"_s, std::move(rows)}};
    return report;
}

workspace::Surroundings surroundingsOf(const Context &context)
{
    workspace::Surroundings surroundings;
    surroundings.redactor = context.redactor;
    surroundings.proxies = workspace::chosenProxies(workspace::Settings(), surroundings.proxies);
    return surroundings;
}

Report run(const Context &context, const Options &options)
{
    const Result<Tested> tested = chosen(options.name);
    if (!tested)
        return usageReport(tested.error());
    ConnectionCheck check(tested->connection, surroundingsOf(context));
    bool isRead = true;
    QObject::connect(&check, &ConnectionCheck::rowChanged, &check, [&](std::size_t row) {
        const CheckFinding &finding = check.findings()[row];
        if (isRead && isOver(finding) && !context.console.printsJson())
            isRead =
                context.console.printLines(context.console.safeText(lineOf(workspace::allCheckSubjects[row], finding)));
    });
    QObject::connect(&context.interrupts, &Interrupts::came, &check, [&check] { check.cancel(); });
    if (!context.interrupts.haveCome())
        const Result<void> ended = QCoro::waitFor(check.run());
    if (context.interrupts.haveCome())
        return refusalReport(interruptedError(context.interrupts));
    return reportOf(check);
}

} // namespace

Command connectionTestCommand()
{
    return makeCommand(u"test"_s, Texts::tr("Check a connection's servers without signing in."), addOptions, run);
}

} // namespace bookdesk::cli
