#include "net/auth-challenge.h"

#include <QTest>

#include <initializer_list>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using net::AuthChallenge;
using net::Headers;

using Challenges = std::vector<AuthChallenge>;
Q_DECLARE_METATYPE(Headers)
Q_DECLARE_METATYPE(Challenges)

namespace {

Headers asked(std::initializer_list<const char *> values)
{
    Headers headers{{"Date"_ba, "x"_ba}};
    for (const char *value : values)
        headers.emplace_back("www-Authenticate"_ba, QByteArray(value));
    return headers;
}

AuthChallenge bearer(std::vector<std::pair<QString, QString>> parameters)
{
    return {u"Bearer"_s, {}, std::move(parameters)};
}

QByteArray described(const Challenges &challenges)
{
    QString text;
    for (const AuthChallenge &challenge : challenges) {
        text += u"[%1 <%2>"_s.arg(challenge.scheme, challenge.token68);
        for (const auto &[name, value] : challenge.parameters)
            text += u" %1=<%2>"_s.arg(name, value);
        text += u']';
    }
    return text.toUtf8();
}

} // namespace

class AuthChallengeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsChallenges_data();
    void readsChallenges();
    void findsParametersInAnyCase();
    void findsTheChallengeThatAsksForProof_data();
    void findsTheChallengeThatAsksForProof();
};

void AuthChallengeTest::readsChallenges_data()
{
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<Challenges>("expected");
    const auto row = [](const char *name, const Headers &headers, const Challenges &expected) {
        QTest::newRow(name) << headers << expected;
    };
    const AuthChallenge expired = bearer({{u"error"_s, u"invalid_token"_s}});
    const AuthChallenge basic{u"Basic"_s, {}, {{u"realm"_s, u"x"_s}}};

    row("no such header", asked({}), {});
    row("an empty header", asked({""}), {});
    row("a bare scheme", asked({"Bearer"}), {bearer({})});
    row("one parameter", asked({R"(Bearer error="invalid_token")"}), {expired});
    row("an unquoted value", asked({"Bearer error=invalid_token"}), {expired});
    row("blanks around the equals sign", asked({"Bearer error \t= \"invalid_token\" "}), {expired});
    row("names in capitals", asked({R"(Bearer ERROR="invalid_token")"}), {expired});
    row("commas in quotes", asked({R"(Bearer a="1, Basic realm=2", b=3)"}),
        {bearer({{u"a"_s, u"1, Basic realm=2"_s}, {u"b"_s, u"3"_s}})});
    row("escaped quotes", asked({R"(Bearer a="say \"hi\" \\ \x", b="")"}),
        {bearer({{u"a"_s, u"say \"hi\" \\ x"_s}, {u"b"_s, QString()}})});
    row("several headers", asked({R"(Bearer error="invalid_token")", "Basic realm=x"}), {expired, basic});
    row("several challenges in one header", asked({R"(Bearer error="invalid_token", Basic realm=x)"}),
        {expired, basic});
    row("bare schemes in a row", asked({"Negotiate, NTLM,Basic realm=x"}),
        {{u"Negotiate"_s, {}, {}}, {u"NTLM"_s, {}, {}}, basic});
    row("empty list members", asked({R"(, ,Bearer ,, error="invalid_token",, Basic realm=x ,)"}), {expired, basic});
    row("token68", asked({"Negotiate YWJj/+-._~==, Basic realm=x"}), {{u"Negotiate"_s, u"YWJj/+-._~=="_s, {}}, basic});
    row("token68 at the end", asked({"Basic realm=x, Negotiate oYG2"}), {basic, {u"Negotiate"_s, u"oYG2"_s, {}}});
    row("parameters without commas", asked({R"(Bearer a="1" b=2)"}), {bearer({{u"a"_s, u"1"_s}, {u"b"_s, u"2"_s}})});
    row("an address without quotes", asked({"Bearer authorization_uri=https://x.example/a?b=c, error=invalid_token"}),
        {bearer({{u"authorization_uri"_s, u"https://x.example/a?b=c"_s}, {u"error"_s, u"invalid_token"_s}})});
    row("Entra's claims challenge",
        asked({R"(Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", )"
               R"(error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnt9fQ==")"}),
        {bearer({{u"realm"_s, QString()},
                 {u"authorization_uri"_s, u"https://login.microsoftonline.com/common/oauth2/authorize"_s},
                 {u"error"_s, u"insufficient_claims"_s},
                 {u"claims"_s, u"eyJhY2Nlc3NfdG9rZW4iOnt9fQ=="_s}})});
    row("claims as plain JSON, in quoted pairs",
        asked({R"(Bearer error="insufficient_claims", claims="{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}")"}),
        {bearer({{u"error"_s, u"insufficient_claims"_s},
                 {u"claims"_s, uR"({"access_token":{"acrs":{"value":"c1"}}})"_s}})});
    row("odd spacing between two challenges",
        asked({"\t Bearer \t error\t=\tinsufficient_claims ,\tclaims = \"e30=\"\t,,Negotiate  oYG2"}),
        {bearer({{u"error"_s, u"insufficient_claims"_s}, {u"claims"_s, u"e30="_s}}), {u"Negotiate"_s, u"oYG2"_s, {}}});
    row("RFC 9470", asked({R"(Bearer error="insufficient_user_authentication", acr_values="c1 c2", max_age="600")"}),
        {bearer({{u"error"_s, u"insufficient_user_authentication"_s},
                 {u"acr_values"_s, u"c1 c2"_s},
                 {u"max_age"_s, u"600"_s}})});
    row("insufficient scope", asked({R"(Bearer error="insufficient_scope", scope="Books.Read Books.Write")"}),
        {bearer({{u"error"_s, u"insufficient_scope"_s}, {u"scope"_s, u"Books.Read Books.Write"_s}})});
    row("UTF-8 in quotes",
        asked({"Bearer realm=\"B\xc3\xbc"
               "cher\""}),
        {bearer({{u"realm"_s, u"B\u00fccher"_s}})});
    row("a quote that never ends", asked({R"(Bearer a=1, error="invalid_token)"}), {bearer({{u"a"_s, u"1"_s}})});
    row("rubbish before a challenge", asked({R"(@@"a, b"@, Basic realm=x)"}), {basic});
    row("a parameter without a scheme", asked({R"(realm="y", Basic realm=x)"}), {basic});
    row("only rubbish", asked({R"(="", ;;;"")"}), {});
}

void AuthChallengeTest::readsChallenges()
{
    QFETCH(const Headers, headers);
    QFETCH(const Challenges, expected);
    QCOMPARE(described(net::readChallenges(headers)), described(expected));
}

void AuthChallengeTest::findsParametersInAnyCase()
{
    const AuthChallenge challenge = bearer({{u"error"_s, u"invalid_token"_s}});
    QCOMPARE(challenge.parameter(u"Error"), u"invalid_token"_s);
    QCOMPARE(challenge.parameter(u"scope"), QString());
}

void AuthChallengeTest::findsTheChallengeThatAsksForProof_data()
{
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<QString>("found");
    const auto row = [](const char *name, std::initializer_list<const char *> values, const char *found) {
        QTest::newRow(name) << asked(values) << QString::fromLatin1(found);
    };
    row("none", {"Bearer"}, "none");
    row("another error", {R"(Bearer realm="1", error="invalid_token")"}, "none");
    row("Entra's", {R"(Bearer realm="1", error="insufficient_claims", claims="e30=")"}, "1");
    row("claims without an error", {R"(Bearer realm="1", claims="e30=")"}, "1");
    row("RFC 9470", {R"(Bearer realm="1", error="insufficient_user_authentication")"}, "1");
    row("behind others", {R"(Basic realm="0", Bearer error="invalid_token")", R"(bearer realm="2", claims="e30=")"},
        "2");
    row("of another scheme", {R"(Basic realm="1", error="insufficient_claims", claims="e30=")"}, "none");
}

void AuthChallengeTest::findsTheChallengeThatAsksForProof()
{
    QFETCH(const Headers, headers);
    QFETCH(const QString, found);
    const std::optional<AuthChallenge> challenge = net::proofChallenge(headers);
    QCOMPARE(challenge ? challenge->parameter(u"realm") : u"none"_s, found);
}

QTEST_GUILESS_MAIN(AuthChallengeTest)
#include "auth-challenge-test.moc"
