// What goes out to screen readers, heard on an accessibility bus: tests/app/on-accessibility-bus starts one.
#include "app/page-fixture.h"
#include "e2e/sandbox-desk.h"
#include "lab/probe-catalogue.h"
#include "pages/activity/activity-page.h"
#include "pages/books/books-page.h"
#include "pages/lab/probes-tree.h"
#include "pages/token/token-page.h"
#include "widgets/announcement.h"

#include <QAccessible>
#include <QLineEdit>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace bookdesk;

namespace {

struct Heard
{
    QAccessible::Event type;
    QString name; ///< Of the object that it is about.
};

/// Collects what Qt reports while it lives.
class Listener
{
public:
    Listener() { s_heard.clear(); }
    ~Listener() { QAccessible::installUpdateHandler(m_before); }
    Q_DISABLE_COPY_MOVE(Listener)

    QStringList objectsOf(QAccessible::Event type) const
    {
        QStringList names;
        for (const Heard &heard : std::as_const(s_heard))
            if (heard.type == type)
                names += heard.name;
        return names;
    }

private:
    static void note(QAccessibleEvent *event)
    {
        s_heard += {event->type(), event->object() ? event->object()->objectName() : QString()};
    }

    inline static QList<Heard> s_heard;
    QAccessible::UpdateHandler m_before = QAccessible::installUpdateHandler(note);
};

template <class Page> std::unique_ptr<widgets::Page> make() { return std::make_unique<Page>(); }
/// The one of this name that is in sight: a page may have one in each of its tabs.
template <class Part> Part *shownPart(const QWidget &page, const QString &name)
{
    const QList<Part *> parts = page.findChildren<Part *>(name);
    const auto shown = std::ranges::find_if(parts, &QWidget::isVisible);
    return shown == parts.end() ? nullptr : *shown;
}

using MakePage = std::unique_ptr<widgets::Page> (*)();

} // namespace

class AccessibilityBusTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Without a bus Qt reports nothing, and every row would pass.
    void initTestCase()
    {
        QWidget window;
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTRY_VERIFY2(QAccessible::isActive(), "No accessibility bus: run it with tests/app/on-accessibility-bus");
    }

    void anAnnouncementChangesANameAndAlerts()
    {
        QWidget window;
        window.show();
        const Listener listener;
        widgets::announce(window, u"The command was copied."_s);
        widgets::announce(window, u"The command was copied."_s);
        QCOMPARE(listener.objectsOf(QAccessible::NameChanged), QStringList(2, u"announcement"_s));
        QCOMPARE(listener.objectsOf(QAccessible::Alert), QStringList(2, u"announcement"_s));
    }

    void typingInAFilterMovesNoFocus_data()
    {
        QTest::addColumn<MakePage>("makePage");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("other");
        QTest::newRow("books") << MakePage(make<pages::BooksPage>) << u"search"_s << u"books"_s << u"Emma"_s;
        QTest::newRow("claims") << MakePage(make<pages::TokenPage>) << u"claimFilter"_s << u"claims"_s << u"nbf"_s;
        QTest::newRow("exchanges") << MakePage(make<pages::ActivityPage>) << u"activityFilter"_s << u"exchanges"_s
                                   << u"openid-configuration"_s;
    }

    void typingInAFilterMovesNoFocus()
    {
        QFETCH(const MakePage, makePage);
        QFETCH(const QString, field);
        QFETCH(const QString, table);
        QFETCH(const QString, other);
        test::SandboxDesk desk;
        const std::unique_ptr<widgets::Page> page = makePage();
        page->resize(980, 720);
        page->setDesk(&desk.desk());
        page->show();
        QCOMPARE(test::problemOf(desk.signIn({u"ada"_s, false})), QString());
        QTRY_VERIFY(shownPart<QTableView>(*page, table));
        auto *rows = shownPart<QTableView>(*page, table);
        QTRY_VERIFY(rows->model()->rowCount() > 2);
        rows->setCurrentIndex(rows->model()->index(rows->model()->rowCount() - 1, 0));
        auto *filter = shownPart<QLineEdit>(*page, field);
        page->activateWindow();
        filter->setFocus();
        QTRY_VERIFY(filter->hasFocus());

        const QString selected = rows->currentIndex().siblingAtColumn(0).data().toString();
        bool isHidden = false;
        const Listener listener;
        for (const QString &text : {selected, other}) {
            for (const QChar character : text)
                filter->insert(character);
            QVERIFY(rows->model()->rowCount() > 0);
            isHidden = rows->model()->match(rows->model()->index(0, 0), Qt::DisplayRole, selected).isEmpty();
            filter->clear();
        }
        QVERIFY(isHidden);
        QCOMPARE(listener.objectsOf(QAccessible::Focus), QStringList());
    }

    /// A finding of a run is selected by itself, wherever the focus is.
    void aFindingMovesNoFocus()
    {
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        auto *field = new QLineEdit(&window);
        auto *tree = new pages::ProbesTree(&window);
        column->addWidget(field);
        column->addWidget(tree);
        lab::ProbeResult result;
        result.probe = lab::probeOf(lab::probeRows().front());
        tree->setResults({result});
        window.show();
        window.activateWindow();
        field->setFocus();
        QTRY_VERIFY(field->hasFocus());

        const Listener listener;
        result.state = lab::ProbeState::accepted;
        tree->setResult(0, result);
        QCOMPARE(tree->selectedNumber(), 0);
        QCOMPARE(listener.objectsOf(QAccessible::Focus), QStringList());
        tree->setFocus();
        QCOMPARE(listener.objectsOf(QAccessible::Focus), QStringList(u"probes"_s));
    }
};

BOOKDESK_PAGE_TEST_MAIN(AccessibilityBusTest)
#include "accessibility-bus-test.moc"
