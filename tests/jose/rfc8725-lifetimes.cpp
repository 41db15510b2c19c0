// RFC 7519 sections 4.1.4 (exp), 4.1.5 (nbf) and 4.1.6 (iat): to the second, with leeway and without.
#include "jose/rfc8725-attack.h"

using namespace std::chrono_literals;

namespace bookdesk::jose::attacks {
namespace {

QByteArray inSeconds(std::int64_t offset) { return QByteArray::number(qlonglong{testNowSeconds + offset}); }

/// The access token with one claim of another value, as the API sees it: to the second.
auto claiming(const QByteArray &name, const QByteArray &json, TimePoint now = testNow)
{
    return [name, json, now](const Forge &forge) {
        return Trial{forge.sign(forge.header(), Claims::ofAccessToken().with(name, json).text()), forge.keys(),
                     Forge::apiPolicy(), now};
    };
}

/// The ID token with one claim of another value, as it is checked at sign-in: with 120 s of leeway.
auto claimingOfId(const QByteArray &name, const QByteArray &json)
{
    return [name, json](const Forge &forge) {
        return Trial{forge.sign(forge.header(), Claims::ofIdToken().with(name, json).text()), forge.keys(),
                     Forge::clientPolicy()};
    };
}

Attack outOfTime(const QByteArray &name, Kind kind, std::function<Trial(const Forge &)> attempt)
{
    return {name, kind, Fault::outOfTime, std::move(attempt)};
}

void addBorders(Attacks &rows)
{
    rows.push_back(outOfTime("exp is now", Kind::expiry, claiming("exp", inSeconds(0))));
    rows.push_back(outOfTime("exp was a second ago", Kind::expiry, claiming("exp", inSeconds(-1))));
    rows.push_back(outOfTime("exp is now and a half", Kind::expiry, claiming("exp", inSeconds(0) + ".5")));
    rows.push_back(outOfTime("exp is now with leeway: 120 s ago", Kind::expiry, claimingOfId("exp", inSeconds(-120))));
    rows.push_back(outOfTime("exp was 121 s ago, with leeway", Kind::expiry, claimingOfId("exp", inSeconds(-121))));
    rows.push_back(outOfTime("nbf is in a second", Kind::notBefore, claiming("nbf", inSeconds(1))));
    rows.push_back(outOfTime("nbf is in 121 s, with leeway", Kind::notBefore, claimingOfId("nbf", inSeconds(121))));
    rows.push_back(outOfTime("iat is in a second", Kind::issuedAt, claiming("iat", inSeconds(1))));
    rows.push_back(outOfTime("iat is in 121 s, with leeway", Kind::issuedAt, claimingOfId("iat", inSeconds(121))));
}

void addExtremes(Attacks &rows)
{
    for (const char *value : {"0", "-0", "-1", "1", "1e0", "0.9", "-1e300", "-9223372036854775808", "1e-400"})
        rows.push_back(outOfTime(QByteArray("exp is ") + value, Kind::expiry, claiming("exp", value)));
    for (const char *value : {"1e300", "9223372036854775807", "18446744073709551615", "1.8e10", "1800000000000"}) {
        rows.push_back(outOfTime(QByteArray("nbf is ") + value, Kind::notBefore, claiming("nbf", value)));
        rows.push_back(outOfTime(QByteArray("iat is ") + value, Kind::issuedAt, claiming("iat", value)));
    }
    rows.push_back(outOfTime("a clock far ahead", Kind::expiry,
                             claiming("exp", inSeconds(3600), testNow + std::chrono::hours(24 * 365 * 100))));
    rows.push_back(
        outOfTime("a clock that stands at 1970", Kind::issuedAt, claiming("exp", inSeconds(3600), TimePoint{})));
}

void addTypes(Attacks &rows)
{
    struct Claim
    {
        QByteArray name;
        Kind kind;
    };
    for (const auto &[name, kind] :
         {Claim{"exp", Kind::expiry}, Claim{"nbf", Kind::notBefore}, Claim{"iat", Kind::issuedAt}}) {
        const auto add = [&rows, &name = name, &kind = kind](const char *what, const QByteArray &json) {
            rows.push_back({name + what, kind, Fault::wrongType, claiming(name, json)});
        };
        add(" is a number in quotes", '"' + inSeconds(name == "exp" ? 3600 : -60) + '"');
        add(" is a date of ISO 8601", "\"2027-01-15T08:00:00Z\"");
        add(" is an empty string", "\"\"");
        add(" is true", "true");
        add(" is false", "false");
        add(" is an array", '[' + inSeconds(3600) + ']');
        add(" is an object", "{\"$gt\":0}");
    }
    rows.push_back({"nbf is null", Kind::notBefore, Fault::wrongType, claiming("nbf", "null")});
    rows.push_back({"iat is null", Kind::issuedAt, Fault::wrongType, claiming("iat", "null")});
    rows.push_back({"exp is null", Kind::requiredClaims, Fault::missing, claiming("exp", "null")});
    rows.push_back({"exp is missing", Kind::requiredClaims, Fault::missing, [](const Forge &forge) {
                        return Trial{forge.sign(forge.header(), Claims::ofAccessToken().without("exp").text()),
                                     forge.keys(), Forge::apiPolicy()};
                    }});
    rows.push_back({"exp is Exp", Kind::requiredClaims, Fault::missing, [](const Forge &forge) {
                        const Claims claims = Claims::ofAccessToken().without("exp").with("Exp", inSeconds(3600));
                        return Trial{forge.sign(forge.header(), claims.text()), forge.keys(), Forge::apiPolicy()};
                    }});
}

/// The contract's order: `iat` before `nbf` before `exp` before everything about issuer and audience.
void addOrder(Attacks &rows)
{
    const auto both = [](const QByteArray &name, const QByteArray &json, const QByteArray &name2,
                         const QByteArray &json2) {
        return [=](const Forge &forge) {
            const Claims claims = Claims::ofAccessToken().with(name, json).with(name2, json2);
            return Trial{forge.sign(forge.header(), claims.text()), forge.keys(), Forge::apiPolicy()};
        };
    };
    rows.push_back(outOfTime("issued in the future and not valid yet", Kind::issuedAt,
                             both("iat", inSeconds(9), "nbf", inSeconds(9))));
    rows.push_back(
        outOfTime("not valid yet and expired", Kind::notBefore, both("nbf", inSeconds(9), "exp", inSeconds(-9))));
    rows.push_back({"expired and of another issuer", Kind::issuer, Fault::mismatch,
                    both("exp", inSeconds(-9), "iss", "\"https://evil.test\"")});
    rows.push_back(
        outOfTime("expired and for another audience", Kind::expiry, both("exp", inSeconds(-9), "aud", "\"another\"")));
    rows.push_back({"of another issuer and for another audience", Kind::issuer, Fault::mismatch,
                    both("iss", "\"https://evil.test\"", "aud", "\"another\"")});
    rows.push_back({"for another audience and with a sub of the wrong type", Kind::audience, Fault::mismatch,
                    both("aud", "\"another\"", "sub", "1")});
    rows.push_back({"sub and roles of the wrong type", Kind::subject, Fault::wrongType,
                    both("sub", "1", "roles", "\"Books.Admin\"")});
}

} // namespace

Attacks lifetime()
{
    Attacks rows;
    addBorders(rows);
    addExtremes(rows);
    addTypes(rows);
    addOrder(rows);
    return rows;
}

} // namespace bookdesk::jose::attacks
