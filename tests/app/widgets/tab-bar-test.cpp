// Tab bars: the width of the chosen name.
#include "app/page-fixture.h"
#include "widgets/tab-bar.h"

#include <QHBoxLayout>
#include <QTabBar>

using namespace Qt::StringLiterals;
using namespace bookdesk;

class TabBarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBarIsAsWideAsItsNamesWhicheverIsChosen()
    {
        QWidget page;
        auto *row = new QHBoxLayout(&page);
        QTabBar *bar = widgets::tabBar(u"bar"_s, u"Which"_s, &page);
        bar->addTab(u"A"_s);
        bar->addTab(u"Many letters that become wider when they are bold"_s);
        row->addWidget(bar);
        row->addStretch(1);
        page.resize(900, 100);
        page.show();
        QTRY_COMPARE(bar->width(), bar->sizeHint().width());
        const int before = bar->width();
        bar->setCurrentIndex(1);
        QTRY_VERIFY(bar->width() > before);
        QCOMPARE(bar->width(), bar->sizeHint().width());
    }

    void itHasANameForScreenReaders()
    {
        QWidget page;
        QCOMPARE(widgets::tabBar(u"bar"_s, u"Which"_s, &page)->accessibleName(), u"Which"_s);
    }
};

BOOKDESK_PAGE_TEST_MAIN(TabBarTest)
#include "tab-bar-test.moc"
