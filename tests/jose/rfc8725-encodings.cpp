// RFC 8725 sections 3.6 (avoid compression) and 3.7 (use UTF-8), and the JSON texts of RFC 7519 section 4.
#include "jose/rfc8725-attack.h"

using namespace Qt::StringLiterals;

namespace bookdesk::jose::attacks {
namespace {

/// Claims as these bytes, well signed.
auto claimBytes(const QByteArray &bytes)
{
    return [bytes](const Forge &forge) {
        return Trial{forge.sign(forge.header(), bytes), forge.keys(), Forge::apiPolicy()};
    };
}

/// A header with these bytes for the value of a member, well signed.
auto headerBytes(const QByteArray &more)
{
    return [more](const Forge &forge) {
        return Trial{forge.sign(forge.header(Algorithm::rs256, more), Claims::ofAccessToken().text()), forge.keys(),
                     Forge::apiPolicy()};
    };
}

/// The good access token's claims with this JSON text for the name.
auto named(const QByteArray &json) { return claimBytes(Claims::ofAccessToken().with("name", json).text()); }

QByteArray deflated(const QByteArray &bytes)
{
    // qCompress writes a length of 4 bytes, then zlib's header of 2 bytes and its checksum of 4 bytes.
    return qCompress(bytes).mid(4 + 2).chopped(4);
}

QByteArray utf16(const QByteArray &ascii)
{
    QByteArray wide;
    for (const char c : ascii)
        wide += QByteArray(1, c) + '\0';
    return wide;
}

QByteArray nestedArrays(int depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); }

QByteArray nestedObjects(int depth) { return QByteArray(R"({"a":)").repeated(depth) + '1' + QByteArray(depth, '}'); }

Attack malformed(const QByteArray &name, std::function<Trial(const Forge &)> attempt)
{
    return {name, Kind::structure, Fault::malformed, std::move(attempt)};
}

void addDuplicates(Attacks &rows)
{
    const QByteArray good = Claims::ofAccessToken().text();
    const auto twice = [&good](const QByteArray &member) { return claimBytes(good.chopped(1) + ',' + member + '}'); };
    rows.push_back(malformed("exp twice", twice(R"("exp":4102444800)")));
    rows.push_back(malformed("aud twice", twice(R"("aud":"another")")));
    rows.push_back(malformed("iss twice", twice(R"("iss":"https://evil.test")")));
    rows.push_back(malformed("roles twice", twice(R"("roles":["Books.Admin"])")));
    rows.push_back(malformed("sub twice, once with an escape", twice(R"("\u0073ub":"another")")));
    rows.push_back(malformed("the same claim twice with the same value", twice(R"("ver":"2.0")")));
    rows.push_back(malformed("a member twice within a claim", twice(R"("act":{"sub":"a","sub":"b"})")));
    rows.push_back(malformed("a member twice deep within a claim", twice(R"("act":[{"a":{"b":[{"c":1,"c":2}]}}])")));
    rows.push_back(malformed("alg twice in the header", headerBytes(R"(,"alg":"none")")));
    rows.push_back(malformed("alg twice in the header, once with an escape", headerBytes(R"(,"\u0061lg":"none")")));
    rows.push_back(malformed("kid twice in the header", headerBytes(R"(,"kid":"another")")));
    rows.push_back(
        malformed("a member twice within the header's jwk", headerBytes(R"(,"jwk":{"kty":"RSA","kty":"oct"})")));
}

void addNumbers(Attacks &rows)
{
    const auto expiry = [](const QByteArray &json) {
        return claimBytes(Claims::ofAccessToken().with("exp", json).text());
    };
    rows.push_back(malformed("exp is 1e400, which is no number of this machine", expiry("1e400")));
    rows.push_back(malformed("exp is -1e400", expiry("-1e400")));
    rows.push_back(malformed("exp is NaN", expiry("NaN")));
    rows.push_back(malformed("exp is Infinity", expiry("Infinity")));
    rows.push_back(malformed("exp is -Infinity", expiry("-Infinity")));
    rows.push_back(malformed("exp is hexadecimal", expiry("0x7fffffff")));
    rows.push_back(malformed("exp has a zero in front", expiry("01800003600")));
    rows.push_back(malformed("exp has a plus sign", expiry("+1800003600")));
    rows.push_back(malformed("exp ends with its decimal point", expiry("1800003600.")));
    rows.push_back(malformed("exp has no digit before its decimal point", expiry(".5")));
    rows.push_back(malformed("exp has separators", expiry("1_800_003_600")));
    rows.push_back(malformed("exp has no value", expiry("")));
}

} // namespace

Attacks compression()
{
    const QByteArray good = Claims::ofAccessToken().text();
    return {
        malformed("compressed claims, zip DEF in the header",
                  [good](const Forge &forge) {
                      return Trial{forge.sign(forge.header(Algorithm::rs256, R"(,"zip":"DEF")"), deflated(good)),
                                   forge.keys(), Forge::apiPolicy()};
                  }),
        malformed("compressed claims that do not say so", claimBytes(deflated(good))),
        malformed("claims of 16 MiB, compressed",
                  [](const Forge &forge) {
                      const QByteArray bomb = deflated("{\"a\":\"" + QByteArray(16 * 1024 * 1024, 'a') + "\"}");
                      return Trial{forge.sign(forge.header(Algorithm::rs256, R"(,"zip":"DEF")"), bomb), forge.keys(),
                                   Forge::apiPolicy()};
                  }),
        {"a compressed and encrypted token", Kind::structure, Fault::encrypted,
         [](const Forge &forge) {
             const QByteArray header = toBase64Url(R"({"alg":"RSA-OAEP","enc":"A256GCM","zip":"DEF"})");
             return Trial{header + ".AAAA.AAAA.AAAA.AAAA", forge.keys(), Forge::apiPolicy()};
         }},
    };
}

Attacks utf8()
{
    const QByteArray good = Claims::ofAccessToken().text();
    return {
        malformed("a byte that UTF-8 never has", named("\"Riley\xff\"")),
        malformed("Latin-1", named("\"Ren\xe9\"")),
        malformed("a continuation byte alone", named("\"\x80\"")),
        malformed("a sequence cut off", named("\"\xe2\x82\"")),
        malformed("an overlong slash", named("\"\xc0\xaf\"")),
        malformed("an overlong zero byte", named("\"\xc0\x80\"")),
        malformed("a surrogate in UTF-8", named("\"\xed\xa0\x80\"")),
        malformed("a surrogate pair in UTF-8 (CESU-8)", named("\"\xed\xa0\xbd\xed\xb8\x80\"")),
        malformed("a character beyond U+10FFFF", named("\"\xf4\x90\x80\x80\"")),
        malformed("a lone high surrogate as an escape", named(R"("\ud83d")")),
        malformed("a lone low surrogate as an escape", named(R"("\ude00")")),
        malformed("surrogates in the wrong order as escapes", named(R"("\ude00\ud83d")")),
        malformed("a lone surrogate in a claim's name",
                  claimBytes(Claims::ofAccessToken().with(R"(\ud800)", "1").text())),
        malformed("bad UTF-8 in a claim's name", claimBytes(Claims::ofAccessToken().with("\xff", "1").text())),
        malformed("bad UTF-8 in the header", headerBytes(",\"x\":\"\xff\"")),
        malformed("an overlong quote in the header", headerBytes(",\"x\":\"\xc0\xa2\"")),
        malformed("claims with a byte order mark", claimBytes("\xef\xbb\xbf" + good)),
        malformed("claims in UTF-16", claimBytes(utf16(good))),
        malformed("claims in UTF-16 with a byte order mark", claimBytes("\xff\xfe" + utf16(good))),
        malformed("a header with a byte order mark",
                  [good](const Forge &forge) {
                      return Trial{forge.sign("\xef\xbb\xbf" + forge.header(), good), forge.keys(), Forge::apiPolicy()};
                  }),
        malformed("a header in UTF-16",
                  [good](const Forge &forge) {
                      return Trial{forge.sign(utf16(forge.header()), good), forge.keys(), Forge::apiPolicy()};
                  }),
    };
}

Attacks jsonTexts()
{
    const QByteArray good = Claims::ofAccessToken().text();
    const auto header = [good](const QByteArray &bytes) {
        return [bytes, good](const Forge &forge) {
            return Trial{forge.sign(bytes, good), forge.keys(), Forge::apiPolicy()};
        };
    };
    Attacks rows{
        malformed("claims: an array", claimBytes('[' + good + ']')),
        malformed("claims: a string", claimBytes("\"claims\"")),
        malformed("claims: a number", claimBytes("1")),
        malformed("claims: null", claimBytes("null")),
        malformed("claims: blanks only", claimBytes("   ")),
        malformed("claims: no JSON", claimBytes("iss=me&sub=you")),
        malformed("claims: something behind the object", claimBytes(good + 'x')),
        malformed("claims: a second object behind the object", claimBytes(good + good)),
        malformed("claims: a zero byte behind the object", claimBytes(good + '\0')),
        malformed("claims: a zero byte in front", claimBytes('\0' + good)),
        malformed("claims: a zero byte within a string", named(QByteArray("\"a\0b\"", 5))),
        malformed("claims: a control character within a string", named("\"a\x01\"")),
        malformed("claims: a line feed within a string", named("\"a\nb\"")),
        malformed("claims: an escape that JSON does not have", named(R"("\x41")")),
        malformed("claims: an escape cut off", named(R"("\u00")")),
        malformed("claims: cut off", claimBytes(good.chopped(1))),
        malformed("claims: a comma behind the last member", claimBytes(good.chopped(1) + ",}")),
        malformed("claims: a comment", claimBytes("/* me */" + good)),
        malformed("claims: single quotes", claimBytes(QByteArray(good).replace('"', '\''))),
        malformed("claims: a member without quotes", claimBytes(good.chopped(1) + ",a:1}")),
        malformed("claims: undefined", named("undefined")),
        malformed("claims: True, as Python writes it", named("True")),
        malformed("claims: arrays 100 deep", named(nestedArrays(100))),
        malformed("claims: arrays 100000 deep", named(nestedArrays(100'000))),
        malformed("claims: objects 100 deep", named(nestedObjects(100))),
        malformed("claims: 100000 arrays that are never closed", named(QByteArray(100'000, '['))),
        malformed("header: an array", header(R"([{"alg":"RS256"}])")),
        malformed("header: a string", header("\"RS256\"")),
        malformed("header: null", header("null")),
        malformed("header: blanks only", header("  ")),
        malformed("header: arrays 100 deep", headerBytes(",\"x\":" + nestedArrays(100))),
        malformed("header: objects 100000 deep", headerBytes(",\"x\":" + nestedObjects(100'000))),
        malformed("header: something behind the object",
                  [good](const Forge &forge) {
                      return Trial{forge.sign(forge.header() + "{}", good), forge.keys(), Forge::apiPolicy()};
                  }),
        malformed("header: a zero byte behind the object",
                  [good](const Forge &forge) {
                      return Trial{forge.sign(forge.header() + '\0', good), forge.keys(), Forge::apiPolicy()};
                  }),
    };
    addDuplicates(rows);
    addNumbers(rows);
    return rows;
}

} // namespace bookdesk::jose::attacks
