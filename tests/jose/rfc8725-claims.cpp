// RFC 8725 sections 3.8 (validate issuer and subject) and 3.9 (use and validate audience), and the claims' types.
#include "jose/rfc8725-attack.h"

using namespace Qt::StringLiterals;

namespace bookdesk::jose::attacks {
namespace {

Trial signedClaims(const Forge &forge, const Claims &claims)
{
    return {forge.sign(forge.header(), claims.text()), forge.keys(), Forge::apiPolicy()};
}

/// The access token with one claim of another value, a JSON text.
auto claiming(const QByteArray &name, const QByteArray &json)
{
    return [name, json](const Forge &forge) { return signedClaims(forge, Claims::ofAccessToken().with(name, json)); };
}

auto lacking(const QByteArray &name)
{
    return [name](const Forge &forge) { return signedClaims(forge, Claims::ofAccessToken().without(name)); };
}

QByteArray quoted(const QString &text) { return '"' + text.toUtf8() + '"'; }

// Several tenants: the issuer is the one of the token's own tenant.
const QString anyTenant = u"https://login.microsoftonline.com/{tenantid}/v2.0"_s;
const QByteArray tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";
const QByteArray otherTenant = "9188040d-6c67-4c5b-b112-36a304b66dad";

QByteArray issuerOf(const QByteArray &tenantId) { return "https://login.microsoftonline.com/" + tenantId + "/v2.0"; }

/// A token of a multi-tenant issuer, by its `iss` and `tid` as JSON texts; an empty one is left out.
auto ofTenant(const QByteArray &issuer, const QByteArray &tenantId, const QString &jwkIssuer = {})
{
    return [issuer, tenantId, jwkIssuer](const Forge &forge) {
        Claims claims = Claims::ofAccessToken().with("iss", issuer).without("tid");
        if (!tenantId.isEmpty())
            claims = claims.with("tid", tenantId);
        Trial trial = signedClaims(forge, claims);
        trial.policy.issuer = anyTenant;
        if (!jwkIssuer.isEmpty())
            trial.keys = keySet({changed(forge.jwk(), u"issuer"_s, jwkIssuer)});
        return trial;
    };
}

void addTenants(Attacks &rows)
{
    const auto add = [&rows](const char *name, Fault fault, std::function<Trial(const Forge &)> attempt) {
        rows.push_back({name, Kind::issuer, fault, std::move(attempt)});
    };
    const auto quotedId = [](const QByteArray &id) { return '"' + id + '"'; };
    const QByteArray good = quotedId(issuerOf(tenant));
    add("any tenant: tid of another tenant than iss", Fault::mismatch, ofTenant(good, quotedId(otherTenant)));
    add("any tenant: no tid", Fault::tenant, ofTenant(good, {}));
    add("any tenant: tid is no GUID", Fault::tenant, ofTenant(quotedId(issuerOf("contoso")), quotedId("contoso")));
    add("any tenant: tid is a GUID in braces", Fault::tenant,
        ofTenant(quotedId(issuerOf('{' + tenant + '}')), quotedId('{' + tenant + '}')));
    add("any tenant: tid is a GUID without hyphens", Fault::tenant,
        ofTenant(quotedId(issuerOf(QByteArray(tenant).replace("-", ""))),
                 quotedId(QByteArray(tenant).replace("-", ""))));
    add("any tenant: tid is a GUID with a line feed behind", Fault::tenant,
        ofTenant(quotedId(issuerOf(tenant + "\\n")), quotedId(tenant + "\\n")));
    add("any tenant: tid is a path out of the tenant", Fault::tenant,
        ofTenant(quotedId(issuerOf("../evil")), quotedId("../evil")));
    add("any tenant: tid is empty", Fault::tenant, ofTenant(quotedId(issuerOf("")), "\"\""));
    add("any tenant: tid is the template itself", Fault::tenant,
        ofTenant(quotedId(issuerOf("{tenantid}")), quotedId("{tenantid}")));
    add("any tenant: iss is the template", Fault::mismatch,
        ofTenant(quotedId(issuerOf("{tenantid}")), quotedId(tenant)));
    add("any tenant: tid is common", Fault::tenant, ofTenant(quotedId(issuerOf("common")), quotedId("common")));
    add("any tenant: tid is a number", Fault::tenant, ofTenant(good, "1"));
    add("any tenant: tid is an array with the right one", Fault::tenant, ofTenant(good, '[' + quotedId(tenant) + ']'));
    add("any tenant: iss of another host", Fault::mismatch,
        ofTenant("\"https://evil.test/" + tenant + "/v2.0\"", quotedId(tenant)));
    add("any tenant: iss of version 1", Fault::mismatch,
        ofTenant("\"https://sts.windows.net/" + tenant + "/\"", quotedId(tenant)));
    add("any tenant: iss with something behind", Fault::mismatch,
        ofTenant(quotedId(issuerOf(tenant) + "/x"), quotedId(tenant)));
    add("any tenant: iss is an array with the right one", Fault::wrongType,
        ofTenant("[" + good + "]", quotedId(tenant)));
    add("any tenant: a token of version 1 under an issuer of version 2", Fault::mismatch, [good](const Forge &forge) {
        Trial trial = ofTenant(good, '"' + tenant + '"')(forge);
        const Claims claims = Claims::ofAccessToken().with("iss", good).with("tid", '"' + tenant + '"');
        trial.token = forge.sign(forge.header(), claims.with("ver", "\"1.0\"").text());
        return trial;
    });
    rows.push_back({"any tenant: the key is published for another tenant", Kind::key, Fault::otherIssuer,
                    ofTenant(good, quotedId(tenant), QString::fromUtf8(issuerOf(otherTenant)))});
    rows.push_back(
        {"one tenant: the key is published for another tenant", Kind::key, Fault::otherIssuer, [](const Forge &forge) {
             return Trial{forge.goodToken(),
                          keySet({changed(forge.jwk(), u"issuer"_s, QString::fromUtf8(issuerOf(otherTenant)))}),
                          Forge::apiPolicy()};
         }});
    rows.push_back({"any tenant: the key is published for another issuer", Kind::key, Fault::otherIssuer,
                    ofTenant(good, quotedId(tenant), u"https://sts.windows.net/{tenantid}/"_s)});
}

void addIssuers(Attacks &rows)
{
    const QString issuer = TokenIssuer::issuer();
    const auto mismatch = [&rows](const char *name, const QString &value) {
        rows.push_back({name, Kind::issuer, Fault::mismatch, claiming("iss", quoted(value))});
    };
    mismatch("iss of somebody else", u"https://evil.test/v2.0"_s);
    mismatch("iss with a slash behind", issuer + u'/');
    mismatch("iss with something behind", issuer + u".evil.test"_s);
    mismatch("iss with a query behind", issuer + u"?x"_s);
    mismatch("iss with a fragment behind", issuer + u"#x"_s);
    mismatch("iss cut off", issuer.chopped(1));
    mismatch("iss with user info in front of the host", QString(issuer).replace(u"https://"_s, u"https://x@"_s));
    mismatch("iss by http", QString(issuer).replace(u"https://"_s, u"http://"_s));
    mismatch("iss without its scheme", QString(issuer).remove(u"https://"_s));
    mismatch("iss in capitals", issuer.toUpper());
    mismatch("iss with the host in capitals", QString(issuer).replace(u"login"_s, u"LOGIN"_s));
    mismatch("iss with the port that goes without saying", QString(issuer).replace(u".test/"_s, u".test:443/"_s));
    mismatch("iss with a path that leads back", QString(issuer).replace(u"/v2.0"_s, u"/x/../v2.0"_s));
    mismatch("iss percent-encoded", QString(issuer).replace(u"v2.0"_s, u"v2%2E0"_s));
    mismatch("iss with a blank in front", u' ' + issuer);
    mismatch("iss with a byte order mark in front", u'\uFEFF' + issuer);
    mismatch("iss with a zero byte behind", issuer + u"\\u0000"_s);
    mismatch("iss with a Cyrillic letter", QString(issuer).replace(u"login"_s, u"l\u043egin"_s));
    mismatch("iss of version 1", u"https://sts.windows.net/5c0e/"_s);
    mismatch("iss of the neighbouring tenant", QString(issuer).replace(u"5c0e"_s, u"5c0f"_s));
    mismatch("iss is empty", {});
    rows.push_back({"iss is an array with the right one", Kind::issuer, Fault::wrongType,
                    claiming("iss", '[' + quoted(issuer) + ']')});
    rows.push_back({"iss is an object", Kind::issuer, Fault::wrongType, claiming("iss", "{}")});
    rows.push_back({"iss is a number", Kind::issuer, Fault::wrongType, claiming("iss", "1")});
    rows.push_back({"iss is true", Kind::issuer, Fault::wrongType, claiming("iss", "true")});
    rows.push_back({"iss is null", Kind::issuer, Fault::missing, claiming("iss", "null")});
    rows.push_back({"iss is missing", Kind::issuer, Fault::missing, lacking("iss")});
    rows.push_back({"iss is in the header only", Kind::issuer, Fault::missing, [](const Forge &forge) {
                        const QByteArray more = ",\"iss\":" + quoted(TokenIssuer::issuer());
                        return Trial{forge.sign(forge.header(Algorithm::rs256, more),
                                                Claims::ofAccessToken().without("iss").text()),
                                     forge.keys(), Forge::apiPolicy()};
                    }});
    rows.push_back({"iss is Iss", Kind::issuer, Fault::missing, [](const Forge &forge) {
                        return signedClaims(
                            forge, Claims::ofAccessToken().without("iss").with("Iss", quoted(TokenIssuer::issuer())));
                    }});
    rows.push_back(
        {"an empty iss where the policy names no issuer", Kind::issuer, Fault::mismatch, [](const Forge &forge) {
             Trial trial = signedClaims(forge, Claims::ofAccessToken().with("iss", "\"\""));
             trial.policy.issuer.clear();
             return trial;
         }});
}

void addSubjects(Attacks &rows)
{
    const auto wrongType = [&rows](const char *name, const QByteArray &claim, const QByteArray &json) {
        rows.push_back({name, Kind::subject, Fault::wrongType, claiming(claim, json)});
    };
    rows.push_back({"sub is missing", Kind::requiredClaims, Fault::missing, lacking("sub")});
    rows.push_back({"sub is null", Kind::requiredClaims, Fault::missing, claiming("sub", "null")});
    wrongType("sub is a number", "sub", "42");
    wrongType("sub is 0", "sub", "0");
    wrongType("sub is false", "sub", "false");
    wrongType("sub is an array", "sub", "[\"somebody\"]");
    wrongType("sub is an object", "sub", "{\"$ne\":\"\"}");
    wrongType("jti is a number", "jti", "1");
    wrongType("jti is null", "jti", "null");
    wrongType("jti is an array", "jti", "[]");
    wrongType("jti is true", "jti", "true");
}

/// The right audience, by a policy that expects others.
auto expecting(const QStringList &audiences, const QByteArray &json)
{
    return [audiences, json](const Forge &forge) {
        Trial trial = signedClaims(forge, Claims::ofAccessToken().with("aud", json));
        trial.policy.audiences = audiences;
        return trial;
    };
}

} // namespace

Attacks issuerAndSubject()
{
    Attacks rows;
    addIssuers(rows);
    addTenants(rows);
    addSubjects(rows);
    return rows;
}

Attacks audience()
{
    const QString api = TokenIssuer::api();
    const auto mismatch = [](const char *name, const QByteArray &json) {
        return Attack{name, Kind::audience, Fault::mismatch, claiming("aud", json)};
    };
    const auto wrongType = [](const char *name, const QByteArray &json) {
        return Attack{name, Kind::audience, Fault::wrongType, claiming("aud", json)};
    };
    return {
        {"aud is missing", Kind::audience, Fault::missing, lacking("aud")},
        {"aud is null", Kind::audience, Fault::missing, claiming("aud", "null")},
        mismatch("aud of somebody else", "\"another-api\""),
        mismatch("aud is Microsoft Graph", "\"00000003-0000-0000-c000-000000000000\""),
        mismatch("aud is the client instead of the API", quoted(TokenIssuer::client())),
        mismatch("aud as an App ID URI", quoted(u"api://"_s + api)),
        mismatch("aud in capitals", quoted(api.toUpper())),
        mismatch("aud cut off", quoted(api.chopped(1))),
        mismatch("aud with something behind", quoted(api + u"-test"_s)),
        mismatch("aud with a slash behind", quoted(api + u'/')),
        mismatch("aud with a blank behind", quoted(api + u' ')),
        mismatch("aud with a zero byte behind", quoted(api + u"\\u0000"_s)),
        mismatch("aud is a list in one string", quoted(api + u" another-api"_s)),
        mismatch("aud is a list with a comma in one string", quoted(api + u",another-api"_s)),
        mismatch("aud is a JSON array in a string", quoted(u"[\\\""_s + api + u"\\\"]"_s)),
        mismatch("aud is a star", "\"*\""),
        mismatch("aud is empty", "\"\""),
        mismatch("aud is an array of others", R"(["another-api","0d44-client"])"),
        mismatch("aud is an array with near misses", '[' + quoted(api.toUpper()) + ',' + quoted(api + u'/') + ']'),
        mismatch("aud is an array with an empty string", "[\"\"]"),
        wrongType("aud is an empty array", "[]"),
        wrongType("aud is an array of arrays", "[[" + quoted(api) + "]]"),
        wrongType("aud is an array of the right one and a number", '[' + quoted(api) + ",1]"),
        wrongType("aud is an array of the right one and null", '[' + quoted(api) + ",null]"),
        wrongType("aud is an object", "{" + quoted(api) + ":true}"),
        wrongType("aud is a number", "1"),
        wrongType("aud is true", "true"),
        {"an empty aud where the policy expects none", Kind::audience, Fault::mismatch, expecting({}, "\"\"")},
        {"an empty aud where the policy expects an empty one", Kind::audience, Fault::mismatch,
         expecting({QString()}, "\"\"")},
        {"any aud where the policy expects none", Kind::audience, Fault::mismatch, expecting({}, quoted(api))},
    };
}

Attacks contractClaims()
{
    const auto wrongType = [](const char *name, const QByteArray &claim, const QByteArray &json) {
        return Attack{name, Kind::claimTypes, Fault::wrongType, claiming(claim, json)};
    };
    return {
        wrongType("roles is a string", "roles", "\"Books.Admin\""),
        wrongType("roles is null", "roles", "null"),
        wrongType("roles is an object", "roles", "{\"Books.Admin\":true}"),
        wrongType("roles is an array with a number", "roles", "[\"Books.Admin\",1]"),
        wrongType("roles is an array of arrays", "roles", "[[\"Books.Admin\"]]"),
        wrongType("roles is an array with null", "roles", "[null]"),
        wrongType("scp is an array", "scp", "[\"Books.Read\"]"),
        wrongType("scp is null", "scp", "null"),
        wrongType("scp is a number", "scp", "1"),
        wrongType("scp is an object", "scp", "{}"),
        wrongType("name is a number", "name", "7"),
        wrongType("name is an array", "name", "[\"Riley\"]"),
        wrongType("name is true", "name", "true"),
        wrongType("preferred_username is an object", "preferred_username", "{}"),
        wrongType("preferred_username is a number", "preferred_username", "1"),
    };
}

} // namespace bookdesk::jose::attacks
