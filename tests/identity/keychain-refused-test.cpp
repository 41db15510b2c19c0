// Computers whose keychain cannot be used: none, or a locked one that nobody can unlock.
#include "identity/keychain.h"
#include "identity/system-keychain.h"

#include <QCoroTask>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using identity::Keychain;

class KeychainRefusedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsStored()
    {
        Keychain keychain(std::make_unique<identity::SystemKeychain>(u"Bookdesk test"_s, std::chrono::seconds(10)));
        const bool isAbsent = qEnvironmentVariableIsEmpty("BOOKDESK_KEYRING_PID");
        const QString expected = isAbsent ? u"keychain.unavailable"_s : u"keychain.locked"_s;
        for (const Result<void> &result :
             {QCoro::waitFor(keychain.probe()), QCoro::waitFor(keychain.write(u"one"_s, Secret("value")))}) {
            QVERIFY(!result);
            QCOMPARE(result.error().code.toString(), expected);
            QVERIFY(!result.error().remedy.isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(KeychainRefusedTest)
#include "keychain-refused-test.moc"
