#include "core/off-thread.h"

#include <QTest>
#include <QThread>
#include <QThreadPool>

#include <atomic>
#include <vector>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

/// Work that can be held back until its test lets it go.
class Gate
{
public:
    void open()
    {
        m_isOpen.test_and_set();
        m_isOpen.notify_all();
    }
    void pass() { m_isOpen.wait(false); }

private:
    std::atomic_flag m_isOpen;
};

struct Outcome
{
    std::optional<int> value;
    QThread *goesOnIn = nullptr;
    bool isThere = false;
};

QCoro::Task<> note(QCoro::Task<std::optional<int>> task, std::shared_ptr<Outcome> outcome)
{
    outcome->value = co_await task;
    outcome->goesOnIn = QThread::currentThread();
    outcome->isThere = true;
}

} // namespace

class OffThreadTest : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<Outcome> m_outcome;

private Q_SLOTS:
    void init() { m_outcome = std::make_shared<Outcome>(); }

    void worksElsewhereAndGoesOnHere()
    {
        const auto workedIn = std::make_shared<std::atomic<QThread *>>(nullptr);
        const std::function<int()> work = [workedIn] {
            *workedIn = QThread::currentThread();
            return 7;
        };
        const auto noted = note(offThread<int>(work, {}), m_outcome);
        QVERIFY(!m_outcome->isThere);
        QTRY_VERIFY(m_outcome->isThere);
        QCOMPARE(m_outcome->value, 7);
        QVERIFY(m_outcome->goesOnIn == QThread::currentThread());
        QVERIFY(workedIn->load() != QThread::currentThread());
    }

    /// More work than threads, for ThreadSanitizer: what waits is taken over by a thread that was made before it.
    void handsOverToBusyThreads()
    {
        std::vector<std::shared_ptr<Outcome>> outcomes;
        std::vector<QCoro::Task<>> noted;
        for (int i = 0; i < 100; ++i) {
            const std::function<int()> work = [number = std::make_shared<int>(i)] { return *number; };
            outcomes.push_back(std::make_shared<Outcome>());
            noted.push_back(note(offThread<int>(work, {}), outcomes.back()));
        }
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            QTRY_VERIFY(outcomes[i]->isThere);
            QCOMPARE(outcomes[i]->value, static_cast<int>(i));
        }
    }

    void givesNothingWhenStoppedBefore()
    {
        const auto gate = std::make_shared<Gate>();
        std::stop_source source;
        const std::function<int()> work = [gate] {
            gate->pass();
            return 7;
        };
        const auto noted = note(offThread<int>(work, source.get_token()), m_outcome);
        source.request_stop();
        QVERIFY2(m_outcome->isThere, "A stop does not wait for the work");
        QVERIFY(!m_outcome->value);
        gate->open();
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QVERIFY(!m_outcome->value);
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::OffThreadTest)
#include "off-thread-test.moc"
