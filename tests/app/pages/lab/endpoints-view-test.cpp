// The tab *Endpoints* as a person uses it, against the real Sandbox over real sockets.
#include "app/desk-page-fixture.h"
#include "pages/lab/endpoint-detail.h"
#include "pages/lab/endpoints-table.h"
#include "pages/lab/endpoints-view.h"
#include "pages/lab/lab-page.h"
#include "pages/lab/scope-banner.h"
#include "style/metrics.h"
#include "widgets/banner.h"
#include "widgets/tab-order.h"

#include <QComboBox>
#include <QDialog>
#include <QFontMetrics>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using pages::EndpointsModel;
using pages::LabPage;

class EndpointsViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_at = std::make_unique<test::DeskPageFixture<LabPage>>();
        QVERIFY(m_at->isActive());
    }

    void cleanup() { m_at.reset(); }

    void whileNobodyIsSignedInItLeadsToTheSignIn()
    {
        QSignalSpy asked(m_at->page.get(), &LabPage::signInAsked);
        QTest::mouseClick(test::buttonNamed(*m_at->page, u"goToSignIn"_s), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QVERIFY(!button(u"runSafe"_s)->isVisible());
    }

    void readsTheApisRulesByItself()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QTRY_VERIFY(run().document());
        QVERIFY(test::containsPart(test::labelTexts(*m_at->page), u"from /openapi.json (2 found)"_s));
        QCOMPARE(model().rowCount(), 2);
        QCOMPARE(test::namelessControls(*m_at->page), QStringList());
    }

    void saysWhyTheApisRulesAreNotKnown()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QTRY_VERIFY(!run().isLoading());
        m_at->desk->stopSandbox();
        QTest::keyClick(m_at->page.get(), Qt::Key_F5);
        QTRY_VERIFY(view().problem().isVisible());
        QCOMPARE(view().problem().headline(), u"The API's own rules are not known"_s);
        QCOMPARE(model().rowCount(), 2);
    }

    void runsTheSafeCallsAndComparesThem()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QTest::mouseClick(button(u"runSafe"_s), Qt::LeftButton);
        QVERIFY(button(u"stopCalls"_s)->isVisible());
        QTRY_VERIFY(!run().isRunning());
        QVERIFY(button(u"runSafe"_s)->isVisible());
        QCOMPARE(cell(0, EndpointsModel::tokenColumn), u"has it"_s);
        QCOMPARE(cell(0, EndpointsModel::predictedColumn), u"200"_s);
        QCOMPARE(cell(0, EndpointsModel::actualColumn), u"200 OK"_s);
        QCOMPARE(cell(0, EndpointsModel::differenceColumn), u"as predicted"_s);
        QCOMPARE(cell(1, EndpointsModel::actualColumn), u"not run"_s);
        QTRY_VERIFY(test::containsPart(test::labelTexts(view()), u"Calls made: 1. No difference"_s));
        view().table().selectRow(0);
        QTest::mouseClick(button(u"runEndpoint"_s), Qt::LeftButton);
        QTRY_VERIFY(!test::containsPart(test::labelTexts(view()), u"Calls made"_s));
    }

    void aPathIsReadableInANarrowWindow()
    {
        lab::EndpointResult endpoint;
        endpoint.rule.rule = {"DELETE", u"/api/v1/books/{book_id}/loans/{loan_id}"_s, {u"Books.Read"_s}, {}};
        pages::EndpointsTable table;
        table.endpoints().setResults({endpoint}, std::nullopt, true);
        table.resize(1200, 300);
        table.show();
        const int usual = table.verticalHeader()->defaultSectionSize();
        const int column = EndpointsModel::pathColumn;
        QTRY_COMPARE(table.rowHeight(0), usual);
        const int whole = table.columnWidth(column);
        table.resize(560, 300);
        QTRY_VERIFY(table.columnWidth(column) < whole);
        const QFontMetrics metrics(style::monoFont(table.font()));
        const QRect room(0, 0, table.columnWidth(column) - 24, 1000);
        const int height =
            metrics.boundingRect(room, Qt::TextWordWrap | Qt::TextWrapAnywhere, endpoint.rule.rule.path).height();
        QVERIFY(height > 2 * metrics.height());
        QVERIFY(table.rowHeight(0) > height);
        QVERIFY(table.rowHeight(0) > usual);
        QVERIFY(table.sizeHint().height() >= table.horizontalHeader()->height() + table.rowHeight(0));
    }

    void readsOutAWholeSentenceForAChip()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        const QModelIndex chip = model().index(1, EndpointsModel::tokenColumn);
        QCOMPARE(chip.data(Qt::AccessibleTextRole).toString(), u"missing. Role Books.Admin is not in your token."_s);
    }

    void asksBeforeADelete()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        view().table().setFocus();
        view().table().selectRow(1);
        QTest::keyClick(&view().table(), Qt::Key_Return);
        QDialog *question = dialog(u"confirmEndpoint"_s);
        QVERIFY(question);
        const QStringList texts = test::labelTexts(*question);
        for (const QString &part :
             {u"DELETE /api/v1/books/{book_id}"_s, u"Riley Reader (riley.reader@sandbox.test)"_s, u"Sandbox"_s,
              u"403. Role Books.Admin is not in your token."_s, u"deleted for everyone"_s})
            QVERIFY2(test::containsPart(texts, part), qPrintable(part));
        QVERIFY(question->findChild<QPushButton *>(u"cancel"_s)->isDefault());
        auto *confirm = question->findChild<QPushButton *>(u"confirm"_s);
        QVERIFY(!confirm->isEnabled());
        auto *value = question->findChild<QLineEdit *>(u"value-book_id"_s);
        value->setText(u".."_s);
        QVERIFY(!confirm->isEnabled());
        value->setText(u"bk-0001"_s);
        const QStringList named = test::labelTexts(*question);
        for (const QString &part :
             {u"DELETE /api/v1/books/bk-0001"_s, u"/api/v1/books/bk-0001 is deleted for everyone"_s})
            QVERIFY2(test::containsPart(named, part), qPrintable(part));
        QTest::mouseClick(confirm, Qt::LeftButton);
        QTRY_COMPARE(cell(1, EndpointsModel::actualColumn), u"403 Forbidden"_s);
        QVERIFY(test::containsPart(test::labelTexts(view().detail()), u"you lack a role"_s));
    }

    void aCancelledQuestionSendsNothing()
    {
        QCOMPARE(signIn(u"ada"_s), QString());
        view().table().selectRow(1);
        QTest::mouseClick(button(u"runEndpoint"_s), Qt::LeftButton);
        QTest::mouseClick(dialog(u"confirmEndpoint"_s)->findChild<QPushButton *>(u"cancel"_s), Qt::LeftButton);
        QTRY_VERIFY(!dialog(u"confirmEndpoint"_s));
        QTRY_VERIFY(!run().isRunning());
        QCOMPARE(cell(1, EndpointsModel::actualColumn), u"not run"_s);
        for (const net::Exchange &exchange : m_at->desk->desk().exchanges().exchanges())
            QVERIFY(exchange.method != "DELETE");
    }

    void aQuestionEndsWithItsPerson()
    {
        QCOMPARE(signIn(u"ada"_s), QString());
        view().table().selectRow(1);
        QTest::mouseClick(button(u"runEndpoint"_s), Qt::LeftButton);
        const QPointer<QDialog> question = dialog(u"confirmEndpoint"_s);
        QVERIFY(question);
        m_at->desk->desk().session().signOut();
        QTRY_VERIFY(!question);
    }

    void aRuleOfOnesOwnIsAddedAndRemoved()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QTest::mouseClick(button(u"addRule"_s), Qt::LeftButton);
        QDialog *editor = dialog(u"ruleDialog"_s);
        editor->findChild<QComboBox *>(u"ruleMethod"_s)->setCurrentText(u"POST"_s);
        editor->findChild<QLineEdit *>(u"rulePath"_s)->setText(u"//evil.example"_s);
        editor->findChild<QLineEdit *>(u"ruleScopes"_s)->setText(u"Books.Write"_s);
        QTest::mouseClick(editor->findChild<QPushButton *>(u"saveRule"_s), Qt::LeftButton);
        QVERIFY(test::containsPart(test::labelTexts(*editor), u"another host"_s));
        editor->findChild<QLineEdit *>(u"rulePath"_s)->setText(u"/api/v1/books"_s);
        QTest::mouseClick(editor->findChild<QPushButton *>(u"saveRule"_s), Qt::LeftButton);
        QTRY_VERIFY(!dialog(u"ruleDialog"_s));
        QCOMPARE(model().rowCount(), 3);
        QCOMPARE(cell(2, EndpointsModel::needsColumn), u"scope Books.Write"_s);
        QCOMPARE(cell(2, EndpointsModel::tokenColumn), u"missing"_s);
        view().table().selectRow(2);
        QTest::mouseClick(button(u"editRule"_s), Qt::LeftButton);

        editor = dialog(u"ruleDialog"_s);
        editor->findChild<QLineEdit *>(u"rulePath"_s)->setText(u"/api/v1/shelves"_s);
        QTest::mouseClick(editor->findChild<QPushButton *>(u"saveRule"_s), Qt::LeftButton);
        QCOMPARE(model().rowCount(), 3);
        QCOMPARE(cell(2, EndpointsModel::pathColumn), u"/api/v1/shelves"_s);
        view().table().selectRow(2);
        QTest::mouseClick(button(u"removeRule"_s), Qt::LeftButton);
        QCOMPARE(model().rowCount(), 2);
    }

    void aScopeIsGotAndTheRefusedCallIsSentOnce_data()
    {
        QTest::addColumn<bool>("isConsented");
        QTest::newRow("in the browser") << false;
        QTest::newRow("without the person") << true;
    }

    void aScopeIsGotAndTheRefusedCallIsSentOnce()
    {
        QFETCH(const bool, isConsented);
        QCOMPARE(signIn(u"ada"_s), QString());
        openAs(u"ada"_s);
        QVERIFY(!isConsented || m_at->desk->sandbox().consent(u"ada"_s, u"Books.Write"_s));
        m_at->desk->sandbox().arm(sandbox::Fault::apiAsksForScope, sandbox::FaultSpan::untilCleared);
        view().table().selectRow(0);
        QVERIFY(!button(u"getScope"_s)->isVisible());
        const int before = calls();
        QTest::mouseClick(button(u"runEndpoint"_s), Qt::LeftButton);
        QTRY_VERIFY(button(u"getScope"_s)->isVisible() && button(u"getScope"_s)->isEnabled());
        QVERIFY(test::containsPart(test::labelTexts(view()), u"The connection lists it, and so far Bookdesk"_s));
        QCOMPARE(test::namelessControls(*m_at->page), QStringList());
        QTest::mouseClick(button(u"getScope"_s), Qt::LeftButton);
        QVERIFY(view().scopes().headline().startsWith(u"Getting the scope Books.Write"_s));
        QTRY_COMPARE(cell(0, EndpointsModel::actualColumn), u"200 OK"_s);
        QCOMPARE(calls(), before + 2);
        QCOMPARE(m_browsers, isConsented ? 0 : 1);
        QTRY_VERIFY(!button(u"getScope"_s)->isVisible());
        QVERIFY(!view().scopes().isVisible());
    }

    void theFocusFollowsTheScope_data()
    {
        QTest::addColumn<QString>("persona");
        QTest::newRow("got") << u"ada"_s;
        QTest::newRow("not got") << QString();
    }

    void theFocusFollowsTheScope()
    {
        QFETCH(const QString, persona);
        QCOMPARE(signIn(u"ada"_s), QString());
        openAs({});
        saveRule({u"Books.Read"_s, u"Books.Write"_s});
        view().table().selectRow(0);
        button(u"getScope"_s)->setFocus();
        QTest::keyClick(button(u"getScope"_s), Qt::Key_Space);
        QVERIFY(widgets::holdsFocus(view().scopes()));
        button(u"cancelAttempt"_s)->setFocus();
        QTRY_VERIFY(button(u"copyAttemptLink"_s));
        QVERIFY(widgets::holdsFocus(view().scopes()));
        button(u"openAttemptAgain"_s)->setFocus();
        openAs(persona);
        QTest::mouseClick(button(persona.isEmpty() ? u"cancelAttempt"_s : u"openAttemptAgain"_s), Qt::LeftButton);
        QTRY_VERIFY(!view().scopes().isUnderWay());
        QCOMPARE(view().scopes().isVisible(), persona.isEmpty());
        if (persona.isEmpty()) {
            QVERIFY(widgets::holdsFocus(view().scopes()));
            auto *close = view().scopes().findChild<QToolButton *>();
            close->setFocus();
            QTest::keyClick(close, Qt::Key_Space);
            QVERIFY(!view().scopes().isVisible());
        }
        QVERIFY(widgets::holdsFocus(view().table()));
    }

    /// Else it would be sent again at the desk that is shown now.
    void aRefusalThatComesAfterASwitchIsNotKept()
    {
        QCOMPARE(signIn(u"ada"_s), QString());
        test::SandboxDesk other;
        QCOMPARE(test::problemOf(other.signIn({u"ada"_s})), QString());
        QVERIFY(other.sandbox().consent(u"ada"_s, u"Books.Write"_s));
        for (test::SandboxDesk *desk : {m_at->desk.get(), &other}) {
            m_at->page->setDesk(&desk->desk());
            desk->sandbox().arm(sandbox::Fault::apiAsksForScope, sandbox::FaultSpan::untilCleared);
            QTRY_VERIFY(desk->desk().lab().endpoints().document());
        }
        refuseList();
        m_at->page->setDesk(&m_at->desk->desk());
        view().table().selectRow(0);
        QTest::mouseClick(button(u"runEndpoint"_s), Qt::LeftButton);
        QVERIFY(run().isRunning());
        m_at->page->setDesk(&other.desk());
        QTRY_VERIFY(!run().isRunning());
        QCOMPARE(sent(m_at->desk->desk()), 1);
        view().table().selectRow(0);
        QTest::mouseClick(button(u"getScope"_s), Qt::LeftButton);
        QTRY_VERIFY(!view().scopes().isUnderWay() && !other.desk().lab().endpoints().isRunning());
        QVERIFY(!view().scopes().isVisible());
        QCOMPARE(sent(other.desk()), 1);
        m_at->page->setDesk(&m_at->desk->desk());
    }

    void aScopeForAnotherEndpointSendsNothing()
    {
        QCOMPARE(signIn(u"ada"_s), QString());
        QVERIFY(m_at->desk->sandbox().consent(u"ada"_s, u"Books.Write"_s));
        m_at->desk->sandbox().arm(sandbox::Fault::apiAsksForScope, sandbox::FaultSpan::untilCleared);
        saveRule({u"Books.Read"_s, u"Books.Write"_s});
        const int remove = model().rowOf(books::deleteRule());
        view().table().selectRow(remove);
        QTest::mouseClick(button(u"runEndpoint"_s), Qt::LeftButton);
        dialog(u"confirmEndpoint"_s)->findChild<QLineEdit *>(u"value-book_id"_s)->setText(u"bk-0001"_s);
        QTest::mouseClick(dialog(u"confirmEndpoint"_s)->findChild<QPushButton *>(u"confirm"_s), Qt::LeftButton);
        QTRY_COMPARE(cell(remove, EndpointsModel::actualColumn), u"403 Forbidden"_s);
        view().table().selectRow(model().rowOf(books::listRule()));
        QTRY_VERIFY(button(u"getScope"_s)->isVisible() && button(u"getScope"_s)->isEnabled());
        QTest::mouseClick(button(u"getScope"_s), Qt::LeftButton);
        view().table().selectRow(remove);
        QTRY_VERIFY(!view().scopes().isUnderWay() && !run().isRunning());
        QVERIFY(!view().scopes().isVisible());
        QCOMPARE(sent(m_at->desk->desk()), 1);
    }

    void whoSelectsAnotherEndpointMeanwhileSendsNothing()
    {
        QCOMPARE(signIn(u"ada"_s), QString());
        QVERIFY(m_at->desk->sandbox().consent(u"ada"_s, u"Books.Write"_s));
        m_at->desk->sandbox().arm(sandbox::Fault::apiAsksForScope, sandbox::FaultSpan::untilCleared);
        refuseList();
        QTest::mouseClick(button(u"getScope"_s), Qt::LeftButton);
        view().table().selectRow(1);
        QTRY_VERIFY(!view().scopes().isUnderWay() && !run().isRunning());
        QVERIFY(!view().scopes().isVisible());
        QCOMPARE(sent(m_at->desk->desk()), 1);
    }

    void anOldRefusalIsNotSentAgain()
    {
        QCOMPARE(signIn(u"ada"_s), QString());
        QVERIFY(m_at->desk->sandbox().consent(u"ada"_s, u"Books.Write"_s));
        m_at->desk->sandbox().arm(sandbox::Fault::apiAsksForScope, sandbox::FaultSpan::untilCleared);
        pages::EndpointsView old(nullptr, std::chrono::milliseconds(0));
        old.setDesk(&m_at->desk->desk());
        old.show();
        old.table().selectRow(0);
        QTest::mouseClick(test::buttonNamed(old, u"runEndpoint"_s), Qt::LeftButton);
        QPushButton *get = test::buttonNamed(old, u"getScope"_s);
        QTRY_VERIFY(get->isVisible() && get->isEnabled());
        QTest::mouseClick(get, Qt::LeftButton);
        QTRY_VERIFY(!old.scopes().isUnderWay() && !run().isRunning());
        QVERIFY(!old.scopes().isVisible());
        QCOMPARE(sent(m_at->desk->desk()), 1);
    }

    void theSelectedEndpointIsFoundAgainAmongOtherRules()
    {
        QCOMPARE(signIn(u"ada"_s), QString());
        QTRY_VERIFY(run().document());
        const books::AccessRule first{"POST", u"/api/v1/shelves"_s, {}, {}};
        const books::AccessRule second{"PUT", u"/api/v1/shelves"_s, {}, {}};
        QVERIFY(m_at->desk->desk().lab().saveRule(first) && m_at->desk->desk().lab().saveRule(second));
        view().table().selectRow(model().rowOf(second));
        test::SandboxDesk other;
        m_at->page->setDesk(&other.desk());
        QVERIFY(m_at->desk->desk().lab().removeRule(first));
        m_at->page->setDesk(&m_at->desk->desk());
        QCOMPARE(view().table().selectedRow(), model().rowOf(second));
        m_at->page->setDesk(&other.desk());
        QVERIFY(m_at->desk->desk().lab().removeRule(second));
        m_at->page->setDesk(&m_at->desk->desk());
        QVERIFY(view().table().selectedRow() < model().rowCount());
    }

    void aRuleOffersTheScopeBeforeAnythingIsCalled()
    {
        QCOMPARE(signIn(u"ada"_s), QString());
        openAs(u"ada"_s);
        saveRule({u"Books.Read"_s, u"Books.Write"_s});
        QTRY_COMPARE(cell(0, EndpointsModel::predictedColumn), u"403"_s);
        const int before = calls();
        view().table().selectRow(0);
        QTest::mouseClick(button(u"getScope"_s), Qt::LeftButton);
        QTRY_COMPARE(cell(0, EndpointsModel::predictedColumn), u"200"_s);
        QTRY_VERIFY(!view().scopes().isUnderWay());
        QCOMPARE(calls(), before);
    }

    void severalScopesAreNamedAsSuch()
    {
        QCOMPARE(signIn(u"ada"_s), QString());
        openAs({});
        saveRule({u"Books.Export"_s, u"Books.Print"_s});
        view().table().selectRow(0);
        QVERIFY(
            test::containsPart(test::labelTexts(view()), u"does not list 2 scopes, so Bookdesk never asks for them"_s));
        const QString names = QLocale().createSeparatedList({u"Books.Write"_s, u"Books.Print"_s});
        pages::EndpointDetail detail;
        lab::EndpointResult endpoint;
        detail.setResult(endpoint, true, {{u"Books.Write"_s, u"Books.Print"_s}, {}});
        QVERIFY(test::containsPart(test::labelTexts(detail), u"lacks 2 scopes: %1."_s.arg(names)));
        QCOMPARE(detail.findChild<QPushButton *>(u"getScope"_s)->text(), u"Get these scopes"_s);
        pages::ScopeBanner banner;
        banner.setDesk(&m_at->desk->desk());
        banner.get({u"Books.Write"_s, u"Books.Print"_s});
        QCOMPARE(banner.headline(), u"Getting 2 scopes: %1…"_s.arg(names));
        m_at->desk->desk().cancelSignIn();
        QTRY_COMPARE(banner.headline(), u"2 scopes were not granted: %1"_s.arg(names));
    }

    void aScopeThatTheConnectionDoesNotListIsNotOffered()
    {
        QCOMPARE(signIn(u"ada"_s), QString());
        saveRule({u"Books.Export"_s});
        QTRY_COMPARE(cell(0, EndpointsModel::predictedColumn), u"403"_s);
        view().table().selectRow(0);
        QVERIFY(!button(u"getScope"_s)->isVisible());
        QVERIFY(test::containsPart(test::labelTexts(view()), u"The connection does not list Books.Export"_s));
    }

    void aScopeThatIsNotGotIsSaid_data()
    {
        QTest::addColumn<QString>("persona");
        QTest::addColumn<QString>("why");
        QTest::newRow("another account") << u"riley"_s << u"the browser came back with"_s;
        QTest::newRow("cancelled") << QString() << u"cancelled"_s;
    }

    void aScopeThatIsNotGotIsSaid()
    {
        QFETCH(const QString, persona);
        QFETCH(const QString, why);
        QCOMPARE(signIn(u"ada"_s), QString());
        openAs(persona);
        saveRule({u"Books.Write"_s});
        view().table().selectRow(0);
        QTRY_VERIFY(button(u"getScope"_s)->isVisible());
        QTest::mouseClick(button(u"getScope"_s), Qt::LeftButton);
        if (persona.isEmpty()) {
            QTRY_VERIFY(button(u"copyAttemptLink"_s));
            QTest::mouseClick(button(u"cancelAttempt"_s), Qt::LeftButton);
        }
        QTRY_COMPARE(view().scopes().headline(), u"The scope Books.Write was not granted"_s);
        QVERIFY2(view().scopes().text().contains(why), qPrintable(view().scopes().text()));
        QVERIFY(button(u"getScope"_s)->isEnabled());
    }

private:
    /// Asks for the list, which needs a scope that can be got.
    void refuseList() const
    {
        view().table().selectRow(0);
        QTest::mouseClick(button(u"runEndpoint"_s), Qt::LeftButton);
        QTRY_VERIFY(button(u"getScope"_s)->isVisible() && button(u"getScope"_s)->isEnabled());
    }

    /// The rule for the list, as the person writes it.
    void saveRule(const QStringList &scopes) const
    {
        const books::AccessRule list = books::listRule();
        QVERIFY(m_at->desk->desk().lab().saveRule({list.method, list.path, scopes, {}}));
    }

    /// @param persona who signs in where the browser opens; nobody where it is empty.
    void openAs(const QString &persona)
    {
        m_browsers = 0;
        m_at->desk->useBrowser([this, persona](const QUrl &url) -> identity::Opening {
            ++m_browsers;
            if (persona.isEmpty())
                return Result<void>();
            m_browser = workspace::personaBrowser({persona, false}, {});
            return m_browser(url);
        });
    }

    /// How often the list was asked for.
    int calls() const
    {
        int count = 0;
        for (const net::Exchange &exchange : m_at->desk->desk().exchanges().exchanges())
            count += QUrl(exchange.url).path() == u"/api/v1/books" ? 1 : 0;
        return count;
    }

    /// How often the API of this desk was called.
    static int sent(workspace::Desk &desk)
    {
        const auto &all = desk.exchanges().exchanges();
        return static_cast<int>(std::ranges::count_if(all, [](const net::Exchange &exchange) {
            return QUrl(exchange.url).path().startsWith(u"/api/v1/books"_s);
        }));
    }

    pages::EndpointsView &view() const { return m_at->page->endpoints(); }
    EndpointsModel &model() const { return view().table().endpoints(); }
    lab::EndpointRun &run() const { return m_at->desk->desk().lab().endpoints(); }
    QPushButton *button(const QString &name) const { return test::buttonNamed(*m_at->page, name); }
    QDialog *dialog(const QString &name) const { return m_at->page->findChild<QDialog *>(name); }
    QString cell(int row, int column) const { return model().index(row, column).data().toString(); }

    QString signIn(const QString &persona) { return test::problemOf(m_at->desk->signIn({persona})); }

    std::unique_ptr<test::DeskPageFixture<LabPage>> m_at;
    int m_browsers = 0;
    identity::OpenUrl m_browser; ///< Lives as long as its visits.
};

BOOKDESK_PAGE_TEST_MAIN(EndpointsViewTest)
#include "endpoints-view-test.moc"
