// The stored sign-ins, in a real keyring that goes away in the end.
#include "identity/system-keychain.h"
#include "identity/token-vault.h"

#include <QCoroTask>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using identity::Account;
using identity::TokenVault;
using identity::VaultLock;

namespace {

const QString service = u"Bookdesk test"_s;

Account account(const QString &subject)
{
    return {u"contoso"_s,
            u"https://login.test/tid/v2.0"_s,
            u"client"_s,
            u"https://books.test"_s,
            subject,
            u"tid"_s,
            u"oid-"_s + subject,
            u"Riley"_s,
            u"riley@contoso.com"_s,
            u"a digest"_s};
}

} // namespace

class TokenVaultTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_vault = makeVault();
        QCOMPARE(codeOf(m_vault->check()), QString());
        QVERIFY(m_vault->state() == TokenVault::State::ready);
    }
    void cleanup()
    {
        if (m_vault->state() == TokenVault::State::ready)
            QCOMPARE(codeOf(m_vault->turnOff()), QString());
    }

    void aSignInIsFoundByAnotherProgram()
    {
        store(account(u"one"_s), "first");
        const std::unique_ptr<TokenVault> other = makeVault();
        QCOMPARE(accountsOf(*other), std::vector{account(u"one"_s)});
        QCOMPARE(tokenOf(*other, account(u"one"_s)), "first"_ba);
    }

    void eachAccountHasItsOwnToken()
    {
        store(account(u"one"_s), "first");
        store(account(u"two"_s), "second");
        store(account(u"one"_s), "third");
        QCOMPARE(accountsOf(*m_vault), (std::vector{account(u"one"_s), account(u"two"_s)}));
        QCOMPARE(tokenOf(*m_vault, account(u"one"_s)), "third"_ba);
        QCOMPARE(tokenOf(*m_vault, account(u"two"_s)), "second"_ba);
    }

    void anotherNameIsNoOtherAccount()
    {
        store(account(u"one"_s), "first");
        Account renamed = account(u"one"_s);
        renamed.name = u"Riley Reader"_s;
        store(renamed, "second");
        QCOMPARE(accountsOf(*m_vault), std::vector{renamed});
    }

    void aRemovedSignInIsGone()
    {
        store(account(u"one"_s), "first");
        store(account(u"two"_s), "second");
        QCOMPARE(codeOf(m_vault->remove(account(u"one"_s).id())), QString());
        QCOMPARE(accountsOf(*m_vault), std::vector{account(u"two"_s)});
        QVERIFY(!QCoro::waitFor(m_vault->find(account(u"one"_s).id()))->has_value());
    }

    void turnedOffItKeepsNothing()
    {
        store(account(u"one"_s), "first");
        QCOMPARE(codeOf(m_vault->turnOff()), QString());
        QVERIFY(m_vault->state() == TokenVault::State::off);
        QVERIFY(!lock(*m_vault));
        store(account(u"two"_s), "second");
        const std::unique_ptr<TokenVault> other = makeVault();
        QVERIFY(accountsOf(*other).empty());
        for (const QString &subject : {u"one"_s, u"two"_s})
            QVERIFY(!QCoro::waitFor(other->find(account(subject).id()))->has_value());
    }

    void beforeTheKeychainIsCheckedNothingIsStored()
    {
        m_vault = makeVault();
        QVERIFY(m_vault->state() == TokenVault::State::unknown);
        QVERIFY(!lock(*m_vault));
        store(account(u"one"_s), "first");
        QVERIFY(accountsOf(*m_vault).empty());
    }

    void oneProgramAtATimeUsesTheTokens()
    {
        const std::unique_ptr<TokenVault> other = makeVault();
        QCOMPARE(codeOf(other->check()), QString());
        VaultLock ours = lock(*m_vault);
        QVERIFY(ours);
        Task<VaultLock> waiting = other->lock({});
        QVERIFY(!waiting.isReady());
        ours.reset();
        QVERIFY(QCoro::waitFor(std::move(waiting)).has_value());
    }

    void aDamagedListIsReportedAndCanBeRemoved()
    {
        identity::Keychain keychain(entries());
        const char *const unbound =
            R"({"accounts":[{"connection":"c","issuer":"i","clientId":"c","apiOrigin":"a","subject":"s","tenant":"t",)"
            R"("objectId":"o","name":"n","userName":"u"}]})";
        for (const char *list : {"{", "{}", R"({"accounts":[7]})", R"({"accounts":[{"issuer":1}]})", unbound}) {
            QCOMPARE(codeOf(keychain.write(u"accounts"_s, Secret(list))), QString());
            const auto accounts = QCoro::waitFor(m_vault->accounts());
            QVERIFY(!accounts);
            QCOMPARE(accounts.error().code.toString(), u"vault.damaged"_s);
        }
        QCOMPARE(codeOf(m_vault->turnOff()), u"vault.not-removed"_s);
        QVERIFY(m_vault->state() == TokenVault::State::off);
        QVERIFY(m_vault->failure());
        QCOMPARE(m_vault->failure()->code.toString(), u"vault.not-removed"_s);
        QVERIFY(accountsOf(*m_vault).empty());
        QCOMPARE(codeOf(m_vault->turnOff()), QString());
        QVERIFY(!m_vault->failure());
    }

    void everyAccountOfAConnectionIsKept()
    {
        Account elsewhere = account(u"three"_s);
        elsewhere.connectionId = u"fabrikam"_s;
        const std::vector accounts{account(u"one"_s), elsewhere, account(u"two"_s)};
        for (const Account &one : accounts)
            QCOMPARE(codeOf(m_vault->add(one, {Secret("token of " + one.subject.toUtf8()), u"a nonce"_s})), QString());
        QCOMPARE(accountsOf(*m_vault), accounts);
        for (const Account &one : accounts)
            QCOMPARE(tokenOf(*m_vault, one), "token of " + one.subject.toUtf8());
    }

    void turningItOffWinsOverACheckThatIsUnderWay()
    {
        Task<void> checking = m_vault->check();
        Task<void> turningOff = m_vault->turnOff();
        QCOMPARE(codeOf(std::move(turningOff)), QString());
        QCOMPARE(codeOf(std::move(checking)), QString());
        QVERIFY(m_vault->state() == TokenVault::State::off);
    }

    void turnedOffAWaitForTheLockStoresNothing()
    {
        VaultLock held = lock(*m_vault);
        Task<void> adding = m_vault->add(account(u"one"_s), {Secret("first"), {}});
        QCOMPARE(codeOf(m_vault->turnOff()), QString());
        held.reset();
        QCOMPARE(codeOf(std::move(adding)), QString());
        QVERIFY(accountsOf(*m_vault).empty());
    }

    void aRemovalWaitsForTheAdditionBeforeIt()
    {
        VaultLock held = lock(*m_vault);
        Task<void> adding = m_vault->add(account(u"one"_s), {Secret("first"), {}});
        Task<void> removing = m_vault->remove(account(u"one"_s).id());
        held.reset();
        QCOMPARE(codeOf(std::move(removing)), QString());
        QVERIFY(adding.isReady());
        QVERIFY(accountsOf(*m_vault).empty());
    }

    void aSignInThatIsOfNoUseIsDiscarded()
    {
        store(account(u"one"_s), "first");
        QCOMPARE(codeOf(m_vault->discard(nullptr, account(u"one"_s).id())), QString());
        QCOMPARE(accountsOf(*m_vault).size(), std::size_t{1});
        QCOMPARE(codeOf(m_vault->discard(lock(*m_vault), account(u"one"_s).id())), QString());
        QVERIFY(accountsOf(*m_vault).empty());
    }

    void whatTurningItOffCouldNotRemoveASignOutRemoves()
    {
        store(account(u"one"_s), "first");
        TokenVault impatient(entries(), {lockFile(), std::chrono::milliseconds(200)}, Redactor());
        QCOMPARE(codeOf(impatient.check()), QString());
        VaultLock held = lock(*m_vault);
        QCOMPARE(codeOf(impatient.turnOff()), u"vault.busy"_s);
        QVERIFY(impatient.state() == TokenVault::State::off);
        held.reset();
        QCOMPARE(codeOf(impatient.remove(account(u"one"_s).id())), QString());
        QVERIFY(accountsOf(*m_vault).empty());
    }

    void withoutEntriesNoKeychainIsUsed()
    {
        const std::shared_ptr<TokenVault> none = identity::noVault();
        QCOMPARE(codeOf(none->check()), u"keychain.unavailable"_s);
        const auto accounts = QCoro::waitFor(none->accounts());
        QVERIFY2(!accounts, "this computer's keychain was read");
        QCOMPARE(accounts.error().code.toString(), u"keychain.unavailable"_s);
        QCOMPARE(codeOf(none->remove(account(u"one"_s).id())), QString());
        QCOMPARE(codeOf(none->turnOff()), QString());
        QVERIFY(none->state() == TokenVault::State::off);
    }

    void aDamagedSignInIsReported()
    {
        identity::Keychain keychain(entries());
        for (const char *entry : {"", "a-refresh-token", "nonce\n"}) {
            QCOMPARE(codeOf(keychain.write(u"refresh-token/7"_s, Secret(entry))), QString());
            const auto found = QCoro::waitFor(m_vault->find(u"7"_s));
            QVERIFY(!found);
            QCOMPARE(found.error().code.toString(), u"vault.damaged"_s);
        }
    }

    void aSignInWithAPartMissingIsReportedAndReplaced()
    {
        const QByteArray token(9'000, 'x');
        store(account(u"one"_s), token.constData());
        QCOMPARE(tokenOf(*m_vault, account(u"one"_s)), token);
        const QString entry = u"refresh-token/"_s + account(u"one"_s).id();
        identity::SystemKeychain keychain(service);
        QCOMPARE(codeOf(keychain.remove(entry + u"/part/0/1"_s)), QString());
        const auto found = QCoro::waitFor(m_vault->find(account(u"one"_s).id()));
        QVERIFY(!found);
        QCOMPARE(found.error().code.toString(), u"vault.damaged"_s);
        QVERIFY(m_vault->state() == TokenVault::State::ready);
        store(account(u"one"_s), "new");
        QCOMPARE(tokenOf(*m_vault, account(u"one"_s)), "new"_ba);
        QVERIFY(!QCoro::waitFor(keychain.read(entry + u"/part/0/0"_s))->has_value());
    }

    void aDamagedPartOfTheListIsReportedAsTheListsDamage()
    {
        identity::SystemKeychain keychain(service);
        QCOMPARE(codeOf(keychain.write(u"accounts"_s, Secret("+0 3 00"))), QString());
        const auto accounts = QCoro::waitFor(m_vault->accounts());
        QVERIFY(!accounts);
        QCOMPARE(accounts.error().code.toString(), u"vault.damaged"_s);
        QVERIFY(accounts.error().remedy.contains(u"Keep me signed in"_s));
        QCOMPARE(codeOf(m_vault->turnOff()), u"vault.not-removed"_s);
        QVERIFY(accountsOf(*m_vault).empty());
    }

    void aSignInIsAddedUnderALockOfItsOwn()
    {
        TokenVault impatient(entries(), {lockFile(), std::chrono::milliseconds(200)}, Redactor());
        QCOMPARE(codeOf(impatient.check()), QString());
        const identity::KeptSignIn signIn{Secret("first"), u"a nonce"_s};
        VaultLock held = lock(*m_vault);
        QCOMPARE(codeOf(impatient.add(account(u"one"_s), signIn)), u"vault.busy"_s);
        held.reset();
        QCOMPARE(codeOf(impatient.add(account(u"one"_s), signIn)), QString());
        QCOMPARE(tokenOf(*m_vault, account(u"one"_s)), "first"_ba);
    }

    void anAdditionThatGetsNoLockIsToldOf()
    {
        TokenVault impatient(entries(), {lockFile(), std::chrono::milliseconds(200)}, Redactor());
        QCOMPARE(codeOf(impatient.check()), QString());
        QStringList told;
        connect(&impatient, &TokenVault::notAdded, this,
                [&told](const Error &error) { told += error.code.toString(); });
        const VaultLock held = lock(*m_vault);
        QCOMPARE(codeOf(impatient.add(account(u"one"_s), {Secret("first"), {}})), u"vault.busy"_s);
        QCOMPARE(told, QStringList{u"vault.busy"_s});
    }

    void whatIsTakenIsGone()
    {
        store(account(u"one"_s), "first");
        const auto taken = QCoro::waitFor(m_vault->take(account(u"one"_s).id()));
        QVERIFY(taken && *taken);
        QCOMPARE((*taken)->refreshToken.reveal().toByteArray(), "first"_ba);
        QVERIFY(accountsOf(*m_vault).empty());
        QVERIFY(!QCoro::waitFor(m_vault->find(account(u"one"_s).id()))->has_value());
        const auto nothing = QCoro::waitFor(m_vault->take(account(u"one"_s).id()));
        QVERIFY(nothing && !*nothing);
    }

    void whatCouldNotBeRemovedIsRemovedAtTheNextCheck()
    {
        TokenVault impatient(entries(), {lockFile(), std::chrono::milliseconds(200)}, Redactor());
        QCOMPARE(codeOf(impatient.check()), QString());
        store(account(u"one"_s), "first");
        VaultLock held = lock(*m_vault);
        QCOMPARE(codeOf(impatient.remove(account(u"one"_s).id())), u"vault.busy"_s);
        QVERIFY(accountsOf(impatient).empty());
        QCOMPARE(accountsOf(*m_vault).size(), std::size_t{1});
        held.reset();
        QCOMPARE(codeOf(impatient.check()), QString());
        QVERIFY(accountsOf(*m_vault).empty());
    }

    void whoSignsInAgainIsNotRemovedAfterAll()
    {
        TokenVault impatient(entries(), {lockFile(), std::chrono::milliseconds(200)}, Redactor());
        QCOMPARE(codeOf(impatient.check()), QString());
        store(account(u"one"_s), "first");
        VaultLock held = lock(*m_vault);
        QCOMPARE(codeOf(impatient.remove(account(u"one"_s).id())), u"vault.busy"_s);
        held.reset();
        QCOMPARE(codeOf(impatient.add(account(u"one"_s), {Secret("second"), u"a nonce"_s})), QString());
        QCOMPARE(codeOf(impatient.check()), QString());
        QCOMPARE(accountsOf(impatient).size(), std::size_t{1});
        QCOMPARE(tokenOf(*m_vault, account(u"one"_s)), "second"_ba);
    }

    void whatWasConsentedToIsKeptWithTheToken_data()
    {
        QTest::addColumn<QStringList>("scopes");
        QTest::newRow("two scopes") << QStringList{u"Books.Read"_s, u"Books.Write"_s};
        QTest::newRow("not known") << QStringList();
    }

    void whatWasConsentedToIsKeptWithTheToken()
    {
        QFETCH(const QStringList, scopes);
        const identity::KeptSignIn signIn{Secret("first"), u"a nonce"_s, scopes};
        QCOMPARE(codeOf(m_vault->add(account(u"one"_s), signIn)), QString());
        const auto found = QCoro::waitFor(m_vault->find(account(u"one"_s).id()));
        QVERIFY(found && *found);
        QCOMPARE((*found)->scopes, scopes);
        QCOMPARE((*found)->nonce, u"a nonce"_s);
    }

    /// The names are the server's.
    void aScopeCannotBecomePartOfTheToken()
    {
        const QStringList scopes{u"Books.Read"_s, u"Books\nWrite"_s, u"Books\tList"_s, u"Books.Export"_s};
        QCOMPARE(codeOf(m_vault->add(account(u"one"_s), {Secret("first"), u"a nonce"_s, scopes})), QString());
        QCOMPARE(tokenOf(*m_vault, account(u"one"_s)), "first"_ba);
        const auto found = QCoro::waitFor(m_vault->find(account(u"one"_s).id()));
        QCOMPARE((*found)->scopes, (QStringList{u"Books.Read"_s, u"Books.Export"_s}));
    }

    void aTokenThatIsReadIsRedacted()
    {
        store(account(u"one"_s), "a-refresh-token-0123456789");
        const Redactor redactor;
        TokenVault other(entries(), {lockFile()}, redactor);
        QVERIFY(!tokenOf(other, account(u"one"_s)).isEmpty());
        QVERIFY(!redactor.redacted(u"got a-refresh-token-0123456789"_s).contains(u"0123456789"_s));
    }

    void anAccountIsBoundToItsConnection_data()
    {
        QTest::addColumn<QString>("member");
        for (const char *member :
             {"connection", "issuer", "client", "API", "subject", "tenant", "object ID", "binding"})
            QTest::newRow(member) << QString::fromLatin1(member);
    }

    void anAccountIsBoundToItsConnection()
    {
        QFETCH(const QString, member);
        Account other = account(u"one"_s);
        const QMap<QString, QString *> members{{u"connection"_s, &other.connectionId}, {u"issuer"_s, &other.issuer},
                                               {u"client"_s, &other.clientId},         {u"API"_s, &other.apiOrigin},
                                               {u"subject"_s, &other.subject},         {u"tenant"_s, &other.tenant},
                                               {u"object ID"_s, &other.objectId},      {u"binding"_s, &other.binding}};
        *members[member] += u'x';
        QVERIFY(other.id() != account(u"one"_s).id());
    }

    /// The last one: there is no keyring afterwards.
    void aKeychainThatGoesAwayIsNoticed()
    {
        store(account(u"one"_s), "first");
        QCOMPARE(::kill(qEnvironmentVariableIntValue("BOOKDESK_KEYRING_PID"), SIGKILL), 0);
        const QSignalSpy changed(m_vault.get(), &TokenVault::stateChanged);
        QCOMPARE(codeOf(m_vault->store(lock(*m_vault), account(u"one"_s), {Secret("second"), {}})),
                 u"keychain.unavailable"_s);
        QCOMPARE(changed.count(), 1);
        QVERIFY(m_vault->state() == TokenVault::State::failed);
        QVERIFY(m_vault->failure());
        QVERIFY(!lock(*m_vault));
    }

private:
    QString lockFile() const { return m_folder.filePath(u"vault.lock"_s); }
    static std::unique_ptr<identity::KeychainEntries> entries()
    {
        return std::make_unique<identity::SystemKeychain>(service);
    }
    std::unique_ptr<TokenVault> makeVault() const
    {
        return std::make_unique<TokenVault>(entries(), TokenVault::Settings{lockFile()}, Redactor());
    }
    void store(const Account &account, const char *token)
    {
        QCOMPARE(codeOf(m_vault->store(lock(*m_vault), account, {Secret(token), u"a nonce"_s})), QString());
    }
    static VaultLock lock(TokenVault &vault)
    {
        const Result<VaultLock> locked = QCoro::waitFor(vault.lock({}));
        return locked ? *locked : nullptr;
    }
    static QString codeOf(Task<void> task)
    {
        const Result<void> result = QCoro::waitFor(std::move(task));
        return result ? QString() : result.error().code.toString();
    }
    static std::vector<Account> accountsOf(TokenVault &vault)
    {
        return QCoro::waitFor(vault.accounts()).value_or(std::vector{account(u"failed"_s)});
    }
    static QByteArray tokenOf(TokenVault &vault, const Account &account)
    {
        const auto signIn = QCoro::waitFor(vault.find(account.id()));
        const bool isFound = signIn && *signIn && (*signIn)->nonce == u"a nonce";
        return isFound ? (*signIn)->refreshToken.reveal().toByteArray() : QByteArray();
    }

    QTemporaryDir m_folder;
    std::unique_ptr<TokenVault> m_vault;
};

QTEST_GUILESS_MAIN(TokenVaultTest)
#include "token-vault-test.moc"
