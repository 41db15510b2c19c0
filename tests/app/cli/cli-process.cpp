#include "app/cli/cli-process.h"

#include "identity/connection.h"
#include "workspace/accepted-connections.h"

#include <QCoroTask>
#include <QFile>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::test {
namespace {

constexpr int patience = 60'000;

QString settingsHome()
{
    static const QTemporaryDir home;
    return home.path();
}

} // namespace

QString settingsFolder() { return settingsHome() + u"/Bookdesk/bookdesk/connections"_s; }

JsonObject Run::json() const
{
    const Result<JsonObject> object = parseJsonObject(out);
    return object && out.count('\n') == 1 ? *object : JsonObject();
}

QString Run::outcome(const QString &member) const
{
    const JsonObject object = json();
    const Json *outcome = object.find(u"outcome");
    const Json *value = outcome && outcome->asObject() ? outcome->asObject()->find(member) : nullptr;
    if (!value)
        return {};
    return value->asString() ? *value->asString() : QString::fromUtf8(toCompactJson(*value));
}

QString Run::fact(const QString &name) const
{
    const JsonObject object = json();
    const Json *outcome = object.find(u"outcome");
    const Json *facts = outcome && outcome->asObject() ? outcome->asObject()->find(u"facts") : nullptr;
    const Json *value = facts && facts->asObject() ? facts->asObject()->find(name) : nullptr;
    return value && value->asString() ? *value->asString() : QString();
}

QStringList Run::memberNames() const
{
    QStringList names;
    const JsonObject object = json();
    for (const JsonMember &member : object.members())
        names += member.first;
    return names;
}

std::unique_ptr<QProcess> start(const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_CONFIG_HOME"_s, settingsHome());
    process->setProcessEnvironment(environment);
    process->start(QStringLiteral(BOOKDESK_CLI), arguments);
    if (!process->waitForStarted())
        qFatal("The program could not be started: %s", qPrintable(process->errorString()));
    return process;
}

Run finish(QProcess &process)
{
    // Not waitForFinished: the Sandbox of this process has to answer meanwhile.
    const bool hasEnded = QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, patience);
    const int status = hasEnded && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return {status, process.readAllStandardOutput(), process.readAllStandardError()};
}

Run run(const QStringList &arguments, const QByteArray &input)
{
    const std::unique_ptr<QProcess> process = start(arguments);
    process->write(input);
    process->closeWriteChannel();
    return finish(*process);
}

void interrupt(const QProcess &process)
{
    QProcess::execute(u"kill"_s, {u"-INT"_s, QString::number(process.processId())});
}

bool isFreeOfTokens(const Run &run)
{
    static const QRegularExpression token(u"eyJ[\\w-]+\\.[\\w-]+\\."_s);
    return !token.match(QString::fromUtf8(run.out + run.err)).hasMatch();
}

LocalSandbox::LocalSandbox(sandbox::SandboxOptions options)
{
    options.onSecretMade = [secrets = m_secrets](const Secret &secret) { secrets->push_back(secret); };
    auto started = QCoro::waitFor(sandbox::SandboxServer::start(options));
    if (!started)
        qFatal("The Sandbox could not be started: %s", qPrintable(started.error().message));
    m_server = *started;
    write(u"sandbox.json"_s, toCompactJson(m_server->connectionFile()));
}

QString LocalSandbox::connectionWith(const JsonObject &changes) const
{
    JsonObject file = m_server->connectionFile();
    for (const JsonMember &member : changes.members())
        file.set(member.first, member.second);
    return write(u"changed.json"_s, toCompactJson(file));
}

QString LocalSandbox::write(const QString &name, const QByteArray &content) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("A test file could not be written.");
    file.close();
    if (const Result<identity::Connection> connection = identity::readConnection(content)) {
        if (!workspace::AcceptedConnections(settingsFolder()).remember(*connection))
            qFatal("A connection could not be accepted.");
    }
    return file.fileName();
}

bool LocalSandbox::hasSecretIn(const Run &run) const
{
    for (const Secret &secret : *m_secrets) {
        if ((run.out + run.err).contains(secret.reveal().toByteArray()))
            return true;
    }
    return false;
}

quint16 closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace bookdesk::test
