// A program that uses the stored sign-in as Bookdesk does, for tests that kill it or run several at once.
//
//   kept-program CONNECTION-FILE LOCK-FILE SERVICE
//
// It says "ready", reads commands from standard input and answers each in a line: "ok", or the code of an error. In
// between it says "browser" when it opens one, and "answered" when an answer of the token endpoint has come.
#include "core/results.h"
#include "identity/system-keychain.h"
#include "workspace/desk.h"
#include "workspace/persona-browser.h"

#include <QCoreApplication>
#include <QCoroTask>
#include <QFile>
#include <QSocketNotifier>

#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

using namespace Qt::StringLiterals;
using namespace bookdesk;

namespace {

void say(const QByteArray &line)
{
    std::printf("%s\n", line.constData());
    std::fflush(stdout);
}

QByteArray codeOf(const Result<void> &result) { return result ? "ok"_ba : result.error().code.toString().toLatin1(); }

identity::Connection connectionIn(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The connection file cannot be read.");
    identity::Connection connection = test::valueOf(identity::readConnection(file.readAll()));
    connection.id = u"contoso"_s;
    return connection;
}

/// One run of Bookdesk, as far as sign-ins are concerned.
class Program
{
public:
    Program(const identity::Connection &connection, const QString &lockFile, const QString &service)
        : m_vault(std::make_shared<identity::TokenVault>(std::make_unique<identity::SystemKeychain>(service),
                                                         identity::TokenVault::Settings{lockFile}, Redactor()))
        , m_desk(connection, surroundings())
    {
        QObject::connect(&m_desk.exchanges(), &net::ExchangeLog::ended, &m_desk, [this](std::int64_t id) {
            if (m_desk.exchanges().find(id)->kind == net::RequestKind::tokens)
                say("answered");
        });
    }

    /// Looks who may be signed in, as at every start.
    QByteArray look()
    {
        if (const Result<void> checked = QCoro::waitFor(m_vault->check()); !checked)
            return codeOf(checked);
        const auto accounts = QCoro::waitFor(m_vault->accounts());
        if (accounts)
            m_accounts = *accounts;
        return accounts ? "ready"_ba : accounts.error().code.toString().toLatin1();
    }

    QByteArray answer(const std::string &command)
    {
        if (command == "sign-in")
            return codeOf(QCoro::waitFor(m_desk.signIn({})));
        if (command == "resume")
            return resume();
        if (command == "refresh")
            return codeOf(QCoro::waitFor(m_desk.session().refresh()));
        if (command == "books")
            return books();
        return "unknown";
    }

private:
    workspace::Surroundings surroundings()
    {
        workspace::Surroundings surroundings;
        surroundings.vault = m_vault;
        surroundings.open = [browser = workspace::personaBrowser({u"riley"_s}, {})](const QUrl &url) {
            say("browser");
            return browser(url);
        };
        return surroundings;
    }

    QByteArray resume()
    {
        if (m_accounts.size() != 1)
            return QByteArray::number(static_cast<qsizetype>(m_accounts.size())) + " accounts";
        return codeOf(QCoro::waitFor(m_desk.resume(m_accounts.front())));
    }

    QByteArray books()
    {
        const books::ApiOutcome outcome = QCoro::waitFor(m_desk.books().list()).outcome;
        return outcome.isOk() ? "ok"_ba : outcome.code.toLatin1();
    }

    std::shared_ptr<identity::TokenVault> m_vault;
    workspace::Desk m_desk;
    std::vector<identity::Account> m_accounts;
};

} // namespace

int main(int count, char **arguments)
{
    QCoreApplication application(count, arguments);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() != 4)
        return 2;
    Program program(connectionIn(words.at(1)), words.at(2), words.at(3));
    say(program.look());
    const QSocketNotifier input(0, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &application, [&program] {
        std::string command;
        if (std::getline(std::cin, command))
            say(program.answer(command));
        else
            QCoreApplication::quit();
    });
    return QCoreApplication::exec();
}
