// The compact serialization (RFC 7515 sections 2, 3.1, 4.1.11, 5.2 and 7.1; RFC 7797): one text for one token.
#include "jose/rfc8725-attack.h"

#include <array>

using namespace Qt::StringLiterals;

namespace bookdesk::jose::attacks {
namespace {

constexpr std::array partNames{"header", "claims", "signature"};

using TextChange = QByteArray (*)(QByteArray);

/// Three encoded parts that have everything: a `-`, a `_`, and bits that are left over in the last character.
QByteArrayList richParts(const Forge &forge)
{
    const QByteArray special = '"' + QByteArray(6, '?') + QByteArray(6, '>') + '"';
    const auto filled = [](QByteArray json) {
        while (json.size() % 3 != 1)
            json += ' ';
        return json;
    };
    const QByteArray header = filled(forge.header(Algorithm::rs256, ",\"x\":" + special));
    for (int attempt = 0;; ++attempt) {
        const Claims claims = Claims::ofAccessToken().with("x", special).with("n", QByteArray::number(attempt));
        const QByteArrayList parts = forge.sign(header, filled(claims.text())).split('.');
        if (parts.at(2).contains('-') && parts.at(2).contains('_'))
            return parts;
    }
}

/// One part's text is changed, and the signature is made over the changed text: a lenient reader would take it.
auto partChanged(int part, TextChange change)
{
    return [part, change](const Forge &forge) {
        QByteArrayList parts = richParts(forge);
        parts[part] = change(parts.at(part));
        if (part < 2) {
            const QByteArray input = parts.at(0) + '.' + parts.at(1);
            parts[2] = toBase64Url(*forge.key(Algorithm::rs256).signature(Algorithm::rs256, input));
        }
        return Trial{parts.join('.'), forge.keys(), Forge::apiPolicy()};
    };
}

/// The next letter of the alphabet differs in bits that no byte gets.
QByteArray withLooseBits(QByteArray text)
{
    constexpr QByteArrayView alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    text.back() = alphabet.at(alphabet.indexOf(text.back()) + 1);
    return text;
}

QByteArray withMiddle(QByteArray text, QByteArrayView inserted) { return text.insert(text.size() / 2, inserted); }

void addEncodings(Attacks &rows)
{
    const std::array<std::pair<const char *, TextChange>, 17> changes{{
        {"padding", [](QByteArray text) { return text + "=="; }},
        {"padding, percent-encoded", [](QByteArray text) { return text + "%3D%3D"; }},
        {"a blank in front", [](QByteArray text) { return ' ' + text; }},
        {"a blank behind", [](QByteArray text) { return text + ' '; }},
        {"a line feed behind", [](QByteArray text) { return text + '\n'; }},
        {"a line break in the middle", [](QByteArray text) { return withMiddle(text, "\r\n"); }},
        {"a tab in the middle", [](QByteArray text) { return withMiddle(text, "\t"); }},
        {"a zero byte in the middle", [](QByteArray text) { return withMiddle(text, QByteArrayView("\0", 1)); }},
        {"a zero byte behind", [](QByteArray text) { return text + '\0'; }},
        {"a character of no base64 in the middle", [](QByteArray text) { return withMiddle(text, "!"); }},
        {"a comma in the middle", [](QByteArray text) { return withMiddle(text, ","); }},
        {"a letter with an accent in the middle", [](QByteArray text) { return withMiddle(text, "\xc3\xa9"); }},
        {"+ for -", [](QByteArray text) { return text.replace('-', '+'); }},
        {"/ for _", [](QByteArray text) { return text.replace('_', '/'); }},
        {"loose bits at the end", &withLooseBits},
        {"three letters too many", [](QByteArray text) { return text + "AAA"; }},
        {"padding in front", [](QByteArray text) { return '=' + text; }},
    }};
    for (int part = 0; part < static_cast<int>(partNames.size()); ++part) {
        for (const auto &[name, change] : changes)
            rows.push_back({QByteArray(partNames.at(static_cast<std::size_t>(part))) + ": " + name, Kind::structure,
                            Fault::malformed, partChanged(part, change)});
    }
}

using Rewrite = QByteArray (*)(const QByteArrayList &);

/// A good token's parts, put together otherwise.
auto assembled(Rewrite rewrite)
{
    return [rewrite](const Forge &forge) {
        return Trial{rewrite(forge.goodToken().split('.')), forge.keys(), Forge::apiPolicy()};
    };
}

auto text(const QByteArray &token)
{
    return [token](const Forge &forge) { return Trial{token, forge.keys(), Forge::apiPolicy()}; };
}

void addAssemblies(Attacks &rows)
{
    const auto malformed = [&rows](const char *name, Rewrite rewrite) {
        rows.push_back({name, Kind::structure, Fault::malformed, assembled(rewrite)});
    };
    malformed("no header", [](const QByteArrayList &parts) { return '.' + parts.at(1) + '.' + parts.at(2); });
    malformed("no claims (detached content)",
              [](const QByteArrayList &parts) { return parts.at(0) + ".." + parts.at(2); });
    malformed("no claims and no signature", [](const QByteArrayList &parts) { return parts.at(0) + ".."; });
    malformed("two parts", [](const QByteArrayList &parts) { return parts.at(0) + '.' + parts.at(1); });
    malformed("one part", [](const QByteArrayList &parts) { return parts.at(0); });
    malformed("a dot behind", [](const QByteArrayList &parts) { return parts.join('.') + '.'; });
    malformed("a fourth part", [](const QByteArrayList &parts) { return parts.join('.') + ".AAAA"; });
    malformed("six parts", [](const QByteArrayList &parts) { return parts.join('.') + '.' + parts.join('.'); });
    malformed("two tokens, one behind the other",
              [](const QByteArrayList &parts) { return parts.join('.') + ',' + parts.join('.'); });
    malformed("a blank in front of the token", [](const QByteArrayList &parts) { return ' ' + parts.join('.'); });
    malformed("a line feed behind the token", [](const QByteArrayList &parts) { return parts.join('.') + '\n'; });
    malformed("the scheme in front of the token",
              [](const QByteArrayList &parts) { return "Bearer " + parts.join('.'); });
    malformed("the token in quotes", [](const QByteArrayList &parts) { return '"' + parts.join('.') + '"'; });
    malformed("commas for dots", [](const QByteArrayList &parts) { return parts.join(','); });
    malformed("the parts in another order",
              [](const QByteArrayList &parts) { return parts.at(1) + '.' + parts.at(2) + '.' + parts.at(0); });
    rows.push_back({"nothing", Kind::structure, Fault::malformed, text({})});
    rows.push_back({"two dots", Kind::structure, Fault::malformed, text("..")});
    rows.push_back({"a reference token", Kind::structure, Fault::opaque, text("8xLOxBtZp8")});
    rows.push_back({"a refresh token of three parts, as Entra has them", Kind::structure, Fault::opaque,
                    text("1.AXQAaYlQvVSm3k2_5ZqM8h7QwAA.AgABAwEAAAAmoFfGtYxvRrNriQdPKIZ-")});
    rows.push_back({"a refresh token", Kind::structure, Fault::opaque, text("0.AXoAq1ZWkM.AgABAAEAAAD.x.y-z")});
    rows.push_back({"a flattened JWS in JSON", Kind::structure, Fault::malformed,
                    assembled([](const QByteArrayList &parts) -> QByteArray {
                        return R"({"protected":")" + parts.at(0) + R"(","payload":")" + parts.at(1) +
                               R"(","signature":")" + parts.at(2) + "\"}";
                    })});
    rows.push_back({"a general JWS in JSON", Kind::structure, Fault::malformed,
                    assembled([](const QByteArrayList &parts) -> QByteArray {
                        return R"({"payload":")" + parts.at(1) + R"(","signatures":[{"protected":")" + parts.at(0) +
                               R"(","signature":")" + parts.at(2) + "\"}]}";
                    })});
    rows.push_back({"an encrypted token (JWE)", Kind::structure, Fault::encrypted,
                    text(toBase64Url(R"({"alg":"RSA-OAEP","enc":"A256GCM"})") + ".AAAA.AAAA.AAAA.AAAA")});
    rows.push_back({"an encrypted token without an encrypted key (dir)", Kind::structure, Fault::encrypted,
                    text(toBase64Url(R"({"alg":"dir","enc":"A128CBC-HS256","cty":"JWT"})") + "..AAAA.AAAA.AAAA")});
}

void addSizes(Attacks &rows)
{
    rows.push_back({"a good token of more than 1 MiB", Kind::structure, Fault::tooLarge, [](const Forge &forge) {
                        const QByteArray filler = '"' + QByteArray(800'000, 'a') + '"';
                        const Claims claims = Claims::ofAccessToken().with("x", filler);
                        return Trial{forge.sign(forge.header(), claims.text()), forge.keys(), Forge::apiPolicy()};
                    }});
    rows.push_back(
        {"1 MiB and one byte of letters", Kind::structure, Fault::tooLarge, text(QByteArray(1024 * 1024 + 1, 'A'))});
    rows.push_back(
        {"1 MiB and one byte of dots", Kind::structure, Fault::tooLarge, text(QByteArray(1024 * 1024 + 1, '.'))});
    // Just within the limit: it must be refused for what it is, and at once.
    rows.push_back({"1 MiB of dots", Kind::structure, Fault::opaque, text(QByteArray(1024 * 1024, '.'))});
}

/// A good token whose header demands something, well signed.
auto demanding(const QByteArray &more)
{
    return [more](const Forge &forge) {
        return Trial{forge.sign(forge.header(Algorithm::rs256, more), Claims::ofAccessToken().text()), forge.keys(),
                     Forge::apiPolicy()};
    };
}

/// RFC 7797: the claims are signed as they are, not encoded.
Trial unencoded(const Forge &forge)
{
    const QByteArray header = forge.header(Algorithm::rs256, R"(,"b64":false,"crit":["b64"])");
    const QByteArray claims = Claims::ofAccessToken().text();
    const QByteArray signature =
        *forge.key(Algorithm::rs256).signature(Algorithm::rs256, toBase64Url(header) + '.' + claims);
    return {toBase64Url(header) + '.' + toBase64Url(claims) + '.' + toBase64Url(signature), forge.keys(),
            Forge::apiPolicy()};
}

void addExtensions(Attacks &rows)
{
    const auto add = [&rows](const char *name, const QByteArray &more) {
        rows.push_back({name, Kind::structure, Fault::criticalExtension, demanding(more)});
    };
    add("crit with a name that nobody knows",
        R"(,"crit":["http://example.com/UNDEFINED"],"http://example.com/UNDEFINED":true)");
    add("crit with a name that is not in the header", R"(,"crit":["exp"])");
    add("crit with exp", R"(,"crit":["exp"],"exp":4102444800)");
    add("crit with alg, which must not be there", R"(,"crit":["alg"])");
    add("crit with kid", R"(,"crit":["kid"])");
    add("crit with b64 that is true", R"(,"crit":["b64"],"b64":true)");
    add("crit is empty", R"(,"crit":[])");
    add("crit is null", R"(,"crit":null)");
    add("crit is a string", R"(,"crit":"exp","exp":1)");
    add("crit is an object", R"(,"crit":{})");
    add("crit is false", R"(,"crit":false)");
    add("crit with a number", R"(,"crit":[1])");
    add("crit with a name twice", R"(,"crit":["x","x"],"x":1)");
    add("crit with an empty name", R"(,"crit":[""],"":1)");
    add("b64 is false without crit", R"(,"b64":false)");
    add("b64 is a string", R"(,"b64":"false")");
    add("b64 is 0", R"(,"b64":0)");
    add("b64 is null", R"(,"b64":null)");
    rows.push_back({"unencoded claims as RFC 7797 has them", Kind::structure, Fault::criticalExtension, &unencoded});
}

} // namespace

Attacks serialization()
{
    Attacks rows;
    addEncodings(rows);
    addAssemblies(rows);
    addSizes(rows);
    addExtensions(rows);
    return rows;
}

} // namespace bookdesk::jose::attacks
