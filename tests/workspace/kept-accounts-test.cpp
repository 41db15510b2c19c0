// Sign-ins of several accounts that the next run finds in a real keyring.
#include "core/json.h"
#include "identity/keychain.h"
#include "identity/system-keychain.h"
#include "workspace/finish-work.h"
#include "workspace/kept-run.h"

#include <QCoroTask>
#include <QSettings>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using identity::Account;
using identity::TokenVault;
using test::Run;
using workspace::Desk;
using workspace::KeptSignIns;
using workspace::Setting;
using workspace::Workspace;

namespace {

const QString riley = u"Riley Reader"_s;
const QString ada = u"Ada Admin"_s;

} // namespace

class KeptAccountsTest : public QObject, private test::KeptAccountsBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startSandbox(); }
    void cleanupTestCase() { stopSandbox(); }
    void init() { keepAccounts(); }
    void cleanup() { keepNobody(); }

    void theAccountShownLastIsSignedIn_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("the first one") << riley;
        QTest::newRow("the second one") << ada;
    }

    void theAccountShownLastIsSignedIn()
    {
        QFETCH(const QString, name);
        noteLast(name == riley ? m_rileysId : m_adasId);
        Run next(m_folder->path(), m_connection);
        QVERIFY(next.begin());
        QTRY_COMPARE(next.nameInUse(), name);
        Desk *const other = next.deskOf(name == riley ? ada : riley);
        QVERIFY(other);
        QVERIFY(!other->session().current());
        next.workspace->switchTo(*other);
        QTRY_COMPARE(next.nameInUse(), name == riley ? ada : riley);
        QVERIFY(next.deskOf(name)->session().current());
        QCOMPARE(next.browsers, 0);
        QCOMPARE(next.stored().size(), std::size_t{2});
    }

    void aCancelledOneIsTriedAgainWhenItIsSwitchedTo()
    {
        noteLast(m_rileysId);
        Run next(m_folder->path(), m_connection);
        QVERIFY(next.begin());
        QTRY_COMPARE(next.nameInUse(), riley);
        Desk *const adas = next.deskOf(ada);
        next.workspace->switchTo(*adas);
        QVERIFY(adas->isResuming());
        adas->cancelSignIn();
        QVERIFY(!adas->isResuming());
        QCOMPARE(next.deskOf(ada), adas);
        next.workspace->switchTo(*next.deskOf(riley));
        next.workspace->switchTo(*adas);
        QTRY_COMPARE(next.nameInUse(), ada);
    }

    void aSwitchLetsAStoredSignInGoOn()
    {
        noteLast(m_rileysId);
        Run next(m_folder->path(), m_connection);
        QVERIFY(next.begin());
        QTRY_COMPARE(next.nameInUse(), riley);
        Desk *const adas = next.deskOf(ada);
        next.workspace->switchTo(*adas);
        next.workspace->switchTo(*next.deskOf(riley));
        QVERIFY(adas->isResuming());
        QTRY_VERIFY(adas->session().current());
        QCOMPARE(next.nameInUse(), riley);
    }

    void nobodyIsBroughtBackInPlaceOfWhoSignedOut()
    {
        noteLast(m_rileysId);
        {
            Run second(m_folder->path(), m_connection);
            QVERIFY(second.begin());
            QTRY_COMPARE(second.nameInUse(), riley);
            QVERIFY(QCoro::waitFor(second.workspace->desk()->signOut()));
            QCOMPARE(second.stored().size(), std::size_t{1});
        }
        Run next(m_folder->path(), m_connection);
        QVERIFY(next.begin());
        QTRY_VERIFY(next.deskOf(ada));
        QVERIFY(next.workspace->desk()->isVacant());
        QVERIFY(!next.deskOf(riley));
        QCOMPARE(next.nameInUse(), QString());
    }

    void whoSignedOutInVainIsNotBroughtBack()
    {
        noteLast(m_rileysId);
        {
            Run second(m_folder->path(), m_connection, std::chrono::milliseconds(200));
            QVERIFY(second.begin());
            QTRY_COMPARE(second.nameInUse(), riley);
            identity::VaultLock held = QCoro::waitFor(second.vault->lock({})).value_or(nullptr);
            QVERIFY(held);
            const auto signedOut = QCoro::waitFor(second.workspace->desk()->signOut());
            QVERIFY(!signedOut);
            QCOMPARE(signedOut.error().code.toString(), u"vault.busy"_s);
            QCOMPARE(workspace::Settings().text(Setting::lastAccount), QString());
            // The person who checks again while it is still there.
            QVERIFY(QCoro::waitFor(second.vault->check()));
            QCOMPARE(second.nameInUse(), QString());
            QVERIFY(!second.deskOf(riley));
            held.reset();
            QVERIFY(QCoro::waitFor(second.vault->check()));
            QTRY_COMPARE(second.stored().size(), std::size_t{1});
            QCOMPARE(second.nameInUse(), QString());
            QVERIFY(!second.deskOf(riley));
            const auto left = QCoro::waitFor(second.vault->find(m_rileysId));
            QVERIFY(left && !*left);
        }
    }

    void whoSignedOutInVainBeforeTheProgramEndedIsNotBroughtBack()
    {
        noteLast(m_rileysId);
        {
            Run second(m_folder->path(), m_connection, std::chrono::milliseconds(200));
            QVERIFY(second.begin());
            QTRY_COMPARE(second.nameInUse(), riley);
            const identity::VaultLock held = QCoro::waitFor(second.vault->lock({})).value_or(nullptr);
            QVERIFY(held);
            QVERIFY(!QCoro::waitFor(second.workspace->desk()->signOut()));
        }
        Run next(m_folder->path(), m_connection);
        QVERIFY(next.begin());
        QTRY_VERIFY(next.deskOf(riley));
        QVERIFY(next.workspace->desk()->isVacant());
        QCOMPARE(next.nameInUse(), QString());
    }

    void theProgramsEndWaitsForASignOut()
    {
        noteLast(m_rileysId);
        {
            Run second(m_folder->path(), m_connection);
            QVERIFY(second.begin());
            QTRY_COMPARE(second.nameInUse(), riley);
            second.workspace->desk()->signOut();
            workspace::finishWork(*second.workspace, std::chrono::seconds(20));
        }
        Run next(m_folder->path(), m_connection);
        QCOMPARE(next.stored().size(), std::size_t{1});
    }

    void theProgramsEndDoesNotWaitForEver()
    {
        noteLast(m_rileysId);
        Run second(m_folder->path(), m_connection);
        QVERIFY(second.begin());
        QTRY_COMPARE(second.nameInUse(), riley);
        const identity::VaultLock held = QCoro::waitFor(second.vault->lock({})).value_or(nullptr);
        QVERIFY(held);
        second.workspace->desk()->signOut();
        workspace::finishWork(*second.workspace, std::chrono::milliseconds(200));
        QVERIFY(second.vault->isAtWork());
        QCOMPARE(Run(m_folder->path()).stored().size(), std::size_t{2});
    }

    void anAccountThatAnotherProgramHasSignedOutIsNoLongerThere()
    {
        noteLast(m_rileysId);
        Run next(m_folder->path(), m_connection);
        QVERIFY(next.begin());
        QTRY_VERIFY(next.deskOf(ada));
        QVERIFY(QCoro::waitFor(next.vault->remove(m_adasId)));
        next.workspace->switchTo(*next.deskOf(ada));
        QTRY_VERIFY(!next.deskOf(ada));
    }

    void anAccountWhoseTokenIsRefusedNeedsItsPerson()
    {
        noteLast(m_rileysId);
        Run next(m_folder->path(), m_connection);
        QVERIFY(next.begin());
        QTRY_COMPARE(next.nameInUse(), riley);
        Desk *const adas = next.deskOf(ada);
        QVERIFY(QCoro::waitFor(next.vault->add(*adas->account(), {Secret("no-such-refresh-token"), {}})));
        QVERIFY(!adas->needsPerson());
        next.workspace->switchTo(*adas);
        QTRY_VERIFY(adas->needsPerson());
        QCOMPARE(adas->account()->name, ada);
        QCOMPARE(next.nameInUse(), QString());
        QVERIFY(next.deskOf(riley)->session().current());
    }

    /// What failed for another reason than a refusal is worth another try.
    void anAccountWhoseEntryCannotBeReadIsTriedAgain()
    {
        noteLast(m_rileysId);
        Run next(m_folder->path(), m_connection);
        QVERIFY(next.begin());
        QTRY_COMPARE(next.nameInUse(), riley);
        Desk *const adas = next.deskOf(ada);
        const auto good = QCoro::waitFor(next.vault->find(m_adasId));
        QVERIFY(good && *good);
        identity::Keychain keychain(std::make_unique<identity::SystemKeychain>(u"Bookdesk test"_s));
        QVERIFY(QCoro::waitFor(keychain.write(u"refresh-token/"_s + m_adasId, Secret("damaged"))));
        QString failed;
        connect(next.kept.get(), &KeptSignIns::failed, this,
                [&failed](const Account &, const QString &, const Error &error) { failed = error.code.toString(); });
        next.workspace->switchTo(*adas);
        QTRY_COMPARE(failed, u"vault.damaged"_s);
        QVERIFY(!adas->needsPerson());
        QVERIFY(QCoro::waitFor(next.vault->add(*adas->account(), **good)));
        next.kept->resumeInUse();
        QTRY_COMPARE(next.nameInUse(), ada);
    }

    void aChangedConnectionDropsItsAccounts_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("value");
        QTest::newRow("client ID") << u"clientId"_s << u"6f1c6f1c-6f1c-4f1c-8f1c-6f1c6f1c6f1c"_s;
        QTest::newRow("API URL") << u"apiBaseUrl"_s << (m_sandbox->baseUrl().toString() + u"/v2"_s);
    }

    void aChangedConnectionDropsItsAccounts()
    {
        QFETCH(const QString, member);
        QFETCH(const QString, value);
        noteLast(m_rileysId);
        changeStored(member, value);
        Run next(m_folder->path(), m_connection);
        QCOMPARE(next.workspace->currentId(), m_connection);
        QVERIFY(next.begin());
        QTRY_VERIFY(next.stored().empty());
        QVERIFY(!next.deskOf(riley));
        QVERIFY(!next.deskOf(ada));
        QCOMPARE(next.nameInUse(), QString());
    }

    void turnedOffNobodyIsListedAnyMore()
    {
        noteLast(m_rileysId);
        Run next(m_folder->path(), m_connection);
        QVERIFY(next.begin());
        QTRY_COMPARE(next.nameInUse(), riley);
        QVERIFY(next.deskOf(ada));
        next.workspace->settings().setNumber(Setting::keepSignedIn, 0);
        QTRY_VERIFY(!next.deskOf(ada));
        QCOMPARE(next.nameInUse(), riley);
    }

private:
    /// As the window does it.
    static void noteLast(const QString &account) { workspace::Settings().setText(Setting::lastAccount, account); }

    /// As somebody who edits the file between two runs.
    void changeStored(const QString &member, const Json &value) const
    {
        QFile file(m_folder->filePath(u"connections.json"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const Result<Json> entries = parseJson(file.readAll());
        file.close();
        QVERIFY(entries && entries->asArray()->size() == 1);
        JsonObject entry = *entries->asArray()->front().asObject();
        QVERIFY(entry.find(member));
        entry.set(member, value);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(toCompactJson(JsonArray{entry}));
    }
};

QTEST_GUILESS_MAIN(KeptAccountsTest)
#include "kept-accounts-test.moc"
