// What the error card of a sign-in shows of texts that come from anywhere.
#include "app/hostile-checks.h"
#include "app/page-fixture.h"
#include "identity/errors.h"
#include "net/errors.h"
#include "pages/signin/error-card.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLabel>

using namespace bookdesk;
using namespace Qt::StringLiterals;

class ErrorCardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hostileTextIsShownAsItIs_data() { test::addHostileRows(); }

    void hostileTextIsShownAsItIs()
    {
        QFETCH(QString, text);
        pages::ErrorCard card;
        for (const ErrorCode code :
             {net::errors::tlsFailed, net::errors::connectionFailed, identity::errors::declined}) {
            const Error error{code, text, text, {foreignFact(facts::serverSaid, text), foreignFact(facts::host, text)}};
            card.show(error, text);
            test::buttonNamed(card, u"details"_s)->setChecked(true);
            QCOMPARE(test::hostileProblems(card, text), QString());
            test::buttonNamed(card, u"copyDetails"_s)->click();
            QVERIFY2(test::showsAll(QApplication::clipboard()->text()), qPrintable(QApplication::clipboard()->text()));
        }
        card.grab();
    }

    /// Screen readers start at the headline, but nobody is made to believe that it can be written in.
    void theHeadlineIsNoTextField()
    {
        pages::ErrorCard card;
        card.show(Error{identity::errors::declined, u"It was declined."_s, {}}, {});
        card.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&card));
        card.takeFocus();
        auto *focused = qobject_cast<QLabel *>(QApplication::focusWidget());
        QVERIFY(focused);
        QVERIFY(!(focused->textInteractionFlags() & (Qt::TextSelectableByKeyboard | Qt::TextEditable)));
        QAccessibleInterface *shown = QAccessible::queryAccessibleInterface(focused);
        QCOMPARE(shown->text(QAccessible::Name), card.headline());
        QCOMPARE(shown->role(), QAccessible::StaticText);
        QVERIFY(!shown->state().editable);
    }
};

BOOKDESK_PAGE_TEST_MAIN(ErrorCardTest)
#include "error-card-test.moc"
