// An interrupt at the worst moment of a sign-in: in the same turn of the event loop in which it has ended.
#include "cli/blocking-desk.h"
#include "cli/errors.h"

#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace bookdesk;

namespace {

/// Looks after each event of the main thread, before its loops can end. Other threads' events come here, too.
class Application : public QCoreApplication
{
public:
    using QCoreApplication::QCoreApplication;

    std::function<void()> look;
    bool notify(QObject *receiver, QEvent *event) override
    {
        const bool isHandled = QCoreApplication::notify(receiver, event);
        if (QThread::currentThread() == thread() && look)
            look();
        return isHandled;
    }
};

} // namespace

class BlockingDeskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anInterruptInTheTurnInWhichTheSignInEnds()
    {
        const cli::Console console(cli::OutputFormat::text, {});
        cli::Interrupts interrupts;
        cli::BlockingDesk desk({console, interrupts, {}});
        cli::ConnectionChoice choice;
        choice.persona = u"riley"_s;
        QVERIFY(desk.open(choice));
        bool hasCome = false;
        auto *application = static_cast<Application *>(QCoreApplication::instance());
        application->look = [&] {
            if (!hasCome && desk.signedIn()) {
                hasCome = true;
                Q_EMIT interrupts.came();
            }
        };
        const Result<void> signedIn = desk.signIn();
        application->look = {};
        QVERIFY2(hasCome, signedIn ? "The moment was missed" : qPrintable(signedIn.error().message));
        QVERIFY(!desk.signedIn());
        QVERIFY(!signedIn);
        QCOMPARE(signedIn.error().code.toString(), cli::errors::interrupted.toString());
    }
};

int main(int count, char **arguments)
{
    Application application(count, arguments);
    BlockingDeskTest test;
    return QTest::qExec(&test, count, arguments);
}

#include "blocking-desk-test.moc"
