// In every state of the guided tour, with hostile books and names, assistive technology finds names for everything,
// without hidden characters or markup, and the roles of a window with pages.
#include "app/page-fixture.h"
#include "app/tour/accessible-parts.h"
#include "app/tour/hostile-data.h"
#include "app/tour/tour-walk.h"
#include "window/accessible-roles.h"
#include "window/main-window.h"
#include "window/side-button.h"

#include <QRegularExpression>
#include <QSettings>

using namespace bookdesk;
using namespace Qt::StringLiterals;

class AccessiblePartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        window::installAccessibleRoles();
        QVERIFY(m_books.install());
        QVERIFY(QCoreApplication::installTranslator(&m_names));
    }

    void theyAreNamedAndHarmless_data()
    {
        QTest::addColumn<int>("number");
        const std::vector<tour::Chapter> chapters = tour::chapters();
        for (std::size_t number = 0; number < chapters.size(); ++number)
            QTest::newRow(qPrintable(u"from "_s + chapters[number].front().name)) << static_cast<int>(number);
    }

    void theyAreNamedAndHarmless()
    {
        QFETCH(const int, number);
        QSettings().clear();
        tour::Stage stage(std::chrono::seconds(20));
        test::nameHostilePersonas(stage);
        const QStringList problems =
            test::problemsOf(tour::chapters().at(static_cast<std::size_t>(number)), stage, look);
        for (const QString &problem : problems)
            qWarning("%s", qPrintable(problem));
        QCOMPARE(problems.size(), 0);
    }

private:
    static QStringList look(tour::Stage &stage, const QString &step)
    {
        QStringList problems;
        for (QWidget *window : test::windowsOf(stage))
            problems += test::accessibleProblems(*window);
        problems += roleProblems(stage.window());
        return problems.replaceInStrings(QRegularExpression(u"^"_s), step + u": "_s);
    }

    static QStringList roleProblems(window::MainWindow &window)
    {
        QStringList problems;
        if (roleOf(window) != QAccessible::Window)
            problems += u"the window is none"_s;
        const QList<window::SideButton *> pages = window.findChildren<window::SideButton *>();
        if (pages.isEmpty())
            problems += u"the side bar has no pages"_s;
        for (window::SideButton *page : pages)
            if (roleOf(*page) != QAccessible::PageTab)
                problems += page->objectName() + u" is no page tab"_s;
        return problems;
    }

    static QAccessible::Role roleOf(QWidget &widget) { return QAccessible::queryAccessibleInterface(&widget)->role(); }

    test::HostileBooks m_books;
    test::HostileNames m_names;
};

BOOKDESK_PAGE_TEST_MAIN(AccessiblePartsTest)
#include "accessible-parts-test.moc"
