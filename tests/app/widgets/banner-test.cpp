// Banners: plain text, keyboard, what screen readers get.
#include "app/page-fixture.h"
#include "widgets/banner.h"
#include "widgets/chip.h"

#include <QClipboard>
#include <QSignalSpy>

#include <vector>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using widgets::Banner;
using widgets::Kind;
using widgets::Look;

class BannerTest : public QObject
{
    Q_OBJECT

private:
    static void showRefusal(Banner &banner)
    {
        banner.show({Kind::bad,
                     u"403 Forbidden: you lack a role"_s,
                     u"The API knows who you are."_s,
                     {{u"Sent"_s, u"DELETE /api/v1/books/bk-0003"_s, Look::mono}},
                     {}});
    }

    static const QLabel *labelOf(const Banner &banner, const QString &text)
    {
        for (const QLabel *label : banner.findChildren<QLabel *>())
            if (label->text() == text)
                return label;
        return nullptr;
    }

private Q_SLOTS:
    void showsItsTextAndNothingFromBefore()
    {
        Banner banner;
        QVERIFY(banner.isHidden());
        showRefusal(banner);
        banner.addButton(u"Get fresh token"_s, u"refresh"_s);
        banner.setChip(Kind::neutral, u"as predicted"_s, u"The answer is as predicted"_s);
        QVERIFY(test::buttonWithText(banner, u"Get fresh token"_s));
        banner.show({Kind::ok, u"Done"_s, {}, {}, {}});
        QCOMPARE(banner.headline(), u"Done"_s);
        QVERIFY(banner.rows().isEmpty());
        QVERIFY(!test::buttonWithText(banner, u"Get fresh token"_s));
        QVERIFY(banner.findChild<widgets::Chip *>()->isHidden());
    }

    void textFromOutsideStaysPlainAndVisible()
    {
        Banner banner;
        banner.show({Kind::bad, u"<b>bold</b>"_s, u"a\u202Eb"_s, {{u"Key"_s, u"<i>x</i>\u0007"_s, Look::mono}}, {}});
        QCOMPARE(banner.headline(), u"<b>bold</b>"_s);
        QVERIFY(!banner.text().contains(u'\u202E'));
        QVERIFY(banner.text().contains(u"202E"_s));
        QVERIFY(banner.rows().value(u"Key"_s)->text().startsWith(u"<i>x</i>"_s));
        test::labelTexts(banner);
    }

    void escapeClosesItWhereItMayBeClosed()
    {
        Banner banner;
        QSignalSpy closed(&banner, &Banner::closed);
        showRefusal(banner);
        banner.takeFocus();
        QTest::keyClick(&banner, Qt::Key_Escape);
        QVERIFY(!banner.isHidden());
        banner.setClosable(true);
        QTest::keyClick(&banner, Qt::Key_Escape);
        QVERIFY(banner.isHidden());
        QCOMPARE(closed.size(), 1);
    }

    void buttonsTakeNoMoreThanAThirdOfTheWidth_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<bool>("isBelow");
        QTest::newRow("beside the text") << 900 << false;
        QTest::newRow("below the text") << 400 << true;
    }

    void buttonsTakeNoMoreThanAThirdOfTheWidth()
    {
        QFETCH(int, width);
        QFETCH(bool, isBelow);
        Banner banner;
        showRefusal(banner);
        const QPushButton *button = banner.addButton(u"Copy request for admin"_s, u"copy"_s);
        banner.resize(width, 300);
        const auto isBelowTheRows = [&] {
            return button->mapTo(&banner, QPoint()).y() > banner.rows().mapTo(&banner, QPoint()).y();
        };
        QTRY_COMPARE(isBelowTheRows(), isBelow);
        QVERIFY(button->isVisible());
    }

    void aHeadlineWrapsWhereItDoesNotFit()
    {
        Banner banner;
        showRefusal(banner);
        const QLabel *headline = labelOf(banner, banner.headline());
        QVERIFY(headline);
        banner.resize(900, 300);
        QTRY_VERIFY(!headline->wordWrap());
        banner.resize(180, 300);
        QTRY_VERIFY(headline->wordWrap());
    }

    void theTextFollowsTheHeadlineWhereBothFitInOneLine_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<bool>("hasRow");
        QTest::addColumn<bool>("isBeside");
        QTest::newRow("room for both") << 900 << false << true;
        QTest::newRow("too narrow") << 240 << false << false;
        QTest::newRow("with a row of facts") << 900 << true << false;
    }

    void theTextFollowsTheHeadlineWhereBothFitInOneLine()
    {
        QFETCH(int, width);
        QFETCH(bool, hasRow);
        QFETCH(bool, isBeside);
        Banner banner;
        std::vector<widgets::KeyValue> rows;
        if (hasRow)
            rows.push_back({u"Sent"_s, u"GET /api/v1/books"_s, Look::mono});
        banner.show({Kind::ok, u"Verified"_s, u"on this computer, without asking the server."_s, rows, {}});
        banner.resize(width, 300);
        const QLabel *headline = labelOf(banner, banner.headline());
        const QLabel *text = labelOf(banner, banner.text());
        QTRY_COMPARE(text->y() == headline->y(), isBeside);
        QCOMPARE(text->x() > headline->x(), isBeside);
        QCOMPARE(text->wordWrap(), !isBeside);
    }

    void aTextThatNoLongerFitsGoesBelowTheHeadline()
    {
        Banner banner;
        banner.show({Kind::ok, u"Verified"_s, u"on this computer, without asking the server."_s, {}, {}});
        banner.resize(900, 300);
        const QLabel *headline = labelOf(banner, banner.headline());
        const QLabel *text = labelOf(banner, banner.text());
        QTRY_COMPARE(text->y(), headline->y());
        banner.resize(240, 300);
        QTRY_VERIFY(text->y() > headline->y());
    }

    void theFocusedValueIsCopied()
    {
        Banner banner;
        showRefusal(banner);
        QTest::keyClick(banner.rows().value(u"Sent"_s), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), u"DELETE /api/v1/books/bk-0003"_s);
    }

    void screenReadersGetNamesAndFullSentences()
    {
        Banner banner;
        showRefusal(banner);
        banner.setClosable(true);
        banner.setChip(Kind::bad, u"Delete"_s, u"Delete not allowed, role Books.Admin is missing"_s);
        QCOMPARE(test::namelessControls(banner), QStringList());
        QVERIFY(banner.accessibleName().contains(u"you lack a role"_s));
        const QLabel *chip = banner.findChild<widgets::Chip *>()->findChild<QLabel *>();
        QCOMPARE(chip->accessibleName(), u"Delete not allowed, role Books.Admin is missing"_s);
    }
};

BOOKDESK_PAGE_TEST_MAIN(BannerTest)
#include "banner-test.moc"
