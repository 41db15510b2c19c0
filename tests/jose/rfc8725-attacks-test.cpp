#include "jose/rfc8725-attack.h"
#include "jose/verify.h"

#include <QSet>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::jose::attacks {
namespace {

constexpr std::size_t fewestRows = 150;

QString told(const Check *check)
{
    return check ? u"%1, fault %2 (expected \"%3\", got \"%4\")"_s.arg(checkCode(check->kind))
                       .arg(static_cast<int>(check->fault))
                       .arg(check->expected.left(200), check->got.left(200))
                 : u"nothing: the token passes"_s;
}

QString signatureResult(const Verification &verification)
{
    const Check *signature = verification.find(CheckKind::signature);
    return signature ? checkResultCode(signature->result) : QString();
}

} // namespace

class Rfc8725AttacksTest : public QObject
{
    Q_OBJECT

private:
    Forge m_forge;

    static Verification run(const Trial &trial)
    {
        return verify(Secret(trial.token), trial.keys.read, trial.policy, trial.now);
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_forge.isReady()); }

    // Else a row could fail because of the forge and not because of what it tries.
    void whatIsNotForgedPasses_data()
    {
        QTest::addColumn<Trial>("trial");
        for (const Algorithm algorithm : allAlgorithms)
            QTest::newRow(qPrintable(algorithmName(algorithm)))
                << Trial{m_forge.goodToken(algorithm), m_forge.keys(), Forge::everyAlgorithm()};
        QTest::newRow("the API's own policy") << Trial{m_forge.goodToken(), m_forge.keys(), Forge::apiPolicy()};
        QTest::newRow("an ID token") << Trial{m_forge.sign(m_forge.header(), Claims::ofIdToken().text()),
                                              m_forge.keys(), Forge::clientPolicy()};
        QTest::newRow("unknown header members")
            << Trial{m_forge.sign(m_forge.header(Algorithm::rs256, ",\"x\":\"y\""), Claims::ofAccessToken().text()),
                     m_forge.keys(), Forge::apiPolicy()};
    }

    void whatIsNotForgedPasses()
    {
        QFETCH(Trial, trial);
        const Verification verification = run(trial);
        QVERIFY2(verification.passed(), qPrintable(told(verification.firstFailure())));
    }

    void refuses_data()
    {
        QTest::addColumn<Attack>("attack");
        for (const Section &section : sections) {
            for (const Attack &attack : section.rows())
                QTest::newRow((QByteArray(section.number) + ": " + attack.name).constData()) << attack;
        }
    }

    void refuses()
    {
        QFETCH(Attack, attack);
        const Verification verification = run(attack.attempt(m_forge));
        const Check *failure = verification.firstFailure();
        QVERIFY2(failure && failure->kind == attack.kind && failure->fault == attack.fault,
                 qPrintable(u"%1, fault %2 was to fail first, but it was %3"_s.arg(checkCode(attack.kind))
                                .arg(static_cast<int>(attack.fault))
                                .arg(told(failure))));
        QVERIFY(!verification.passed());
        // No crypto with an algorithm or a key that is not allowed; and where a claim is refused, nothing else was.
        if (attack.fault == Fault::criticalExtension || attack.kind == Kind::signature)
            return;
        const bool isBeforeCrypto =
            attack.kind == Kind::structure || attack.kind == Kind::algorithm || attack.kind == Kind::key;
        QCOMPARE(signatureResult(verification), isBeforeCrypto ? u"not applicable"_s : u"passed"_s);
    }

    void coversEverySectionWithRowsOfTheirOwn()
    {
        std::size_t rows = 0;
        QSet<QByteArray> names;
        QSet<QByteArray> numbers;
        for (const Section &section : sections) {
            const Attacks attacks = section.rows();
            QVERIFY2(!attacks.empty(), section.number);
            numbers += section.number;
            for (const Attack &attack : attacks) {
                const QByteArray name = section.number + attack.name;
                QVERIFY2(!names.contains(name), name.constData());
                QVERIFY2(attack.fault != Fault::none, name.constData());
                names += name;
            }
            rows += attacks.size();
            qInfo("%4zu rows: %s, %s", attacks.size(), section.number, section.title);
        }
        for (int section = 1; section <= 12; ++section)
            QVERIFY(numbers.contains("RFC 8725 3." + QByteArray::number(section)));
        QVERIFY2(rows >= fewestRows, qPrintable(QString::number(rows)));
    }
};

} // namespace bookdesk::jose::attacks

QTEST_GUILESS_MAIN(bookdesk::jose::attacks::Rfc8725AttacksTest)
#include "rfc8725-attacks-test.moc"
