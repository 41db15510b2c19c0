// Items in lines, as many in each as fit.
#include "app/page-fixture.h"
#include "widgets/flow-layout.h"

using namespace Qt::StringLiterals;
using namespace bookdesk;

class FlowLayoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void breaksLinesWhereItemsDoNotFit_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<QList<QPoint>>("places");
        QTest::addColumn<int>("height");
        QTest::newRow("all in one line") << 170 << QList<QPoint>{{0, 0}, {60, 0}, {120, 0}} << 20;
        QTest::newRow("one pixel short") << 169 << QList<QPoint>{{0, 0}, {60, 0}, {0, 30}} << 50;
        QTest::newRow("narrower than an item") << 30 << QList<QPoint>{{0, 0}, {0, 30}, {0, 60}} << 80;
    }

    void breaksLinesWhereItemsDoNotFit()
    {
        QFETCH(int, width);
        QFETCH(QList<QPoint>, places);
        QFETCH(int, height);
        QWidget parent;
        auto *layout = new widgets::FlowLayout(10, &parent);
        QList<QWidget *> items;
        for (int i = 0; i < 3; ++i) {
            items += new QWidget(&parent);
            items.last()->setFixedSize(50, 20);
            layout->addWidget(items.last());
            items.last()->show();
        }
        QCOMPARE(layout->heightForWidth(width), height);
        layout->setGeometry({0, 0, width, height});
        for (qsizetype i = 0; i < items.size(); ++i)
            QCOMPARE(items[i]->pos(), places[i]);
    }

    void leavesNoGapForHiddenItems()
    {
        QWidget parent;
        auto *layout = new widgets::FlowLayout(10, &parent);
        QWidget hidden;
        hidden.setFixedSize(400, 20);
        hidden.hide();
        QWidget item;
        item.setFixedSize(50, 20);
        layout->addWidget(&hidden);
        layout->addWidget(&item);
        item.show();
        QCOMPARE(layout->minimumSize(), QSize(50, 20));
        QCOMPARE(layout->heightForWidth(60), 20);
        layout->setGeometry({0, 0, 60, 20});
        QCOMPARE(item.pos(), QPoint(0, 0));
    }
};

BOOKDESK_PAGE_TEST_MAIN(FlowLayoutTest)
#include "flow-layout-test.moc"
