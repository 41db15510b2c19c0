/// Runs the real bookdesk-cli, next to a Sandbox in the test's process.
#pragma once

#include "core/json.h"
#include "core/secret.h"
#include "sandbox/sandbox-server.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace bookdesk::test {

struct Run
{
    int status = -1;
    QByteArray out;
    QByteArray err;

    /// Standard output as the one JSON object that it must be; empty where it is not.
    JsonObject json() const;
    /// A member of `outcome`, as text; "null" for null, empty where it is missing.
    QString outcome(const QString &member) const;
    /// A member of `outcome.facts`; empty where it is missing.
    QString fact(const QString &name) const;
    QStringList memberNames() const;
};

/// Where the program keeps connections; every test program has one of its own.
QString settingsFolder();

/// Starts the program; the event loop of the test keeps running, so that its servers answer.
std::unique_ptr<QProcess> start(const QStringList &arguments);
/// Waits for the end of a started program.
Run finish(QProcess &process);
Run run(const QStringList &arguments, const QByteArray &input = {});
/// As Ctrl+C does.
void interrupt(const QProcess &process);

/// True if nothing in the output looks like a compact JWT.
bool isFreeOfTokens(const Run &run);

/// A Sandbox in the test's own process, with a connection file for it. The program accepts the connection files that it
/// writes without a question.
class LocalSandbox
{
public:
    explicit LocalSandbox(sandbox::SandboxOptions options = {});

    bool isReady() const { return m_server != nullptr; }
    sandbox::SandboxServer &server() { return *m_server; }
    /// The connection file's path.
    QString connection() const { return m_folder.filePath(QStringLiteral("sandbox.json")); }
    /// A connection file with some members replaced.
    QString connectionWith(const JsonObject &changes) const;
    /// Writes a file beside the connection's.
    QString write(const QString &name, const QByteArray &content) const;

    /// All secrets that the Sandbox has made.
    const std::vector<Secret> &secrets() const { return *m_secrets; }
    bool hasSecretIn(const Run &run) const;

private:
    QTemporaryDir m_folder;
    std::shared_ptr<std::vector<Secret>> m_secrets = std::make_shared<std::vector<Secret>>();
    std::shared_ptr<sandbox::SandboxServer> m_server;
};

/// A loopback port that nobody listens on.
quint16 closedPort();

} // namespace bookdesk::test
