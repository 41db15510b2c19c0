/// KeptProgram: a program of its own that uses the stored sign-in, which a test can kill.
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QProcess>
#include <QString>

namespace bookdesk::test {

/// Where such programs look.
struct KeptPlace
{
    QString connectionFile;
    QString lockFile;
    QString service = QStringLiteral("Bookdesk test"); ///< Of the keychain's entries.
};

/// Started and ready, or the test ends. The event loop of the test runs during waits, so that its servers answer. One
/// thread; destroying it ends the program.
class KeptProgram
{
public:
    explicit KeptProgram(const KeptPlace &place);
    ~KeptProgram();
    Q_DISABLE_COPY_MOVE(KeptProgram)

    /// Gives a command: sign-in, resume, refresh or books.
    void tell(const QByteArray &command);
    /// Waits for the answer to the last command: "ok", or the code of an error; empty if none comes.
    QByteArray answer();
    QByteArray ask(const QByteArray &command);
    /// Since the last command: "answered", "browser".
    bool hasSaid(const QByteArray &line);

    /// Ends it as `kill -9` does.
    void kill();
    bool isRunning() const { return m_process.state() == QProcess::Running; }

private:
    void read();

    QProcess m_process;
    QByteArray m_buffer;
    QByteArrayList m_remarks; ///< Since the last command.
    QByteArrayList m_answers;
};

} // namespace bookdesk::test
