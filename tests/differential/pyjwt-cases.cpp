#include "differential/pyjwt-cases.h"

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bookdesk::jose::differential {
namespace {

using attacks::Claims;
using attacks::Forge;
using attacks::KeySet;
using attacks::Trial;

QByteArray quoted(const QString &text) { return '"' + text.toUtf8() + '"'; }

QByteArray inSeconds(std::int64_t offset) { return QByteArray::number(qlonglong{testNowSeconds + offset}); }

/// Collects cases that start from the good access token.
class Cases
{
public:
    explicit Cases(const Forge &forge)
        : m_forge(forge)
    {}

    void add(const QByteArray &name, const Claims &claims, std::chrono::seconds leeway = 0s, TimePoint now = testNow)
    {
        TokenPolicy policy = Forge::apiPolicy();
        policy.leeway = leeway;
        m_cases.push_back({name, {m_forge.sign(m_forge.header(), claims.text()), m_forge.keys(), policy, now}});
    }

    void add(const QByteArray &name, Trial trial) { m_cases.push_back({name, std::move(trial)}); }

    void addHeader(const QByteArray &name, const QByteArray &header)
    {
        add(name, {m_forge.sign(header, Claims::ofAccessToken().text()), m_forge.keys(), Forge::apiPolicy()});
    }

    void addMore(const QByteArray &name, const QByteArray &more)
    {
        addHeader(name, m_forge.header(Algorithm::rs256, more));
    }

    const Forge &forge() const { return m_forge; }
    std::vector<Case> take() { return std::move(m_cases); }

private:
    const Forge &m_forge;
    std::vector<Case> m_cases;
};

void addAlgorithms(Cases &cases)
{
    for (const Algorithm algorithm : allAlgorithms) {
        const QByteArray name = algorithmName(algorithm).toUtf8();
        cases.add(name + ", allowed",
                  {cases.forge().goodToken(algorithm), cases.forge().keys(), Forge::apiPolicy({algorithm})});
        cases.add(name + ", everything allowed",
                  {cases.forge().goodToken(algorithm), cases.forge().keys(), Forge::everyAlgorithm()});
        cases.add(name + ", not allowed",
                  {cases.forge().goodToken(algorithm), cases.forge().keys(),
                   Forge::apiPolicy({algorithm == Algorithm::es256 ? Algorithm::rs256 : Algorithm::es256})});
        cases.add(
            name + ", stated by the key",
            {cases.forge().goodToken(algorithm),
             attacks::keySet({attacks::changed(cases.forge().jwk(algorithm), u"alg"_s, algorithmName(algorithm))}),
             Forge::everyAlgorithm()});
    }
}

void addTimes(Cases &cases)
{
    const Claims good = Claims::ofAccessToken();
    for (const auto leeway : {0s, 120s}) {
        const QByteArray with = leeway == 0s ? QByteArray() : QByteArray(", with leeway");
        for (const std::int64_t offset : {-3600, -121, -120, -119, -1, 0, 1, 119, 120, 121, 3600}) {
            const QByteArray at = " at " + QByteArray::number(qlonglong{offset}) + " s" + with;
            cases.add("exp" + at, good.with("exp", inSeconds(offset)), leeway);
            cases.add("nbf" + at, good.with("nbf", inSeconds(offset)), leeway);
            cases.add("iat" + at, good.with("iat", inSeconds(offset)), leeway);
        }
    }
    for (const QByteArray &claim : {"exp"_ba, "nbf"_ba, "iat"_ba}) {
        for (const char *value :
             {"1e3", "1e10", "1e300", "-1", "0", "0.5", "-0.5", "4102444800.75", "9223372036854775807",
              "9223372036854775808", "18446744073709551615", "18446744073709551616", "100000000000000000000000000"})
            cases.add(claim + " is " + value, good.with(claim, value));
        cases.add(claim + " is now and a half", good.with(claim, inSeconds(0) + ".5"));
        cases.add(claim + " is a half before now", good.with(claim, inSeconds(-1) + ".5"));
        cases.add(claim + " is now, and the clock half a second later", good.with(claim, inSeconds(0)), 0s,
                  testNow + 500ms);
        cases.add(claim + " is in a second, and the clock half a second later", good.with(claim, inSeconds(1)), 0s,
                  testNow + 500ms);
        cases.add(claim + " is null", good.with(claim, "null"));
        cases.add(claim + " is missing", good.without(claim));
        cases.add(claim + " is a number in quotes with blanks", good.with(claim, "\" " + inSeconds(60) + " \""));
        cases.add(claim + " is words", good.with(claim, "\"tomorrow\""));
    }
}

void addAudiences(Cases &cases)
{
    const Claims good = Claims::ofAccessToken();
    const QByteArray api = quoted(TokenIssuer::api());
    cases.add("aud is an array with the right one only", good.with("aud", '[' + api + ']'));
    cases.add("aud is an array with the right one at its end", good.with("aud", "[\"a\",\"b\"," + api + ']'));
    cases.add("aud is an array with the right one twice", good.with("aud", '[' + api + ',' + api + ']'));
    cases.add("aud is an array with an empty string, too", good.with("aud", "[\"\"," + api + ']'));
    Trial several{cases.forge().goodToken(), cases.forge().keys(), Forge::apiPolicy()};
    several.policy.audiences = {u"another"_s, TokenIssuer::api()};
    cases.add("the policy takes several audiences, one is right", several);
    several.policy.audiences = {u"another"_s, u"a third"_s};
    cases.add("the policy takes several audiences, none is right", several);
}

void addClaims(Cases &cases)
{
    const Claims good = Claims::ofAccessToken();
    cases.add("the good access token", good);
    cases.add("sub is empty", good.with("sub", "\"\""));
    cases.add("jti is a string", good.with("jti", "\"1\""));
    cases.add("jti is empty", good.with("jti", "\"\""));
    cases.add("name is null", good.with("name", "null"));
    cases.add("preferred_username is null", good.with("preferred_username", "null"));
    cases.add("name is missing", good.without("name"));
    cases.add("roles is missing", good.without("roles"));
    cases.add("roles is empty", good.with("roles", "[]"));
    cases.add("scp is missing", good.without("scp"));
    cases.add("scp is empty", good.with("scp", "\"\""));
    cases.add("nonce is a number", good.with("nonce", "1"));
    cases.add("tid is a number", good.with("tid", "1"));
    cases.add("claims that nobody knows", good.with("x", R"({"a":[1,2.5,null,true,{"b":"c"}]})"));
    cases.add("a claim's name is empty", good.with("", "1"));
    cases.add("text in all scripts", good.with("name", "\"R\xc3\xa9ne \xe6\xbc\xa2 \xf0\x9f\x93\x9a\""));
    cases.add("text in all scripts, as escapes", good.with("name", R"("R\u00e9ne \u6f22 \ud83d\udcda")"));
    cases.add("a zero byte as an escape", good.with("name", R"("a\u0000b")"));
    cases.add("arrays 20 deep", good.with("x", QByteArray(20, '[') + QByteArray(20, ']')));
    cases.add("claims with blanks and line breaks around", [&] {
        const QByteArray text = " \r\n\t" + good.text() + " \n";
        return Trial{cases.forge().sign(cases.forge().header(), text), cases.forge().keys(), Forge::apiPolicy()};
    }());
    cases.add("a large number in a claim that nobody knows", good.with("x", "1e300"));
    cases.add("a number beyond 64 bits in a claim that nobody knows", good.with("x", "18446744073709551616"));
    cases.add("1e400 in a claim that nobody knows", good.with("x", "1e400"));
    cases.add("NaN in a claim that nobody knows", good.with("x", "NaN"));
    cases.add("Infinity in a claim that nobody knows", good.with("x", "-Infinity"));
    cases.add("arrays 31 deep, and the claims around", good.with("x", QByteArray(31, '[') + QByteArray(31, ']')));
}

void addHeaders(Cases &cases)
{
    const QByteArray keyId = cases.forge().keyId();
    cases.addHeader("typ is missing", R"({"alg":"RS256","kid":")" + keyId + "\"}");
    cases.addHeader("typ is at+jwt", R"({"typ":"at+jwt","alg":"RS256","kid":")" + keyId + "\"}");
    cases.addHeader("typ is a number", R"({"typ":1,"alg":"RS256","kid":")" + keyId + "\"}");
    cases.addHeader("the header's members in another order", R"({"kid":")" + keyId + R"(","alg":"RS256"})");
    cases.addHeader("the header with blanks", R"( { "kid" : ")" + keyId + R"(" , "alg" : "RS256" } )");
    cases.addHeader("alg with an escape", R"({"alg":"RS\u0032\u00356","kid":")" + keyId + "\"}");
    cases.addMore("x5t", R"(,"x5t":"abc")");
    cases.addMore("cty is JWT over plain claims", R"(,"cty":"JWT")");
    cases.addMore("zip is DEF over plain claims", R"(,"zip":"DEF")");
    cases.addMore("jwk, jku, x5u and x5c over a good signature",
                  R"(,"jwk":{"kty":"oct"},"jku":"https://evil.test","x5u":"https://evil.test","x5c":["AAAA"])");
    cases.addMore("b64 is true", R"(,"b64":true)");
    cases.addMore("a member that nobody knows", R"(,"x":{"y":[1]})");
    cases.addMore("a nonce over a good signature", R"(,"nonce":"abc")");
}

/// Two faults at once: the one that is found first is reported.
void addPairsOfFaults(Cases &cases)
{
    struct Fault
    {
        QByteArray name;
        QByteArray claim;
        QByteArray json; ///< Empty: the claim is left out.
    };
    const std::array faults{Fault{"iat ahead", "iat", inSeconds(60)},
                            Fault{"nbf ahead", "nbf", inSeconds(60)},
                            Fault{"exp past", "exp", inSeconds(-60)},
                            Fault{"iss of somebody else", "iss", "\"https://evil.test/v2.0\""},
                            Fault{"aud of somebody else", "aud", "\"another\""},
                            Fault{"sub missing", "sub", {}},
                            Fault{"sub a number", "sub", "1"},
                            Fault{"roles a string", "roles", "\"Books.Admin\""}};
    const auto with = [](const Claims &claims, const Fault &fault) {
        return fault.json.isEmpty() ? claims.without(fault.claim) : claims.with(fault.claim, fault.json);
    };
    const Claims good = Claims::ofAccessToken();
    for (const Fault &fault : faults) {
        const Claims claims = with(good, fault);
        cases.add(fault.name, claims);
        const QByteArray token = cases.forge().sign(cases.forge().header(), claims.text());
        cases.add("forged and " + fault.name,
                  {attacks::resigned(token, QByteArray(256, '\1')), cases.forge().keys(), Forge::apiPolicy()});
        for (const Fault &other : faults) {
            if (fault.name < other.name && fault.claim != other.claim)
                cases.add(fault.name + " and " + other.name, with(claims, other));
        }
    }
}

bool hasRulesOfPyJwtOnly(const TokenPolicy &policy)
{
    return !policy.nonce && !policy.authorizedParty && !policy.accessToken &&
           !policy.issuer.contains(u"{tenantid}"_s) && !policy.issuer.isEmpty();
}

} // namespace

std::vector<Case> contractCases(const Forge &forge)
{
    Cases cases(forge);
    addAlgorithms(cases);
    addTimes(cases);
    addAudiences(cases);
    addClaims(cases);
    addHeaders(cases);
    addPairsOfFaults(cases);
    return cases.take();
}

std::vector<Case> attackCases(const Forge &forge)
{
    std::vector<Case> cases;
    for (const attacks::Section &section : attacks::sections) {
        for (const attacks::Attack &attack : section.rows()) {
            Trial trial = attack.attempt(forge);
            if (hasRulesOfPyJwtOnly(trial.policy))
                cases.push_back({QByteArray(section.number) + ": " + attack.name, std::move(trial)});
        }
    }
    return cases;
}

} // namespace bookdesk::jose::differential
