#include "cli/interrupts.h"
#include "cli/terminal.h"

#include <QEventLoop>
#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace bookdesk::cli {
namespace {

// A signal handler gets no argument of ours, so it finds the pipe here.
volatile std::sig_atomic_t writeEnd = -1;

extern "C" void writeToPipe(int number)
{
    const char byte = static_cast<char>(number);
    [[maybe_unused]] const ssize_t written = ::write(writeEnd, &byte, 1);
}

constexpr std::array handledSignals{SIGINT, SIGTERM};

} // namespace

class Interrupts::Source
{
public:
    explicit Source(Interrupts &interrupts)
    {
        if (::pipe(m_pipe.data()) != 0)
            return;
        for (const int end : m_pipe) {
            ::fcntl(end, F_SETFD, FD_CLOEXEC);
            ::fcntl(end, F_SETFL, O_NONBLOCK);
        }
        writeEnd = m_pipe[1];
        m_notifier = std::make_unique<QSocketNotifier>(m_pipe[0], QSocketNotifier::Read);
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, &interrupts, [this, &interrupts] {
            m_notifier->setEnabled(false);
            char number = 0;
            const bool isRead = ::read(m_pipe[0], &number, 1) == 1;
            interrupts.tell(isRead && number == SIGTERM);
        });
        struct sigaction action = {};
        action.sa_handler = writeToPipe;
        // Restores the default after the first signal, so that a second one always ends the program.
        action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
        for (const int number : handledSignals)
            ::sigaction(number, &action, nullptr);
    }

    ~Source()
    {
        for (const int number : handledSignals)
            std::signal(number, SIG_DFL);
        writeEnd = -1;
        m_notifier.reset();
        for (const int end : m_pipe)
            ::close(end);
    }

    Source(const Source &) = delete;
    Source &operator=(const Source &) = delete;

private:
    std::array<int, 2> m_pipe{-1, -1};
    std::unique_ptr<QSocketNotifier> m_notifier;
};

bool canAsk() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1; }

std::optional<QByteArray> typedLine(Interrupts &interrupts)
{
    QEventLoop loop;
    std::optional<QByteArray> line;
    QSocketNotifier notifier(STDIN_FILENO, QSocketNotifier::Read);
    // A terminal gives a whole line at a time.
    QObject::connect(&notifier, &QSocketNotifier::activated, &loop, [&loop, &line] {
        std::array<char, 256> buffer{};
        const ssize_t size = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (size > 0)
            line = QByteArray(buffer.data(), size);
        loop.quit();
    });
    QObject::connect(&interrupts, &Interrupts::came, &loop, &QEventLoop::quit);
    if (!interrupts.haveCome())
        loop.exec();
    return line;
}

Interrupts::Interrupts()
    : m_source(std::make_unique<Source>(*this))
{}

Interrupts::~Interrupts() = default;

} // namespace bookdesk::cli
