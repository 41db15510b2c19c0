#include "workspace/problem-rows.h"

#include "core/durations.h"
#include "core/errors.h"
#include "core/text.h"
#include "identity/browser.h"
#include "net/proxy-failure.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QSslSocket>
#include <QStandardPaths>
#include <QTcpServer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::workspace {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ProblemRows)
};

constexpr qsizetype longestShown = 120;
/// A server names its time in whole seconds.
constexpr std::chrono::seconds inStep{2};
/// Tokens allow for less than that.
constexpr std::chrono::seconds tooFar{60};

QString shown(const QString &text) { return visible(shortened(text, longestShown)); }

ProblemFinding fine(const QString &text) { return {.health = Health::fine, .text = text, .remedy = {}}; }

ProblemFinding look(const QString &text, const QString &remedy)
{
    return {.health = Health::look, .text = text, .remedy = remedy};
}

ProblemFinding failed(const Error &error)
{
    if (error.code == bookdesk::errors::stopped || error.code.toString() == "net.stopped"_L1)
        return look(Texts::tr("no answer in time"), Texts::tr("Check the network, then check again."));
    return look(visible(error.message), visible(error.remedy));
}

/// Whether redirects can arrive at @p address, on any of the ports; 0 is any free port.
bool listens(const QHostAddress &address, const std::vector<quint16> &ports)
{
    QTcpServer server;
    return std::any_of(ports.begin(), ports.end(), [&](quint16 port) { return server.listen(address, port); });
}

std::chrono::seconds magnitude(std::chrono::seconds seconds) { return seconds.count() < 0 ? -seconds : seconds; }

} // namespace

QString subjectName(ProblemSubject subject)
{
    switch (subject) {
    case ProblemSubject::browser:
        return Texts::tr("Browser");
    case ProblemSubject::redirect:
        return Texts::tr("Sign-in redirect");
    case ProblemSubject::encryption:
        return Texts::tr("Encryption");
    case ProblemSubject::certificates:
        return Texts::tr("Certificates");
    case ProblemSubject::clock:
        return Texts::tr("Clock");
    case ProblemSubject::proxy:
        return Texts::tr("Proxy");
    case ProblemSubject::settingsFile:
        return Texts::tr("Settings file");
    }
    return {};
}

QString healthWord(Health health)
{
    switch (health) {
    case Health::waiting:
        return {};
    case Health::running:
        return Texts::tr("checking");
    case Health::fine:
        return Texts::tr("fine");
    case Health::look:
        return Texts::tr("look");
    case Health::notChecked:
        return Texts::tr("not checked");
    }
    return {};
}

ProblemFinding browserFinding(const QString &command)
{
    if (!command.isEmpty()) {
        if (const Result<void> checked = identity::checkBrowserCommand(command); !checked)
            return look(checked.error().message, Texts::tr("Correct the command, or choose the default browser."));
        return fine(Texts::tr("%1 can be started").arg(shown(identity::splitCommand(command)->first())));
    }
    const QString opener = identity::desktopOpenerProgram();
    if (QStandardPaths::findExecutable(opener).isEmpty())
        return look(Texts::tr("%1 is missing, which opens the default browser").arg(opener),
                    Texts::tr("Install it (the package xdg-utils), or choose a command."));
    return fine(Texts::tr("the default browser, by %1").arg(opener));
}

ProblemFinding redirectFinding(const std::optional<identity::Connection> &connection)
{
    std::vector<quint16> ports = connection ? connection->redirect.ports : std::vector<quint16>();
    if (ports.empty())
        ports = {0};
    const bool hasVersion4 = listens(QHostAddress::LocalHost, ports);
    const bool hasVersion6 = listens(QHostAddress::LocalHostIPv6, ports);
    if (hasVersion4 && hasVersion6)
        return fine(Texts::tr("127.0.0.1 and ::1 listen"));
    if (hasVersion4 || hasVersion6)
        return fine((hasVersion4 ? Texts::tr("%1 listens, %2 is not there") : Texts::tr("%2 listens, %1 is not there"))
                        .arg(u"127.0.0.1"_s, u"::1"_s));
    return look(Texts::tr("neither 127.0.0.1 nor ::1 can be listened on"),
                Texts::tr("End the program that uses the connection's port, or let Bookdesk listen on this computer."));
}

ProblemFinding encryptionFinding()
{
    if (!QSslSocket::supportsSsl())
        return look(Texts::tr("OpenSSL cannot be loaded"), Texts::tr("Install OpenSSL 3, then start Bookdesk again."));
    const bool hasTls13 = QSslSocket::isProtocolSupported(QSsl::TlsV1_3);
    return fine(Texts::tr("%1, %2").arg(shown(QSslSocket::sslLibraryVersionString().section(u' ', 0, 1)),
                                        hasTls13 ? u"TLS 1.3"_s : u"TLS 1.2"_s));
}

ProblemFinding certificatesFinding(qsizetype count)
{
    if (count > 0)
        return fine(Texts::tr("%n trusted by this system", nullptr, static_cast<int>(count)));
    return look(Texts::tr("this system trusts no authority"),
                Texts::tr("Install the system's authorities (the package ca-certificates), then check again."));
}

ProblemFinding clockFinding(const Result<std::optional<std::chrono::seconds>> &ahead, const QString &server)
{
    if (!ahead)
        return failed(ahead.error());
    if (!*ahead)
        return {.health = Health::notChecked,
                .text = Texts::tr("%1 does not name its time").arg(shown(server)),
                .remedy = {}};
    const std::chrono::seconds difference = **ahead;
    if (magnitude(difference) < inStep)
        return fine(Texts::tr("in step with %1").arg(shown(server)));
    const QString text = (difference.count() > 0 ? Texts::tr("%1 ahead of %2") : Texts::tr("%1 behind %2"))
                             .arg(durationText(magnitude(difference)), shown(server));
    if (magnitude(difference) < tooFar)
        return fine(text);
    return look(text, Texts::tr("Correct this computer's date, time and time zone. Tokens may seem expired, or not "
                                "valid yet, until then."));
}

ProblemFinding proxyFinding(const std::optional<net::Proxy> &proxy, const QString &host, const Result<void> &passed)
{
    if (!proxy)
        return fine(Texts::tr("none for %1").arg(shown(host)));
    if (!passed) {
        ProblemFinding finding = failed(passed.error());
        finding.wantsLogin = net::wantsLogin(passed.error());
        return finding;
    }
    return fine(Texts::tr("%1 connects to %2").arg(shown(net::proxyName(*proxy)), shown(host)));
}

ProblemFinding settingsFileFinding(const Settings &settings)
{
    if (!settings.isUsable())
        return look(Texts::tr("cannot be read or written"),
                    Texts::tr("Check the permissions of %1.").arg(shown(settings.filePath())));
    const QStringList unknown = settings.unknownKeys();
    if (unknown.isEmpty())
        return fine(Texts::tr("readable, no unknown entries"));
    return look(Texts::tr("unknown entries: %1").arg(shown(unknown.join(u", "_s))),
                Texts::tr("They are ignored. Correct or remove them in %1.").arg(shown(settings.filePath())));
}

ProblemFinding withoutConnection()
{
    return {.health = Health::notChecked, .text = Texts::tr("no connection is in use"), .remedy = {}};
}

} // namespace bookdesk::workspace
