// What a minimised window does while nobody uses it: nothing.
#include "app/window-fixture.h"

#include <QEvent>
#include <QSignalSpy>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace bookdesk;

namespace {

/// Counts the timers of the program that ring.
class WakeCounter : public QObject
{
public:
    WakeCounter() { qApp->installEventFilter(this); }

    int wakes = 0;
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        wakes += event->type() == QEvent::Timer && watched != &later ? 1 : 0;
        return false;
    }

    QTimer later;
};

/// How many timers ring within a time in which a clock that ticks every second would do so twice.
int wakesWhileIdle()
{
    WakeCounter counter;
    counter.later.setSingleShot(true);
    QSignalSpy over(&counter.later, &QTimer::timeout);
    counter.later.start(2'600);
    over.wait(10'000);
    return counter.wakes;
}

} // namespace

class IdleWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingTicksInAMinimisedWindow()
    {
        test::WindowFixture fixture;
        QVERIFY(fixture.start());
        QVERIFY(fixture.signInAs(u"riley"_s));
        QTRY_VERIFY(fixture.table().total() > 0);
        QVERIFY2(wakesWhileIdle() >= 2, "The status bar counts down");
        fixture.window->showMinimized();
        // As a window system does; the caret blinks only where the focus is.
        fixture.window->focusWidget()->clearFocus();
        // What the last calls have left behind, such as connections that are kept open.
        int wakes = wakesWhileIdle();
        for (int tries = 0; wakes > 0 && tries < 10; ++tries)
            wakes = wakesWhileIdle();
        QCOMPARE(wakes, 0);
    }
};

BOOKDESK_PAGE_TEST_MAIN(IdleWindowTest)
#include "idle-window-test.moc"
