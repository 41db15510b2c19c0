// In every state of the guided tour, in a usual and in the smallest window, Tab reaches everything in the order in
// which it is read, and comes around.
#include "app/page-fixture.h"
#include "app/tour/tab-order.h"
#include "app/tour/tour-walk.h"
#include "window/account-panel.h"
#include "window/main-window.h"

#include <QApplication>
#include <QRegularExpression>
#include <QSettings>
#include <QTest>

using namespace bookdesk;
using namespace Qt::StringLiterals;

class TabOrderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itIsTheOrderOnScreen_data()
    {
        QTest::addColumn<int>("number");
        const std::vector<tour::Chapter> chapters = tour::chapters();
        for (std::size_t number = 0; number < chapters.size(); ++number)
            QTest::newRow(qPrintable(u"from "_s + chapters[number].front().name)) << static_cast<int>(number);
    }

    void itIsTheOrderOnScreen()
    {
        QFETCH(int, number);
        QSettings().clear();
        tour::Stage stage(std::chrono::seconds(20));
        QVERIFY(QTest::qWaitForWindowActive(&stage.window()));
        const tour::Chapter chapter = tour::chapters().at(static_cast<std::size_t>(number));
        const QStringList problems = test::problemsOf(chapter, stage, problemsAt);
        for (const QString &problem : problems)
            qWarning("%s", qPrintable(problem));
        QCOMPARE(problems.size(), 0);
    }

private:
    static QStringList problemsAt(tour::Stage &stage, const QString &step)
    {
        // It closes when the focus leaves it.
        if (stage.window().accountPanel().isVisible())
            return {};
        if (QWidget *dialog = QApplication::activeModalWidget())
            return settledProblemsOf(*dialog, step);
        stage.window().activateWindow(); // After a dialog, where no window manager does so.
        const QSize before = stage.window().size();
        QStringList problems;
        for (const QSize size : {QSize(1180, 760), QSize(900, 600)}) {
            stage.window().resize(size);
            problems += settledProblemsOf(stage.window(), u"%1, %2 wide"_s.arg(step).arg(size.width()));
        }
        stage.window().resize(before);
        return problems;
    }

    static QStringList settledProblemsOf(QWidget &window, const QString &where)
    {
        QStringList problems =
            test::settledProblems(std::chrono::seconds(2), [&window] { return test::tabOrderProblems(window); });
        return problems.replaceInStrings(QRegularExpression(u"^"_s), where + u": "_s);
    }
};

BOOKDESK_PAGE_TEST_MAIN(TabOrderTest)
#include "tab-order-test.moc"
