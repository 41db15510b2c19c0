#include "cli/interrupts.h"
#include "cli/terminal.h"

#include <QEventLoop>
#include <QMetaObject>
#include <QMutex>
#include <QMutexLocker>
#include <QTimer>

#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <io.h>

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

namespace bookdesk::cli {
namespace {

constexpr std::chrono::milliseconds handlerDelay{200};

// The console's handler gets no argument of ours and runs on a thread of its own.
struct Listener
{
    QMutex mutex;
    std::function<void()> tell;
};

Listener &listener()
{
    static Listener theListener;
    return theListener;
}

BOOL WINAPI handle(DWORD event)
{
    if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT)
        return FALSE;
    const QMutexLocker lock(&listener().mutex);
    if (!listener().tell)
        return FALSE;
    listener().tell();
    // The next one ends the program.
    listener().tell = nullptr;
    return TRUE;
}

} // namespace

class Interrupts::Source
{
public:
    explicit Source(Interrupts &interrupts)
    {
        const QMutexLocker lock(&listener().mutex);
        listener().tell = [&interrupts] {
            QMetaObject::invokeMethod(
                &interrupts, [&interrupts] { interrupts.tell(false); }, Qt::QueuedConnection);
        };
        ::SetConsoleCtrlHandler(handle, TRUE);
        ::SetConsoleOutputCP(CP_UTF8);
    }

    ~Source()
    {
        ::SetConsoleCtrlHandler(handle, FALSE);
        const QMutexLocker lock(&listener().mutex);
        listener().tell = nullptr;
    }

    Source(const Source &) = delete;
    Source &operator=(const Source &) = delete;
};

bool canAsk() { return ::_isatty(::_fileno(stdin)) != 0 && ::_isatty(::_fileno(stderr)) != 0; }

std::optional<QByteArray> typedLine(Interrupts &interrupts)
{
    std::array<char, 256> line{};
    if (std::fgets(line.data(), static_cast<int>(line.size()), stdin))
        return QByteArray(line.data());
    // Ctrl+C ends the input, too, and its handler runs on another thread, maybe a little later.
    QEventLoop loop;
    QTimer::singleShot(handlerDelay, &loop, &QEventLoop::quit);
    QObject::connect(&interrupts, &Interrupts::came, &loop, &QEventLoop::quit);
    loop.exec();
    return std::nullopt;
}

Interrupts::Interrupts()
    : m_source(std::make_unique<Source>(*this))
{}

Interrupts::~Interrupts() = default;

} // namespace bookdesk::cli
