#include "jose/token-issuer.h"
#include "jose/verify.h"

#include <QTest>

#include <random>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

/// Claims at random, the same ones in every run.
class RandomClaims
{
public:
    explicit RandomClaims(std::uint32_t seed)
        : m_engine(seed)
    {}

    JsonObject next()
    {
        JsonObject claims = TokenIssuer::accessClaims();
        for (int i = below(12); i > 0; --i)
            claims.set(u"x-"_s + text(), value(0));
        return claims;
    }

private:
    /// Not std::uniform_int_distribution, which differs between libraries.
    int below(int bound) { return static_cast<int>(m_engine() % static_cast<std::uint32_t>(bound)); }

    QString text()
    {
        static const QStringList letters{
            u"a"_s,      u"Z"_s,      u"0"_s,      u" "_s,          u"\""_s, u"\\"_s, u"/"_s,      u"\n"_s,
            u"\u0001"_s, u"\u00e4"_s, u"\u6f22"_s, u"\U0001f4da"_s, u"."_s,  u"="_s,  u"\u202e"_s, QString(QChar(0)),
            u"?"_s,      u"~"_s};
        QString result;
        for (int i = below(20); i > 0; --i)
            result += letters.at(below(static_cast<int>(letters.size())));
        return result;
    }

    Json value(int depth)
    {
        constexpr int scalars = 6;
        constexpr int deepest = 4;
        switch (below(depth < deepest ? scalars + 2 : scalars)) {
        case 0:
            return Json();
        case 1:
            return Json(below(2) == 0);
        case 2:
            return Json(static_cast<std::int64_t>(m_engine()) - (std::int64_t{1} << 31));
        case 3:
            return Json(static_cast<std::uint64_t>(m_engine()) << 32U | 0x8000000000000000U);
        case 4:
            return Json(static_cast<double>(m_engine()) / 1024 + 0.5 / 1024);
        case 5:
            return Json(text());
        case 6: {
            JsonArray array;
            for (int i = below(4); i > 0; --i)
                array.push_back(value(depth + 1));
            return Json(std::move(array));
        }
        default: {
            JsonObject object;
            for (int i = below(4); i > 0; --i)
                object.set(text(), value(depth + 1));
            return Json(std::move(object));
        }
        }
    }

    std::mt19937 m_engine;
};

JwkSet publish(const std::vector<JsonObject> &jwks)
{
    JsonArray array;
    for (const JsonObject &jwk : jwks)
        array.push_back(Json(jwk));
    const Result<JwkSet> keys = parseJwkSet(toCompactJson(JsonObject{{u"keys"_s, Json(std::move(array))}}));
    return keys ? *keys : JwkSet{};
}

TokenPolicy allowing(Algorithm algorithm)
{
    TokenPolicy policy = TokenIssuer::apiPolicy();
    policy.algorithms = {algorithm};
    return policy;
}

QByteArray flipped(QByteArray text, qsizetype bit)
{
    text[bit / 8] = static_cast<char>(text.at(bit / 8) ^ (1 << (bit % 8)));
    return text;
}

struct NamedKey
{
    const char *name;
    Result<SigningKey> key;
};

} // namespace

/// What holds for every key, every algorithm and every token.
class SignaturePropertiesTest : public QObject
{
    Q_OBJECT

private:
    std::vector<NamedKey> m_keys;

    /// Each key with each algorithm that it is for.
    void addRowsOfKeysAndAlgorithms() const
    {
        QTest::addColumn<std::size_t>("index");
        QTest::addColumn<Algorithm>("algorithm");
        for (std::size_t index = 0; index < m_keys.size(); ++index) {
            for (const Algorithm algorithm : allAlgorithms) {
                if (m_keys[index].key->signature(algorithm, "x"))
                    QTest::addRow("%s, %s", m_keys[index].name, qPrintable(algorithmName(algorithm)))
                        << index << algorithm;
            }
        }
    }

    const SigningKey &key(std::size_t index) const { return *m_keys[index].key; }

private Q_SLOTS:
    void initTestCase()
    {
        m_keys.push_back({"RSA 2048", SigningKey::generateRsa(2048)});
        m_keys.push_back({"RSA 3072", SigningKey::generateRsa(3072)});
        m_keys.push_back({"RSA 4096", SigningKey::generateRsa(4096)});
        m_keys.push_back({"P-256", SigningKey::generateEc(Curve::p256)});
        m_keys.push_back({"P-384", SigningKey::generateEc(Curve::p384)});
        m_keys.push_back({"P-521", SigningKey::generateEc(Curve::p521)});
        m_keys.push_back({"Ed25519", SigningKey::generateEd25519()});
        for (const NamedKey &named : m_keys)
            QVERIFY2(named.key, named.name);
    }

    void whatIsSignedIsVerified_data() { addRowsOfKeysAndAlgorithms(); }

    void whatIsSignedIsVerified()
    {
        QFETCH(std::size_t, index);
        QFETCH(Algorithm, algorithm);
        constexpr int tokens = 25;
        const JwkSet keys = publish({key(index).publicJwk()});
        RandomClaims random(static_cast<std::uint32_t>(index * allAlgorithms.size() + indexOf(algorithm)));
        for (int i = 0; i < tokens; ++i) {
            const JsonObject claims = random.next();
            const Result<Secret> token = key(index).sign(algorithm, {}, claims);
            QVERIFY(token);
            const InspectedToken inspected = inspect(*token, keys, allowing(algorithm), testNow);
            const QByteArray text = toCompactJson(claims);
            QVERIFY2(inspected.verification.passed(), text.constData());
            QVERIFY2(inspected.decoded->claims == claims, text.constData());
        }
    }

    void everyKeyHasItsAlgorithms()
    {
        // Six for each RSA key, one for each other key: no fewer rows than that are tested above.
        for (const auto &[name, key] : m_keys) {
            int count = 0;
            for (const Algorithm algorithm : allAlgorithms)
                count += key->signature(algorithm, "x") ? 1 : 0;
            QCOMPARE(count, QByteArray(name).startsWith("RSA") ? 6 : 1);
        }
    }

    void aFlippedBitIsRefused_data()
    {
        QTest::addColumn<std::size_t>("index");
        QTest::addColumn<Algorithm>("algorithm");
        QTest::addColumn<qsizetype>("stride");
        // Every bit with the fast keys; with the others a step that meets every bit of a byte in turn.
        const auto add = [this](const char *name, Algorithm algorithm, qsizetype stride) {
            for (std::size_t index = 0; index < m_keys.size(); ++index) {
                if (QByteArray(m_keys[index].name) == name)
                    QTest::addRow("%s, %s", name, qPrintable(algorithmName(algorithm))) << index << algorithm << stride;
            }
        };
        add("RSA 2048", Algorithm::rs256, 1);
        add("P-256", Algorithm::es256, 1);
        add("Ed25519", Algorithm::edDsa, 1);
        for (const Algorithm algorithm :
             {Algorithm::rs384, Algorithm::rs512, Algorithm::ps256, Algorithm::ps384, Algorithm::ps512})
            add("RSA 2048", algorithm, 5);
        add("RSA 3072", Algorithm::rs256, 7);
        add("RSA 4096", Algorithm::ps512, 7);
        add("P-384", Algorithm::es384, 5);
        add("P-521", Algorithm::es512, 5);
    }

    void aFlippedBitIsRefused()
    {
        QFETCH(std::size_t, index);
        QFETCH(Algorithm, algorithm);
        QFETCH(qsizetype, stride);
        const JwkSet keys = publish({key(index).publicJwk()});
        const TokenPolicy policy = allowing(algorithm);
        const Result<Secret> token = key(index).sign(algorithm, {}, TokenIssuer::accessClaims());
        QVERIFY(token);
        QVERIFY(verify(*token, keys, policy, testNow).passed());
        const QByteArray text = token->reveal().toByteArray();
        for (qsizetype bit = 0; bit < text.size() * 8; bit += stride) {
            const Verification verification = verify(Secret(flipped(text, bit)), keys, policy, testNow);
            const Check *failure = verification.firstFailure();
            QVERIFY2(failure, qPrintable(u"bit %1 of %2"_s.arg(bit).arg(QString::fromLatin1(text))));
            // Nothing that was not signed is ever judged by its claims.
            QVERIFY2(failure->kind <= CheckKind::signature, qPrintable(u"bit %1"_s.arg(bit)));
        }
    }

    void everyPrefixIsRefused()
    {
        const std::size_t index = 3;
        const Result<Secret> token = key(index).sign({}, TokenIssuer::accessClaims());
        QVERIFY(token);
        const JwkSet keys = publish({key(index).publicJwk()});
        const QByteArray text = token->reveal().toByteArray();
        for (qsizetype length = 0; length < text.size(); ++length)
            QVERIFY(!verify(Secret(text.left(length)), keys, allowing(Algorithm::es256), testNow).passed());
    }

    void noKeyVerifiesForAnother_data() { addRowsOfKeysAndAlgorithms(); }

    void noKeyVerifiesForAnother()
    {
        QFETCH(std::size_t, index);
        QFETCH(Algorithm, algorithm);
        const QByteArray input = "header.claims";
        const Result<QByteArray> signature = key(index).signature(algorithm, input);
        QVERIFY(signature);
        for (std::size_t other = 0; other < m_keys.size(); ++other) {
            const JwkSet keys = publish({key(other).publicJwk()});
            QCOMPARE(keys.keys.size(), std::size_t{1});
            for (const Algorithm named : allAlgorithms)
                QCOMPARE(keys.keys.front().key.verifies(named, input, *signature),
                         other == index && named == algorithm);
        }
    }

    void noKeyOfTheSameKindVerifiesForAnother_data()
    {
        QTest::addColumn<Algorithm>("algorithm");
        for (const Algorithm algorithm : allAlgorithms)
            QTest::newRow(qPrintable(algorithmName(algorithm))) << algorithm;
    }

    void noKeyOfTheSameKindVerifiesForAnother()
    {
        QFETCH(Algorithm, algorithm);
        const auto make = [algorithm]() {
            switch (algorithm) {
            case Algorithm::es256:
                return SigningKey::generateEc(Curve::p256);
            case Algorithm::es384:
                return SigningKey::generateEc(Curve::p384);
            case Algorithm::es512:
                return SigningKey::generateEc(Curve::p521);
            case Algorithm::edDsa:
                return SigningKey::generateEd25519();
            default:
                return SigningKey::generateRsa();
            }
        };
        const Result<SigningKey> ours = make();
        const Result<SigningKey> theirs = make();
        QVERIFY(ours);
        QVERIFY(theirs);
        // Under our key ID, so that only the signature reveals it.
        const JsonObject header{{u"kid"_s, ours->keyId()}};
        const JwkSet keys = publish({ours->publicJwk()});
        const Result<Secret> good = ours->sign(algorithm, header, TokenIssuer::accessClaims());
        const Result<Secret> bad = theirs->sign(algorithm, header, TokenIssuer::accessClaims());
        QVERIFY(good);
        QVERIFY(bad);
        QVERIFY(verify(*good, keys, allowing(algorithm), testNow).passed());
        const Verification verification = verify(*bad, keys, allowing(algorithm), testNow);
        QVERIFY(verification.firstFailure());
        QVERIFY(verification.firstFailure()->kind == CheckKind::signature);
    }

    void randomisedSignaturesDifferAndOthersDoNot_data() { addRowsOfKeysAndAlgorithms(); }

    void randomisedSignaturesDifferAndOthersDoNot()
    {
        QFETCH(std::size_t, index);
        QFETCH(Algorithm, algorithm);
        const Result<QByteArray> first = key(index).signature(algorithm, "header.claims");
        const Result<QByteArray> second = key(index).signature(algorithm, "header.claims");
        QVERIFY(first);
        QVERIFY(second);
        QCOMPARE(*first != *second, isPss(algorithm) || isEcdsa(algorithm));
        QCOMPARE(first->size(), second->size());
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::SignaturePropertiesTest)
#include "signature-properties-test.moc"
