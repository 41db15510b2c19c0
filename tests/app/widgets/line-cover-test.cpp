// No line of text is seen cut in two at the lower edge of what scrolls.
#include "app/page-fixture.h"
#include "widgets/line-cover.h"

#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace bookdesk;

class LineCoverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_area = std::make_unique<QScrollArea>();
        auto *content = new QWidget;
        auto *column = new QVBoxLayout(content);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        for (int line = 0; line < 10; ++line)
            column->addWidget(new QLabel(u"A line of text"_s));
        m_area->setFrameShape(QFrame::NoFrame);
        m_area->setWidget(content);
        m_line = content->findChild<QLabel *>()->height();
        m_cover = new widgets::LineCover(*m_area);
    }

    void aLineThatIsCutIsCovered()
    {
        show(3 * m_line + m_line / 2);
        QTRY_VERIFY(m_cover->isVisible());
        QTRY_COMPARE(m_cover->geometry().top(), 3 * m_line);
        QCOMPARE(m_cover->geometry().bottom(), m_area->viewport()->rect().bottom());
    }

    void wholeLinesAreNot()
    {
        show(3 * m_line);
        QTRY_VERIFY(!m_cover->isVisible());
        show(12 * m_line);
        QTRY_VERIFY(!m_cover->isVisible());
    }

    void atTheEndNothingIsHidden()
    {
        show(3 * m_line + m_line / 2);
        m_area->verticalScrollBar()->setValue(m_area->verticalScrollBar()->maximum());
        QTRY_VERIFY(!m_cover->isVisible());
    }

private:
    void show(int height)
    {
        m_area->resize(300, height);
        m_area->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_area.get()));
        QCoreApplication::processEvents();
    }

    std::unique_ptr<QScrollArea> m_area;
    int m_line = 0;
    widgets::LineCover *m_cover = nullptr;
};

BOOKDESK_PAGE_TEST_MAIN(LineCoverTest)
#include "line-cover-test.moc"
