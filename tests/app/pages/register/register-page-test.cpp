// Register it for me: the texts follow the form, and each is copied and saved as it is shown.
#include "app/page-fixture.h"
#include "identity/connection.h"
#include "pages/register/portal-view.h"
#include "pages/register/register-form.h"
#include "pages/register/register-page.h"
#include "pages/register/save-connection-dialog.h"
#include "pages/register/steps-table.h"
#include "registration/sample-plan.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QToolButton>

#include <memory>

using namespace bookdesk;
using namespace Qt::StringLiterals;
using pages::ScriptView;
using registration::Tool;

class RegisterPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_page = std::make_unique<pages::RegisterPage>();
        m_page->resize(1000, 700);
        m_page->show();
        m_page->begin(test::samplePlan());
        QGuiApplication::clipboard()->clear();
    }
    void cleanup() { m_page.reset(); }

    void everyControlHasAName()
    {
        for (const auto tab : {ScriptView::Tab::az, ScriptView::Tab::portal, ScriptView::Tab::graph}) {
            m_page->scripts().showTab(tab);
            QCOMPARE(test::namelessControls(*m_page), QStringList());
        }
    }

    void eachTabShowsItsScript_data()
    {
        QTest::addColumn<ScriptView::Tab>("tab");
        QTest::addColumn<Tool>("tool");
        QTest::newRow("az") << ScriptView::Tab::az << Tool::az;
        QTest::newRow("Graph") << ScriptView::Tab::graph << Tool::azRest;
        QTest::newRow("Bicep") << ScriptView::Tab::bicep << Tool::bicep;
        QTest::newRow("Terraform") << ScriptView::Tab::terraform << Tool::terraform;
    }

    void eachTabShowsItsScript()
    {
        QFETCH(const ScriptView::Tab, tab);
        QFETCH(const Tool, tool);
        m_page->scripts().showTab(tab);
        QCOMPARE(shownSteps(), codeOf(tool));
        const bool isTwice = registration::scriptFor(test::samplePlan(), tool).canBeRunTwice;
        QVERIFY(test::labelTexts(m_page->scripts()).contains(isTwice ? u"can be run twice"_s : u"run once"_s));
        test::buttonNamed(*m_page, u"copyScript"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 registration::fileText(registration::scriptFor(test::samplePlan(), tool)));
    }

    void graphOffersPowerShell()
    {
        m_page->scripts().showTab(ScriptView::Tab::graph);
        auto *tool = m_page->findChild<QComboBox *>(u"graphTool"_s);
        QVERIFY(tool->isVisible());
        tool->setCurrentIndex(1);
        QCOMPARE(shownSteps(), codeOf(Tool::powerShell));
    }

    void theTextFollowsTheForm()
    {
        field(u"apiName"_s).setText(u"Library"_s);
        QVERIFY(!shownSteps().join(u'\n').contains(u"Library"_s));
        QTRY_VERIFY(shownSteps().join(u'\n').contains(u"'Library'"_s));
        m_page->findChild<QCheckBox *>(u"hasWriteScope"_s)->setChecked(true);
        QTRY_VERIFY(shownSteps().join(u'\n').contains(u"Books.Write"_s));
        m_page->findChild<QCheckBox *>(u"isOneRegistration"_s)->setChecked(true);
        QTRY_VERIFY(shownSteps().contains(u"client=$api"_s));
        QVERIFY(!field(u"clientName"_s).isEnabled());
    }

    void theTextKeepsItsPlace()
    {
        QScrollBar *bar = table().verticalScrollBar();
        QVERIFY(bar->maximum() > 200);
        bar->setValue(200);
        table().selectRow(3);
        bar->setValue(200);
        field(u"apiName"_s).setText(u"Library"_s);
        QTRY_VERIFY(shownSteps().join(u'\n').contains(u"'Library'"_s));
        QCOMPARE(bar->value(), 200);
        QCOMPARE(table().currentIndex().row(), 3);
    }

    void whileAFieldIsWrongTheLastTextStays()
    {
        const QStringList before = shownSteps();
        QVERIFY(strip().isHidden());
        field(u"apiName"_s).setText(u"--debug"_s);
        QTRY_VERIFY(!strip().isHidden());
        QCOMPARE(shownSteps(), before);
        QVERIFY(!test::buttonNamed(*m_page, u"copyScript"_s)->isEnabled());
        QVERIFY(!test::buttonNamed(*m_page, u"saveScript"_s)->isEnabled());
        QVERIFY(!test::buttonNamed(*m_page, u"saveConnectionFile"_s)->isEnabled());
        field(u"apiName"_s).setText(u"Library"_s);
        QTRY_VERIFY(strip().isHidden());
        QVERIFY(test::buttonNamed(*m_page, u"copyScript"_s)->isEnabled());
    }

    void whatIsWrongIsSaidOnceTheFieldIsLeft()
    {
        QLineEdit &name = field(u"apiAddress"_s);
        name.setFocus();
        name.setText(u"books"_s);
        QVERIFY(label(u"apiAddressProblem"_s).isHidden());
        Q_EMIT name.editingFinished();
        QVERIFY(!label(u"apiAddressProblem"_s).isHidden());
        QCOMPARE(name.accessibleDescription(), label(u"apiAddressProblem"_s).text());
        name.setText(u"https://books.contoso.com"_s);
        QVERIFY(label(u"apiAddressProblem"_s).isHidden());
    }

    void anEmptyFormAsksToBeCompleted()
    {
        m_page->begin(registration::planFor(std::nullopt));
        QVERIFY(!strip().isHidden());
        QCOMPARE(shownSteps(), QStringList());
        for (const auto *problem : m_page->form().findChildren<QLabel *>()) {
            if (problem->objectName().endsWith(u"Problem"_s))
                QVERIFY(problem->isHidden());
        }
    }

    void allTabsHaveTheSameIds()
    {
        m_page->begin(registration::planFor(std::nullopt));
        fillIn();
        QTRY_VERIFY(strip().isHidden());
        const registration::Plan plan = m_page->form().plan();
        for (int tab = 1; tab < 5; ++tab) {
            m_page->findChild<QTabBar *>(u"registrationTabs"_s)->setCurrentIndex(tab);
            QVERIFY(shownSteps().join(u'\n').contains(plan.ids.readScope));
            QVERIFY(shownSteps().join(u'\n').contains(plan.ids.adminRole));
        }
        field(u"apiName"_s).setText(u"Another"_s);
        QCOMPARE(m_page->form().plan().ids, plan.ids);
        m_page->begin(registration::planFor(std::nullopt));
        QVERIFY(m_page->form().plan().ids != plan.ids);
    }

    void aTenantThatWasTypedIsAskedForOnce()
    {
        QSignalSpy asked(m_page.get(), &pages::RegisterPage::tenantAsked);
        QLineEdit &tenant = field(u"tenant"_s);
        tenant.clear();
        QTest::keyClicks(&tenant, QStringLiteral("tenant"));
        Q_EMIT tenant.editingFinished();
        QCOMPARE(asked.count(), 0);
        QTest::keyClicks(&tenant, u".com"_s);
        Q_EMIT tenant.editingFinished();
        Q_EMIT tenant.editingFinished();
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.front().front().value<registration::Plan>().tenant, u"tenant.com"_s);
    }

    void aTenantThatWasFoundIsUsedUntilItIsChanged()
    {
        const QString id = u"aaaaaaaa-3b52-4d18-9a60-7e2c41d8f036"_s;
        m_page->form().showTenant({pages::TenantPhase::asking, {}, {}});
        auto *cancel = m_page->findChild<QToolButton *>(u"cancelTenant"_s);
        QVERIFY(cancel->isVisible());
        QSignalSpy cancelled(m_page.get(), &pages::RegisterPage::tenantCancelled);
        cancel->click();
        QCOMPARE(cancelled.count(), 1);
        m_page->form().showTenant({pages::TenantPhase::found, id, {}});
        QVERIFY(!cancel->isVisible());
        QTRY_VERIFY(shownSteps().join(u'\n').contains(id));
        QTest::keyClicks(&field(u"tenant"_s), u"x"_s);
        QTRY_VERIFY(!shownSteps().join(u'\n').contains(id));
        QVERIFY(shownSteps().join(u'\n').contains(u"contoso.comx"_s));
    }

    void ctrlCCopiesTheStep()
    {
        table().setFocus();
        // Not the cell, which is what the step does.
        table().setCurrentIndex(table().model()->index(2, 1));
        QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), shownSteps().at(2));
        QCOMPARE(test::announced(*m_page), u"The step was copied."_s);
    }

    void aStepIsReadOutWithItsMeaning()
    {
        const QAbstractItemModel *model = table().model();
        const QString code = model->index(1, 0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(code.startsWith(u"Step 2: "_s), qPrintable(code));
        QVERIFY(!model->index(1, 1).data(Qt::AccessibleTextRole).toString().isEmpty());
        QVERIFY(model->headerData(0, Qt::Horizontal).toString().startsWith(QString::number(model->rowCount())));
    }

    void eachValueOfThePortalIsCopied()
    {
        m_page->scripts().showTab(ScriptView::Tab::portal);
        const auto buttons = m_page->findChildren<QToolButton *>(u"copyValue"_s);
        std::size_t values = 0;
        for (const registration::PortalStep &step : registration::portalSteps(test::samplePlan()))
            values += step.values.size();
        QCOMPARE(std::size_t(buttons.size()), values);
        buttons.at(1)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"Contoso Books API"_s);
    }

    void rolesAreAddedAndRemoved()
    {
        auto *add = test::buttonNamed(*m_page, u"addAssignment"_s);
        add->click();
        const auto names = m_page->findChildren<QLineEdit *>(u"assignee"_s);
        QCOMPARE(names.size(), 4);
        names.back()->setText(u"nora@contoso.com"_s);
        m_page->findChildren<QComboBox *>(u"assignedRole"_s).back()->setCurrentIndex(1);
        const registration::Assignment nora{registration::AssigneeKind::person, u"nora@contoso.com"_s,
                                            registration::Role::admin};
        QCOMPARE(m_page->form().plan().assignments.back(), nora);
        m_page->findChildren<QToolButton *>(u"removeAssignment"_s).front()->click();
        QCOMPARE(m_page->form().plan().assignments.size(), std::size_t(3));
        QCOMPARE(m_page->form().plan().assignments.front().name, u"riley@contoso.com"_s);
    }

    void theScriptIsSaved()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"register.sh"_s);
        m_page->scripts().saveTo(path);
        QTRY_COMPARE(label(u"scriptSaid"_s).text(), u"The script was saved."_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(file.readAll()),
                 registration::fileText(registration::scriptFor(test::samplePlan(), Tool::az)));
    }

    void aScriptThatCannotBeSavedIsSaid()
    {
        m_page->scripts().saveTo(u"/no/such/folder/register.sh"_s);
        QTRY_VERIFY(!label(u"scriptSaid"_s).isHidden());
        QVERIFY(label(u"scriptSaid"_s).text() != u"The script was saved."_s);
        QCOMPARE(label(u"scriptSaid"_s).property("tone").toString(), u"bad"_s);
        test::buttonNamed(*m_page, u"copyScript"_s)->click();
        QCOMPARE(label(u"scriptSaid"_s).property("tone").toString(), QString());
    }

    void theConnectionFileNeedsBothIds()
    {
        test::buttonNamed(*m_page, u"saveConnectionFile"_s)->click();
        auto *dialog = m_page->findChild<pages::SaveConnectionDialog *>();
        QVERIFY(dialog);
        QByteArray made;
        bool wasOpen = true;
        connect(dialog, &pages::SaveConnectionDialog::made, this, [&](const QByteArray &text) {
            made = text;
            wasOpen = dialog->isVisible();
        });
        dialog->findChild<QLineEdit *>(u"apiId"_s)->setText(u" BBBBBBBB-cccc-dddd-eeee-ffffffffffff "_s);
        test::buttonNamed(*dialog, u"saveConnection"_s)->click();
        QVERIFY(!dialog->findChild<QLabel *>(u"idProblem"_s)->isHidden());
        QVERIFY(made.isEmpty());
        const QString problem = dialog->findChild<QLabel *>(u"idProblem"_s)->text();
        QVERIFY2(problem.startsWith(u"Bookdesk's ID"_s), qPrintable(problem));
        QCOMPARE(dialog->focusWidget(), dialog->findChild<QLineEdit *>(u"clientId"_s));
        dialog->findChild<QLineEdit *>(u"clientId"_s)->setText(u"66666666-7777-8888-9999-aaaaaaaaaaaa"_s);
        test::buttonNamed(*dialog, u"saveConnection"_s)->click();
        QVERIFY(!wasOpen);
        QTRY_VERIFY(m_page->findChild<QWidget *>(u"saveConnectionFileDialog"_s));
        const Result<identity::Connection> connection = identity::readConnection(made);
        QVERIFY(connection);
        QCOMPARE(connection->audience, u"bbbbbbbb-cccc-dddd-eeee-ffffffffffff"_s);
        QCOMPARE(connection->clientId, u"66666666-7777-8888-9999-aaaaaaaaaaaa"_s);
        const QTemporaryDir folder;
        m_page->saveConnectionTo(folder.filePath(u"books.json"_s), made);
        QTRY_COMPARE(label(u"scriptSaid"_s).text(), u"The connection file was saved."_s);
    }

    void whatHappenedIsForgottenWithWhatItWasAbout()
    {
        test::buttonNamed(*m_page, u"copyScript"_s)->click();
        QVERIFY(label(u"scriptSaid"_s).isVisible());
        m_page->scripts().showTab(ScriptView::Tab::bicep);
        QVERIFY(!label(u"scriptSaid"_s).isVisible());
        test::buttonNamed(*m_page, u"copyScript"_s)->click();
        QVERIFY(label(u"scriptSaid"_s).isVisible());
        field(u"apiName"_s).setText(u"Library"_s);
        QTRY_VERIFY(!label(u"scriptSaid"_s).isVisible());
    }

    void whatIsWrongIsAnnounced()
    {
        QLineEdit &address = field(u"apiAddress"_s);
        address.setText(u"books"_s);
        QTRY_COMPARE(test::announced(*m_page), u"Complete the form"_s);
        Q_EMIT address.editingFinished();
        QCOMPARE(test::announced(*m_page), label(u"apiAddressProblem"_s).text());
        auto *assignee = m_page->findChildren<QLineEdit *>(u"assignee"_s).front();
        assignee->setText(u"ada@"_s);
        Q_EMIT assignee->editingFinished();
        QCOMPARE(test::announced(*m_page), assignee->accessibleDescription());
        QVERIFY(!assignee->accessibleDescription().isEmpty());
    }

    void whatBecameOfTheTenantIsAnnounced()
    {
        m_page->form().showTenant({pages::TenantPhase::notFound, {}, u"Not found. Nobody has it."_s});
        QCOMPARE(test::announced(*m_page), u"Not found. Nobody has it."_s);
        m_page->form().showTenant({pages::TenantPhase::found, u"aaaaaaaa-3b52-4d18-9a60-7e2c41d8f036"_s, {}});
        QCOMPARE(test::announced(*m_page), u"The tenant was found."_s);
    }

    void controlsOfARowSayWhoseTheyAre()
    {
        QCOMPARE(m_page->findChildren<QComboBox *>(u"assignedRole"_s).front()->accessibleName(),
                 u"Role of ada@contoso.com"_s);
        QCOMPARE(m_page->findChildren<QToolButton *>(u"removeAssignment"_s).front()->accessibleName(),
                 u"Remove ada@contoso.com"_s);
        m_page->findChildren<QLineEdit *>(u"assignee"_s).front()->setText(u"Editors"_s);
        QCOMPARE(m_page->findChildren<QComboBox *>(u"assignedRole"_s).front()->accessibleName(), u"Role of Editors"_s);
    }

    void escLeaves()
    {
        QSignalSpy left(m_page.get(), &pages::RegisterPage::left);
        m_page->activateWindow();
        field(u"tenant"_s).setFocus();
        QTRY_VERIFY(field(u"tenant"_s).hasFocus());
        QTest::keyClick(&field(u"tenant"_s), Qt::Key_Escape);
        QCOMPARE(left.count(), 1);
        m_page->findChild<QToolButton *>(u"registerBack"_s)->click();
        QCOMPARE(left.count(), 2);
    }

private:
    QLineEdit &field(const QString &name) const { return *m_page->findChild<QLineEdit *>(name); }
    QLabel &label(const QString &name) const { return *m_page->findChild<QLabel *>(name); }
    QWidget &strip() const { return *m_page->findChild<QWidget *>(u"incomplete"_s); }
    pages::StepsTable &table() const { return *m_page->findChild<pages::StepsTable *>(); }

    void fillIn() const
    {
        field(u"tenant"_s).setText(u"contoso.com"_s);
        field(u"apiName"_s).setText(u"Contoso Books API"_s);
        field(u"apiAddress"_s).setText(u"https://books.contoso.com"_s);
    }

    QStringList shownSteps() const
    {
        QStringList steps;
        for (int row = 0; row < table().model()->rowCount(); ++row)
            steps += table().model()->index(row, 0).data().toString();
        return steps;
    }

    static QStringList codeOf(Tool tool)
    {
        QStringList steps;
        for (const registration::Step &step : registration::scriptFor(test::samplePlan(), tool).steps)
            steps += step.code.text;
        return steps;
    }

    std::unique_ptr<pages::RegisterPage> m_page;
};

BOOKDESK_PAGE_TEST_MAIN(RegisterPageTest)
#include "register-page-test.moc"
