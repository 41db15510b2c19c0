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

    void theHeadlineSaysWhatTheErrorMeans_data()
    {
        QTest::addColumn<Facts>("facts");
        QTest::addColumn<QString>("headline");
        const Fact error{facts::oauthError, u"invalid_client"_s};
        QTest::newRow("a number") << Facts{{facts::aadsts, u"7000218"_s}, error}
                                  << u"The registration expects a secret"_s;
        QTest::newRow("an error without one") << Facts{error} << u"The client was not accepted"_s;
        QTest::newRow("a number that is not known")
            << Facts{{facts::aadsts, u"99999999"_s}, error} << u"Sign-in did not work"_s;
        QTest::newRow("nothing") << Facts() << u"Sign-in did not work"_s;
    }

    void whoDeclinedIsSaid_data()
    {
        QTest::addColumn<QString>("number");
        QTest::addColumn<QString>("headline");
        QTest::newRow("the person") << u"65004"_s << u"Sign-in was declined"_s;
        QTest::newRow("nobody but an administrator may consent") << u"90094"_s << u"An administrator must consent"_s;
        QTest::newRow("a number that is not known") << u"99999999"_s << u"Sign-in was declined"_s;
        QTest::newRow("nobody knows") << QString() << u"Sign-in was declined"_s;
    }

    void whoDeclinedIsSaid()
    {
        QFETCH(const QString, number);
        const Facts facts{{facts::oauthError, u"access_denied"_s}, {facts::aadsts, number}};
        QTEST(pages::signInHeadline({identity::errors::declined, u"Declined."_s, {}, facts}, {}), "headline");
    }

    void theHeadlineSaysWhatTheErrorMeans()
    {
        QFETCH(const Facts, facts);
        QTEST(pages::signInHeadline({identity::errors::serverRefused, u"Refused."_s, {}, facts}, {}), "headline");
    }

    void whereAnAdministratorMustActThereIsARequest()
    {
        pages::ErrorCard card;
        card.setContext({u"Contoso"_s, u"t-1"_s, u"c-1"_s, u"a-1"_s, {}, {}, u"https://login.example.org/consent"_s});
        const QPushButton *copy = test::buttonNamed(card, u"copySignInRequest"_s);
        const auto show = [&card](const QString &number) {
            card.show({identity::errors::serverRefused, u"Refused."_s, {}, {{facts::aadsts, number}}}, {});
        };
        show(u"90094"_s);
        QVERIFY(copy->isVisible());
        test::buttonNamed(card, u"copySignInRequest"_s)->click();
        const QString request = QApplication::clipboard()->text();
        QVERIFY2(request.contains("c-1"_L1) && request.contains("https://login.example.org/consent"_L1),
                 qPrintable(request));
        for (const QString &number : {u"50011"_s, u"99999999"_s, QString()}) {
            show(number);
            QVERIFY2(!copy->isVisible(), qPrintable(number));
        }
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
