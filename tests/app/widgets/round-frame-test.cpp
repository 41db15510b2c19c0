// What rounds the corners of tables: it lies over everything, shows the focus, and takes no clicks.
#include "app/page-fixture.h"
#include "style/colors.h"
#include "widgets/card.h"
#include "widgets/round-frame.h"
#include "widgets/row-table.h"

#include <QHeaderView>
#include <QImage>
#include <QPushButton>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

using namespace Qt::StringLiterals;
using namespace bookdesk;

class RoundFrameTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QWidget>();
        m_window->resize(400, 300);
        auto *column = new QVBoxLayout(m_window.get());
        column->addWidget(new QPushButton(u"Another control"_s));
        m_model = std::make_unique<QStandardItemModel>(40, 1);
        for (int row = 0; row < m_model->rowCount(); ++row)
            m_model->setData(m_model->index(row, 0), QColor(Qt::green), Qt::BackgroundRole);
        m_table = new widgets::RowTable;
    }
    void cleanup()
    {
        m_window.reset();
        m_model.reset();
    }

    void theCornersShowThePageAndNotTheTable()
    {
        showTable();
        QCOMPARE(color(corner(*m_table)), style::color(style::Role::ground));
        QCOMPARE(color(corner(*m_table) + QPoint(10, -10)), QColor(Qt::green));
    }

    void theScrollBarLeavesTheCornerRound()
    {
        showTable();
        QVERIFY(m_table->verticalScrollBar()->isVisible());
        const QPoint topRight = m_table->rect().topRight() + QPoint(-1, 1);
        QCOMPARE(color(topRight), style::color(style::Role::ground));
        m_table->horizontalHeader()->hide();
        m_table->horizontalHeader()->show();
        m_window->resize(500, 260);
        QCOMPARE(color(m_table->rect().topRight() + QPoint(-1, 1)), style::color(style::Role::ground));
    }

    void attachedTablesHaveSquareCornersBelow()
    {
        m_table->setProperty("attached", true);
        showTable();
        QCOMPARE(color({1, 1}), style::color(style::Role::ground));
        QVERIFY(color(corner(*m_table)) != style::color(style::Role::ground));
    }

    void theEdgeIsARingWhileTheTableHasTheFocus()
    {
        showTable();
        QCOMPARE(color(edge()), style::color(style::Role::line));
        m_table->setFocus(Qt::TabFocusReason);
        QCOMPARE(color(edge()), style::color(style::Role::accent));
        m_window->findChild<QPushButton *>()->setFocus(Qt::TabFocusReason);
        QCOMPARE(color(edge()), style::color(style::Role::line));
    }

    void aFlushTableHasNoFrameAndItsCardHasOne()
    {
        auto *card = new widgets::Card;
        card->body()->setContentsMargins(0, 0, 0, 0);
        card->body()->addWidget(m_table);
        widgets::setFlush(*m_table);
        m_window->layout()->addWidget(card);
        showWindow();
        const QImage picture = m_window->grab().toImage();
        QCOMPARE(picture.pixelColor(card->mapTo(m_window.get(), corner(*card))), style::color(style::Role::ground));
        QVERIFY(color(edge()) != style::color(style::Role::line));
        m_table->setFocus(Qt::TabFocusReason);
        QCOMPARE(color(edge()), style::color(style::Role::accent));
        QCOMPARE(card->findChildren<widgets::RoundFrame *>(QString(), Qt::FindDirectChildrenOnly).size(), 1);
        m_table->hide();
        m_table->show();
        QCOMPARE(card->findChildren<widgets::RoundFrame *>(QString(), Qt::FindDirectChildrenOnly).size(), 1);
    }

    void itFollowsTheTablesSize()
    {
        showTable();
        m_window->resize(600, 500);
        QTRY_VERIFY(m_table->width() > 500);
        QCOMPARE(m_table->findChild<widgets::RoundFrame *>()->geometry(), m_table->rect());
        QCOMPARE(color(corner(*m_table)), style::color(style::Role::ground));
    }

    void clicksReachTheTable()
    {
        showTable();
        QCOMPARE(m_window->childAt(m_table->mapTo(m_window.get(), m_table->rect().center())), m_table->viewport());
    }

private:
    void showWindow()
    {
        m_table->setModel(m_model.get());
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->findChild<QPushButton *>()->setFocus();
    }
    void showTable()
    {
        m_window->layout()->addWidget(m_table);
        showWindow();
    }

    /// The bottom left one, where neither the header nor the scroll bar is; inside a border of one pixel.
    static QPoint corner(const QWidget &framed) { return framed.rect().bottomLeft() + QPoint(1, -1); }
    /// Half way down the left edge.
    QPoint edge() const { return {0, m_table->height() / 2}; }

    /// As seen in the window, at @p point of the table.
    QColor color(const QPoint &point) const
    {
        return m_window->grab().toImage().pixelColor(m_table->mapTo(m_window.get(), point));
    }

    std::unique_ptr<QStandardItemModel> m_model;
    std::unique_ptr<QWidget> m_window;
    QPointer<widgets::RowTable> m_table;
};

BOOKDESK_PAGE_TEST_MAIN(RoundFrameTest)
#include "round-frame-test.moc"
