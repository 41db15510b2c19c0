#include "core/off-thread.h"

#include <QCoreApplication>
#include <QEvent>
#include <QRunnable>
#include <QThreadPool>

#include <openssl/crypto.h>

#include <atomic>

namespace bookdesk {
namespace {

// Qt's own locks order what is done before a hand-over and what is done after it, but ThreadSanitizer does not see the
// locks of a Qt that is not compiled with it. It sees this.
std::atomic<unsigned> handOvers = 0;

void handOver() { handOvers.fetch_add(1, std::memory_order_release); }

void takeOver() { static_cast<void>(handOvers.load(std::memory_order_acquire)); }

class PoolWork : public QRunnable
{
public:
    explicit PoolWork(std::function<void()> work)
        : m_work(std::move(work))
    {}

    void run() override
    {
        takeOver();
        std::exchange(m_work, {})();
        // OpenSSL frees what it keeps for this thread when the thread ends. The pool's threads may end after OpenSSL
        // itself, which would leak it.
        OPENSSL_thread_stop();
    }

private:
    std::function<void()> m_work;
};

class PostedFunction : public QEvent
{
public:
    explicit PostedFunction(std::function<void()> function)
        : QEvent(User)
        , m_function(std::move(function))
    {}
    /// Without a run, too, where the receiver goes first.
    ~PostedFunction() override { takeOver(); }

    void run() const
    {
        takeOver();
        m_function();
    }

private:
    std::function<void()> m_function;
};

} // namespace

void startOnPool(std::function<void()> work)
{
    auto runnable = std::make_unique<PoolWork>(std::move(work));
    handOver();
    QThreadPool::globalInstance()->start(runnable.release());
}

void HomeThread::post(std::function<void()> function)
{
    auto event = std::make_unique<PostedFunction>(std::move(function));
    handOver();
    QCoreApplication::postEvent(this, event.release());
}

bool HomeThread::event(QEvent *event)
{
    if (event->type() != QEvent::User)
        return QObject::event(event);
    static_cast<PostedFunction *>(event)->run();
    return true;
}

} // namespace bookdesk
