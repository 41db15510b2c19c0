// What leaves a label whose long words may be broken anywhere.
#include "app/page-fixture.h"
#include "widgets/labels.h"

#include <QClipboard>

using namespace Qt::StringLiterals;
using namespace bookdesk;

namespace {

const QString longWord(300, u'w');

} // namespace

class ValueLabelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLongWordIsWrapped()
    {
        widgets::ValueLabel label({});
        label.setWordWrap(true);
        label.setBreakableText(longWord);
        label.resize(200, 20);
        QVERIFY(label.minimumSizeHint().width() < 200);
        QVERIFY(label.heightForWidth(200) > 3 * label.fontMetrics().height());
    }

    void theRingOfAHeadlineIsAroundItsTextAndTouchesNoLetter()
    {
        widgets::ValueLabel label(u"Sign-in was declined"_s);
        widgets::makeHeadline(label);
        const int text = label.fontMetrics().horizontalAdvance(label.text());
        for (const bool wraps : {false, true}) {
            label.setWordWrap(wraps);
            label.resize(3 * text, label.sizeHint().height());
            QVERIFY(label.ringRect().width() >= text + 8);
            QVERIFY(label.ringRect().width() < 2 * text);
        }
    }

    void noZeroWidthSpaceLeavesIt()
    {
        widgets::ValueLabel label({});
        label.setBreakableText(longWord);
        QCOMPARE(label.value(), longWord);
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&label);
        QCOMPARE(interface->text(QAccessible::Name), longWord);
        label.show();
        label.setFocus();
        QTest::keySequence(&label, QKeySequence::Copy);
        QCOMPARE(QApplication::clipboard()->text(), longWord);
        label.setSelection(0, static_cast<int>(label.text().size()));
        QTest::keySequence(&label, QKeySequence::Copy);
        QCOMPARE(QApplication::clipboard()->text(), longWord);
    }

    void aSelectionByMouseHasNone()
    {
        if (!QApplication::clipboard()->supportsSelection())
            QSKIP("This platform has no selection besides the clipboard.");
        widgets::ValueLabel label({});
        label.setBreakableText(longWord);
        label.resize(label.sizeHint());
        label.show();
        QTest::mousePress(&label, Qt::LeftButton, {}, {3, label.height() / 2});
        QTest::mouseMove(&label, {label.width() - 3, label.height() / 2});
        QTest::mouseRelease(&label, Qt::LeftButton, {}, {label.width() - 3, label.height() / 2});
        const QString selected = QApplication::clipboard()->text(QClipboard::Selection);
        QVERIFY(selected.size() > 10);
        QCOMPARE(selected, QString(selected.size(), u'w'));
    }

    void whatIsSelectedByMouseIsCopiedWithoutThem()
    {
        widgets::ValueLabel label({});
        label.setBreakableText(longWord);
        label.resize(label.sizeHint());
        label.show();
        QVERIFY(QTest::qWaitForWindowExposed(&label));
        label.setFocus();
        QTest::mousePress(&label, Qt::LeftButton, {}, {3, label.height() / 2});
        QTest::mouseMove(&label, {label.width() / 2, label.height() / 2});
        QTest::mouseRelease(&label, Qt::LeftButton, {}, {label.width() / 2, label.height() / 2});
        QVERIFY(label.selectedText().contains(u'\u200B'));
        QTest::keySequence(&label, QKeySequence::Copy);
        const QString copied = QApplication::clipboard()->text();
        QVERIFY(copied.size() > 10 && copied.size() < longWord.size());
        QCOMPARE(copied, QString(copied.size(), u'w'));
    }

    void aShorterTextHasItsOwnName()
    {
        widgets::ValueLabel label({});
        label.setBreakableText(longWord);
        label.setBreakableText(u"short"_s);
        QCOMPARE(QAccessible::queryAccessibleInterface(&label)->text(QAccessible::Name), u"short"_s);
    }
};

BOOKDESK_PAGE_TEST_MAIN(ValueLabelTest)
#include "value-label-test.moc"
