#include "identity/attempt-secrets.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;

class AttemptSecretsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theChallengeIsThatOfTheStandard();
    void everySecretIsLongAndNew();
};

void AttemptSecretsTest::theChallengeIsThatOfTheStandard()
{
    // RFC 7636 appendix B.
    QCOMPARE(codeChallenge(Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")),
             "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_ba);
}

void AttemptSecretsTest::everySecretIsLongAndNew()
{
    QSet<QByteArray> seen;
    const QRegularExpression shape(u"^[A-Za-z0-9_-]{43}$"_s);
    for (int i = 0; i < 100; ++i) {
        const AttemptSecrets secrets = makeAttemptSecrets();
        for (const QByteArray &text : {secrets.state, secrets.nonce, secrets.verifier.reveal().toByteArray()}) {
            QVERIFY(shape.match(QString::fromLatin1(text)).hasMatch());
            QVERIFY(!seen.contains(text));
            seen.insert(text);
        }
    }
}

QTEST_GUILESS_MAIN(AttemptSecretsTest)
#include "attempt-secrets-test.moc"
