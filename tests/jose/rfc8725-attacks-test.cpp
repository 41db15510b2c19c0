#include "jose/rfc8725-attack.h"
#include "jose/verify.h"

#include <QCryptographicHash>
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

QByteArray inSeconds(std::int64_t offset) { return QByteArray::number(qlonglong{testNowSeconds + offset}); }

const QString issuerOfAnyTenant = u"https://login.microsoftonline.com/{tenantid}/v2.0"_s;
const QString issuerOfTenant = u"https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0"_s;

Trial ofAnyTenant(const Forge &forge, const QString &jwkIssuer)
{
    const Claims claims = Claims::ofAccessToken()
                              .with("iss", '"' + issuerOfTenant.toUtf8() + '"')
                              .with("tid", "\"72f988bf-86f1-41af-91ab-2d7cd011db47\"");
    Trial trial{forge.sign(forge.header(), claims.text()), forge.keys(), Forge::apiPolicy()};
    trial.policy.issuer = issuerOfAnyTenant;
    if (!jwkIssuer.isEmpty())
        trial.keys = keySet({changed(forge.jwk(), u"issuer"_s, jwkIssuer)});
    return trial;
}

/// OpenID Connect Core section 3.1.3.6: the left half of the hash that belongs to the token's algorithm.
Trial withAccessTokenHash(const Forge &forge, Algorithm algorithm)
{
    const QByteArray accessToken = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
    const QString name = algorithmName(algorithm);
    const QCryptographicHash::Algorithm hash = name.endsWith(u"256"_s)   ? QCryptographicHash::Sha256
                                               : name.endsWith(u"384"_s) ? QCryptographicHash::Sha384
                                                                         : QCryptographicHash::Sha512;
    const QByteArray digest = QCryptographicHash::hash(accessToken, hash);
    const Claims claims = Claims::ofIdToken().with("at_hash", '"' + toBase64Url(digest.left(digest.size() / 2)) + '"');
    Trial trial{forge.sign(forge.header(algorithm), claims.text(), algorithm), forge.keys(), Forge::clientPolicy()};
    trial.policy.algorithms = {algorithm};
    trial.policy.accessToken = Secret(accessToken);
    return trial;
}

/// @param type empty for none.
Trial ofType(const Forge &forge, const QByteArray &type, const Claims &claims, const TokenPolicy &policy)
{
    JsonObject header{{u"alg"_s, u"RS256"_s}, {u"kid"_s, QString::fromUtf8(forge.keyId())}};
    if (!type.isEmpty())
        header.set(u"typ"_s, QString::fromUtf8(type));
    return {forge.sign(toCompactJson(header), claims.text()), forge.keys(), policy};
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

    Trial idToken(const Claims &claims) const
    {
        return {m_forge.sign(m_forge.header(), claims.text()), m_forge.keys(), Forge::clientPolicy()};
    }

    Trial accessToken(const Claims &claims) const
    {
        return {m_forge.sign(m_forge.header(), claims.text()), m_forge.keys(), Forge::apiPolicy()};
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_forge.isReady()); }

    // Else a row could fail because of the forge and not because of what it tries.
    void whatIsNotForgedPasses_data()
    {
        QTest::addColumn<Trial>("trial");
        for (const Algorithm algorithm : allAlgorithms) {
            const QByteArray name = algorithmName(algorithm).toUtf8();
            QTest::newRow(name.constData())
                << Trial{m_forge.goodToken(algorithm), m_forge.keys(), Forge::everyAlgorithm()};
            QTest::newRow((name + ", an ID token with at_hash").constData()) << withAccessTokenHash(m_forge, algorithm);
        }
        QTest::newRow("the API's own policy") << Trial{m_forge.goodToken(), m_forge.keys(), Forge::apiPolicy()};
        QTest::newRow("unknown header members")
            << Trial{m_forge.sign(m_forge.header(Algorithm::rs256, ",\"x\":\"y\""), Claims::ofAccessToken().text()),
                     m_forge.keys(), Forge::apiPolicy()};
        for (const char *type :
             {"jwt", "JWT", "application/jwt", "Application/JWT", "at+jwt", "AT+JWT", "application/at+jwt"})
            QTest::newRow(type) << ofType(m_forge, type, Claims::ofAccessToken(), Forge::apiPolicy());
        for (const char *type : {"", "jwt", "application/JWT"})
            QTest::newRow((QByteArray("an ID token, type: ") + type).constData())
                << ofType(m_forge, type, Claims::ofIdToken(), Forge::clientPolicy());
        const auto forAlgorithm = [this](const QString &name) { return changed(m_forge.jwk(), u"alg"_s, name); };
        for (const Algorithm algorithm : {Algorithm::rs256, Algorithm::ps256, Algorithm::rs512})
            QTest::newRow(qPrintable(u"one key for several algorithms, "_s + algorithmName(algorithm)))
                << Trial{m_forge.sign(m_forge.header(algorithm), Claims::ofAccessToken().text(), algorithm),
                         keySet({forAlgorithm(u"RS256"_s), forAlgorithm(u"PS256"_s), forAlgorithm(u"RS512"_s)}),
                         Forge::everyAlgorithm()};
        QTest::newRow("an access token whose key was published with its private part")
            << Trial{m_forge.goodToken(), keySet({changed(m_forge.jwk(), u"d"_s, u"AQ"_s)}), Forge::apiPolicy()};
        QTest::newRow("an access token without iat") << accessToken(Claims::ofAccessToken().without("iat"));
        QTest::newRow("an ID token") << idToken(Claims::ofIdToken());
        QTest::newRow("an ID token for several audiences")
            << idToken(Claims::ofIdToken().with("aud", "[\"another\",\"0d44-client\"]").with("azp", "\"0d44-client\""));
        QTest::newRow("an ID token that expired 119 s ago")
            << idToken(Claims::ofIdToken().with("exp", inSeconds(-119)));
        QTest::newRow("an ID token that is valid in 120 s")
            << idToken(Claims::ofIdToken().with("nbf", inSeconds(120)).with("iat", inSeconds(120)));
        QTest::newRow("an access token that expires in a second")
            << accessToken(Claims::ofAccessToken().with("exp", inSeconds(1)));
        QTest::newRow("an access token that is valid since now")
            << accessToken(Claims::ofAccessToken().with("nbf", inSeconds(0)).with("iat", inSeconds(0)));
        QTest::newRow("a token of any tenant") << ofAnyTenant(m_forge, {});
        QTest::newRow("a token of any tenant with a key for its tenant") << ofAnyTenant(m_forge, issuerOfTenant);
        QTest::newRow("a token of any tenant with a key for any tenant") << ofAnyTenant(m_forge, issuerOfAnyTenant);
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
