#include "cli/token-stream.h"

#include "cli/errors.h"
#include "cli/token-input.h"
#include "core/off-thread.h"
#include "jose/pasted-token.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <ios>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenStream)
};

/// Verdicts of this size are written without waiting for more.
constexpr qsizetype largestOutput = 64 * 1024;
/// How long a verdict may wait to be written together with others.
constexpr std::chrono::milliseconds longestWait{20};
/// How many batches may be finished while an earlier one is still being judged.
constexpr qint64 batchesAhead = 64;

/// Some consecutive lines.
struct Batch
{
    qint64 number = 0;
    qint64 firstLine = 1;
    InputPart part;
};

/// Searches for line feeds: tokens are long, and counting would look at every byte.
qint64 lineFeedsIn(QByteArrayView lines)
{
    qint64 count = 0;
    for (qsizetype feed = lines.indexOf('\n'); feed >= 0; feed = lines.indexOf('\n', feed + 1))
        ++count;
    return count;
}

/// The result of a batch.
struct Verdicts
{
    QByteArray lines;
    qint64 count = 0;
    bool haveAllPassed = true;
    QStringList notes; ///< What the tokens were taken out of, each once.
};

/// Workers take batches in turn, judge them in parallel and pass the verdicts on in the order of the batches.
class TokenStream
{
public:
    /// @param mainThread, loop, flushTimer the main thread's; not used after the loop was asked to quit.
    TokenStream(const Console &console, TokenJudge judge, HomeThread &mainThread, QEventLoop &loop, QTimer &flushTimer)
        : m_console(console)
        , m_printer(console)
        , m_judge(std::move(judge))
        , m_mainThread(mainThread)
        , m_loop(loop)
        , m_flushTimer(flushTimer)
    {}

    /// The whole work of one worker.
    void work()
    {
        while (std::optional<Batch> batch = take()) {
            put(batch->number, judged(*batch));
            batch->part.lines.fill('\0');
        }
    }

    /// Begins no further batch; those under way are finished.
    void interrupt()
    {
        const std::lock_guard lock(m_mutex);
        end(Error{errors::interrupted, Texts::tr("Interrupted before the end of the input.")});
    }

    void flush()
    {
        const std::lock_guard lock(m_mutex);
        m_isFlushDue = false;
        write();
    }

    /// If not, a worker may be waiting for input that never comes.
    bool isInputAtEnd()
    {
        const std::lock_guard lock(m_mutex);
        return m_isInputAtEnd;
    }

    /// To be called after the loop has ended: writes the rest of the output and gives the status.
    Report finish()
    {
        const std::lock_guard lock(m_mutex);
        // No token at all counts as a missing token.
        if (m_count == 0 && !m_problem)
            takeIn({m_printer.line(1, m_judge(Secret()), {}), 1, false, {}});
        write();
        tellNotes();
        if (m_problem)
            return m_problem->code == errors::fileUnreadable ? usageReport(*m_problem) : refusalReport(*m_problem);
        Report report;
        report.status = m_haveAllPassed ? ExitStatus::success : ExitStatus::refused;
        return report;
    }

private:
    std::optional<Batch> take()
    {
        const std::lock_guard reading(m_inputMutex);
        std::optional<Error> problem;
        InputPart part = read(problem);
        const std::lock_guard lock(m_mutex);
        if (part.lines.isEmpty()) {
            m_isInputAtEnd = true;
            end(std::move(problem));
        }
        if (m_isEnding)
            return std::nullopt;
        const qint64 firstLine = std::exchange(m_nextLine, m_nextLine + lineFeedsIn(part.lines));
        return Batch{m_taken++, firstLine, std::move(part)};
    }

    InputPart read(std::optional<Error> &problem)
    {
        try {
            return m_input.next();
        } catch (const std::ios_base::failure &failure) {
            problem = Error{errors::fileUnreadable,
                            Texts::tr("Standard input cannot be read."),
                            Texts::tr("Check the file or program that the input comes from."),
                            {{facts::reason, QString::fromLocal8Bit(failure.what())}}};
            return {};
        }
    }

    Verdicts judged(const Batch &batch) const
    {
        Verdicts verdicts;
        qint64 number = batch.firstLine;
        const InputPart &part = batch.part;
        for (qsizetype begin = 0; begin < part.lines.size(); ++number) {
            const qsizetype feed = part.isOneToken ? -1 : part.lines.indexOf('\n', begin);
            const qsizetype end = feed < 0 ? part.lines.size() : feed;
            const QByteArrayView line = QByteArrayView(part.lines).sliced(begin, end - begin);
            begin = end + 1;
            jose::PastedToken token = tokenIn(line);
            if (token.token.isEmpty())
                continue;
            if (part.wasUtf16)
                token.notes.prepend(jose::utf16Note());
            judge(token, number, verdicts);
        }
        return verdicts;
    }

    /// Nearly all lines are the token itself, and nothing has to be taken off.
    static jose::PastedToken tokenIn(QByteArrayView line)
    {
        // The kept part of an overlong line must not become shorter.
        if (line.size() > longestLine)
            return {.token = Secret(line)};
        const QByteArrayView bare = line.trimmed();
        if (bare.startsWith("eyJ") && !bare.contains('\n'))
            return {.token = Secret(bare)};
        return jose::takenOut(bare);
    }

    void judge(const jose::PastedToken &token, qint64 line, Verdicts &verdicts) const
    {
        const Result<jose::Verification> verification = m_judge(token.token);
        verdicts.lines += m_printer.line(line, verification, token.notes);
        verdicts.haveAllPassed = verdicts.haveAllPassed && verification && verification->passed();
        ++verdicts.count;
        addOnce(verdicts.notes, token.notes);
    }

    static void addOnce(QStringList &all, const QStringList &notes)
    {
        for (const QString &note : notes) {
            if (!all.contains(note))
                all += note;
        }
    }

    void put(qint64 number, Verdicts verdicts)
    {
        std::unique_lock lock(m_mutex);
        m_isRoom.wait(lock, [this, number] { return number < m_written + batchesAhead; });
        m_finished.emplace(number, std::move(verdicts));
        for (auto first = m_finished.begin(); first != m_finished.end() && first->first == m_written; ++m_written) {
            takeIn(first->second);
            first = m_finished.erase(first);
        }
        m_isRoom.notify_all();
        if (m_output.size() >= largestOutput)
            write();
        else if (!m_output.isEmpty() && !std::exchange(m_isFlushDue, true))
            m_mainThread.post([&timer = m_flushTimer] { timer.start(); });
        quitWhenDone();
    }

    // The following functions are called with the mutex held.

    void takeIn(const Verdicts &verdicts)
    {
        m_output += verdicts.lines;
        m_count += verdicts.count;
        m_haveAllPassed = m_haveAllPassed && verdicts.haveAllPassed;
        addOnce(m_notes, verdicts.notes);
    }

    void tellNotes() const
    {
        if (m_count > 1 && !m_notes.isEmpty())
            m_console.note(Texts::tr("Some tokens were taken out of what they came in:"));
        for (const QString &note : m_notes)
            m_console.note(note);
    }

    void write()
    {
        if (!m_output.isEmpty() && !m_console.printLines(m_output))
            end(Error{errors::interrupted, Texts::tr("The verdicts cannot be written.")});
        m_output.clear();
    }

    void end(std::optional<Error> problem)
    {
        if (!m_isEnding)
            m_problem = std::move(problem);
        m_isEnding = true;
        quitWhenDone();
    }

    void quitWhenDone()
    {
        if (m_isEnding && m_written == m_taken && !std::exchange(m_wasAskedToQuit, true))
            m_mainThread.post([&loop = m_loop] { loop.quit(); });
    }

    const Console &m_console;
    const VerdictPrinter m_printer;
    const TokenJudge m_judge;
    HomeThread &m_mainThread;
    QEventLoop &m_loop;
    QTimer &m_flushTimer;

    std::mutex m_inputMutex; ///< Its holder reads; the others wait for the mutex and not for input.
    TokenInput m_input;

    std::mutex m_mutex; ///< Guards everything below.
    std::condition_variable m_isRoom;
    qint64 m_nextLine = 1;
    qint64 m_taken = 0;
    qint64 m_written = 0;
    std::map<qint64, Verdicts> m_finished; ///< By the batches' numbers; the next one to write is not among them yet.
    QByteArray m_output;
    qint64 m_count = 0;
    bool m_haveAllPassed = true;
    QStringList m_notes;
    bool m_isFlushDue = false;
    bool m_isInputAtEnd = false;
    bool m_isEnding = false;
    bool m_wasAskedToQuit = false;
    std::optional<Error> m_problem;
};

std::vector<std::thread> startWorkers(const std::shared_ptr<TokenStream> &stream)
{
    std::vector<std::thread> workers;
    for (unsigned int i = 0; i < std::max(std::thread::hardware_concurrency(), 1U); ++i)
        workers.emplace_back([stream] { stream->work(); });
    return workers;
}

} // namespace

Report judgeStandardInput(const Context &context, TokenJudge judge)
{
    HomeThread mainThread;
    QEventLoop loop;
    QTimer flushTimer;
    flushTimer.setSingleShot(true);
    flushTimer.setInterval(longestWait);
    const auto stream = std::make_shared<TokenStream>(context.console, std::move(judge), mainThread, loop, flushTimer);
    QObject::connect(&flushTimer, &QTimer::timeout, &loop, [stream] { stream->flush(); });
    QObject::connect(&context.interrupts, &Interrupts::came, &loop, [stream] { stream->interrupt(); });
    std::vector<std::thread> workers = startWorkers(stream);
    if (context.interrupts.haveCome())
        stream->interrupt();
    loop.exec();
    for (std::thread &worker : workers) {
        // There is no portable way to wake a thread that waits for input; it ends with the program.
        if (stream->isInputAtEnd())
            worker.join();
        else
            worker.detach();
    }
    return stream->finish();
}

} // namespace bookdesk::cli
