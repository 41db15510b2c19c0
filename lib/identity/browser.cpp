#include "identity/browser.h"

#include "core/text.h"
#include "identity/errors.h"
#include "net/trusted-url.h"

#include <QCoreApplication>
#include <QProcess>
#include <QStandardPaths>
#include <QTimer>

#include <chrono>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Browser)
};

constexpr qsizetype longestShownCommand = 200;
/// An opener that fails does so sooner; a browser may run on for days.
constexpr std::chrono::seconds failureLimit{2};

QString shownProgram(const QString &program) { return visible(shortened(program, longestShownCommand)); }

QString urlMark() { return u"%u"_s; }

QString encoded(const QUrl &url) { return QString::fromLatin1(url.toEncoded(QUrl::FullyEncoded)); }

QString openItYourself()
{
    return Texts::tr("Copy the link and open it yourself, or name another browser with --browser.");
}

Error notStarted(const QString &program, const QString &reason)
{
    return {errors::browserFailed,
            Texts::tr("The browser could not be started with \"%1\".").arg(shownProgram(program)),
            openItYourself(),
            {{facts::reason, reason}}};
}

Error endedWith(const QString &program, const QString &reason)
{
    return {errors::browserFailed,
            Texts::tr("\"%1\" ended without opening a browser.").arg(shownProgram(program)),
            openItYourself(),
            {{facts::reason, reason}}};
}

QString endReason(int exitCode, QProcess::ExitStatus status)
{
    return status == QProcess::CrashExit ? Texts::tr("It crashed.") : Texts::tr("Exit status %1").arg(exitCode);
}

/// Takes a command apart, one word after the other.
class Splitter
{
public:
    explicit Splitter(const QString &command)
        : m_rest(command)
    {}

    std::optional<QStringList> split()
    {
        while (!m_rest.isEmpty()) {
            if (!takePart())
                return std::nullopt;
        }
        endWord();
        return m_words;
    }

private:
    static bool isBlank(QChar c) { return c == u' ' || c == u'\t' || c == u'\n'; }

    QChar take()
    {
        const QChar first = m_rest.front();
        m_rest = m_rest.sliced(1);
        return first;
    }

    void add(QStringView text)
    {
        m_word += text;
        m_isWord = true;
    }

    void endWord()
    {
        if (m_isWord)
            m_words += std::exchange(m_word, {});
        m_isWord = false;
    }

    /// False where a quote is not closed.
    bool takePart()
    {
        const QChar c = take();
        if (isBlank(c))
            endWord();
        else if (c == u'\'')
            return takeSingleQuoted();
        else if (c == u'"')
            return takeDoubleQuoted();
        else if (c == u'\\' && !m_rest.isEmpty())
            takeEscaped();
        else
            add(QStringView(&c, 1));
        return true;
    }

    void takeEscaped()
    {
        const QChar c = take();
        // A line end behind a backslash continues the line.
        if (c != u'\n')
            add(QStringView(&c, 1));
    }

    bool takeSingleQuoted()
    {
        const qsizetype end = m_rest.indexOf(u'\'');
        if (end < 0)
            return false;
        add(m_rest.first(end));
        m_rest = m_rest.sliced(end + 1);
        return true;
    }

    bool takeDoubleQuoted()
    {
        add({});
        while (!m_rest.isEmpty()) {
            const QChar c = take();
            if (c == u'"')
                return true;
            if (c == u'\\' && !m_rest.isEmpty() && u"$`\"\\\n"_s.contains(m_rest.front()))
                takeEscaped();
            else
                add(QStringView(&c, 1));
        }
        return false;
    }

    QStringView m_rest;
    QString m_word;
    bool m_isWord = false; ///< A word may be empty, in quotes.
    QStringList m_words;
};

/// Deleted when its program ends, or with the application. QProcess would then kill the program, which may be the
/// browser itself, so the destructor pretends that none is running.
class Opener : public QProcess
{
public:
    using QProcess::QProcess;
    Opener(const Opener &) = delete;
    Opener &operator=(const Opener &) = delete;
    ~Opener() override { setProcessState(QProcess::NotRunning); }
};

/// As startOpener, with the URL among the arguments.
Opening startProgram(const QString &program, const QStringList &arguments)
{
    QProcess *process = std::make_unique<Opener>(QCoreApplication::instance()).release();
    process->setProgram(program);
    process->setArguments(arguments);
    // The browser does not share this program's input and output.
    process->setStandardInputFile(QProcess::nullDevice());
    process->setStandardOutputFile(QProcess::nullDevice());
    process->setStandardErrorFile(QProcess::nullDevice());
    letOutlive(*process);
    const OneShot<std::optional<Error>> outcome;
    QObject::connect(
        process, &QProcess::finished, process, [process, outcome, program](int exitCode, QProcess::ExitStatus status) {
            process->deleteLater();
            const bool hasFailed = exitCode != 0 || status == QProcess::CrashExit;
            outcome.set(hasFailed ? std::optional(endedWith(program, endReason(exitCode, status))) : std::nullopt);
        });
    process->start();
    // This takes no longer than the system needs to load the program.
    if (!process->waitForStarted()) {
        const Error error = notStarted(program, process->errorString());
        process->deleteLater();
        return Result<void>(failure(error));
    }
    QTimer::singleShot(failureLimit, process, [outcome] { outcome.set(std::nullopt); });
    return Opening(outcome);
}

/// Program and arguments.
Result<QStringList> readCommand(const QString &command)
{
    const std::optional<QStringList> parts = splitCommand(command);
    if (!parts)
        return failure(errors::browserFailed, Texts::tr("The browser's command has a quote that is not closed."),
                       Texts::tr("Close it, or write a backslash before it."));
    if (parts->isEmpty() || parts->first().isEmpty())
        return failure(errors::browserFailed, Texts::tr("The browser's command is empty."),
                       Texts::tr("Name a program, such as --browser firefox."));
    return *parts;
}

} // namespace

Opening::Opening(const Result<void> &result)
{
    m_failure.set(result ? std::nullopt : std::optional<Error>(result.error()));
}

Opening openInBrowser(const OpenUrl &open, const QUrl &url)
{
    const Result<QUrl> trusted = net::trustedUrl(url);
    if (!trusted)
        return Result<void>(failure(trusted.error()));
    if (!open)
        return Result<void>(failure(errors::browserFailed, Texts::tr("There is no way to open a browser here."),
                                    Texts::tr("Copy the link and open it yourself.")));
    return open(*trusted);
}

Opening startOpener(const QString &program, QStringList arguments, const QUrl &url)
{
    arguments += encoded(url);
    return startProgram(program, arguments);
}

std::optional<QStringList> splitCommand(const QString &command) { return Splitter(command).split(); }

Result<void> checkBrowserCommand(const QString &command)
{
    const std::optional<QStringList> parts = splitCommand(command);
    if (!parts)
        return failure(errors::browserCommandInvalid, Texts::tr("A quote is not closed."));
    if (parts->isEmpty() || parts->first().isEmpty())
        return failure(errors::browserCommandInvalid, Texts::tr("Name a program, such as firefox %u."));
    if (parts->sliced(1).filter(urlMark()).isEmpty())
        return failure(errors::browserCommandInvalid, Texts::tr("Write %u where the sign-in address goes."));
    if (QStandardPaths::findExecutable(parts->first()).isEmpty())
        return failure(errors::browserCommandInvalid,
                       Texts::tr("There is no program \"%1\".").arg(shownProgram(parts->first())));
    return {};
}

OpenUrl commandBrowser(const QString &command)
{
    return [parts = readCommand(command)](const QUrl &url) -> Opening {
        return parts ? startOpener(parts->first(), parts->sliced(1), url) : Result<void>(failure(parts.error()));
    };
}

OpenUrl templateBrowser(const QString &command)
{
    return [parts = readCommand(command)](const QUrl &url) -> Opening {
        if (!parts)
            return Result<void>(failure(parts.error()));
        return startProgram(parts->first(), parts->sliced(1).replaceInStrings(urlMark(), encoded(url)));
    };
}

} // namespace bookdesk::identity
