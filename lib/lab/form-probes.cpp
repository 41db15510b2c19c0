// Tokens that are not written as RFC 7515 and RFC 7519 want them.
#include "jose/base64url.h"
#include "lab/forger.h"
#include "lab/probe-rows.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::lab::rows {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(FormProbes)
};

constexpr QByteArrayView alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A genuine token with its signature written in another way; @p rewrite gives nothing where there is none.
Possible<Forgery> rewritten(const Forger &forger, std::optional<QByteArray> (*rewrite)(QByteArray), const QString &what)
{
    const Possible<Secret> token = forger.genuine();
    if (!token)
        return notPossible(token.error());
    QByteArray text = token->reveal().toByteArray();
    const qsizetype begin = text.lastIndexOf('.') + 1;
    const std::optional<QByteArray> signature = rewrite(text.sliced(begin));
    if (!signature)
        return notPossible(Texts::tr("This token's signature has the same form in either way."));
    text.replace(begin, text.size() - begin, *signature);
    return Forgery{.token = Secret::taking(std::move(text)), .details = {{u"signature"_s, what, u"base64url"_s}}};
}

Possible<Forgery> padded(const Forger &forger)
{
    const auto rewrite = [](QByteArray signature) -> std::optional<QByteArray> {
        const qsizetype missing = (4 - signature.size() % 4) % 4;
        return missing ? std::optional(signature + QByteArray(missing, '=')) : std::nullopt;
    };
    return rewritten(forger, rewrite, Texts::tr("with padding"));
}

Possible<Forgery> plainBase64(const Forger &forger)
{
    const auto rewrite = [](QByteArray signature) -> std::optional<QByteArray> {
        const QByteArray before = signature;
        signature.replace('-', '+').replace('_', '/');
        return signature == before ? std::nullopt : std::optional(signature);
    };
    return rewritten(forger, rewrite, Texts::tr("plain base64"));
}

/// The last character has bits that no byte of the signature needs.
Possible<Forgery> trailingBits(const Forger &forger)
{
    const auto rewrite = [](QByteArray signature) -> std::optional<QByteArray> {
        if (signature.size() % 4 == 0)
            return std::nullopt;
        signature.back() = alphabet[alphabet.indexOf(signature.back()) | 1];
        return signature;
    };
    return rewritten(forger, rewrite, Texts::tr("with unused bits set"));
}

Possible<Forgery> asJson(const Forger &forger)
{
    const Possible<Secret> token = forger.genuine();
    if (!token)
        return notPossible(token.error());
    const QByteArrayList parts = token->reveal().toByteArray().split('.');
    const JsonObject object{{u"payload"_s, QString::fromLatin1(parts.value(1))},
                            {u"protected"_s, QString::fromLatin1(parts.value(0))},
                            {u"signature"_s, QString::fromLatin1(parts.value(2))}};
    return Forgery{.token = Secret::taking(toCompactJson(object)),
                   .details = {{u"token"_s, Texts::tr("a JSON object"), Texts::tr("the compact form")}},
                   .refusals = {400}};
}

/// A genuine token within one that another key signed.
Possible<Forgery> nested(const Forger &forger)
{
    const Possible<Secret> inner = forger.genuine();
    const Possible<jose::SigningKey> key = inner ? forger.proberKey() : notPossible(inner.error());
    if (!key)
        return notPossible(key.error());
    const QByteArray input = jose::toBase64Url(toCompactJson(with(forger.header(), u"cty"_s, u"JWT"_s))) + '.' +
                             jose::toBase64Url(inner->reveal());
    const Result<QByteArray> signature = key->signature(jose::Algorithm::rs256, input);
    if (!signature)
        return notPossible(signature.error().message);
    return Forgery{.token = withSignature(input, *signature),
                   .details = {{u"cty"_s, u"JWT"_s, {}}, {u"signature"_s, Texts::tr("of another key"), {}}}};
}

Possible<Forgery> oversize(const Forger &forger)
{
    constexpr int size = 48 * 1024;
    const JsonObject claims = with(forger.claims(), u"filler"_s, QString(size, u'a'));
    const Possible<Secret> token = forger.byProber(forger.header(), claims);
    if (!token)
        return notPossible(token.error());
    return Forgery{.token = *token,
                   .details = {{u"size"_s, Texts::tr("%1 bytes").arg(token->size()), {}},
                               {u"signature"_s, Texts::tr("of another key"), {}}},
                   .refusals = {400, 413, 431}};
}

Possible<Forgery> withHeader(const Forger &forger, const JsonObject &header, ProbeDetail detail)
{
    const Possible<Secret> token = forger.byTenant(header, forger.claims());
    if (!token)
        return notPossible(token.error());
    return Forgery{.token = *token, .details = {std::move(detail)}};
}

Possible<Forgery> unknownExtension(const Forger &forger)
{
    const QString name = u"bookdesk-probe"_s;
    const JsonObject header = with(with(forger.header(), u"crit"_s, JsonArray{name}), name, true);
    return withHeader(forger, header, {u"crit"_s, name, {}});
}

Possible<Forgery> unencodedPayload(const Forger &forger)
{
    const JsonObject header = with(with(forger.header(), u"crit"_s, JsonArray{u"b64"_s}), u"b64"_s, false);
    return withHeader(forger, header, {u"b64"_s, u"false"_s, {}});
}

/// Of two members with one name the last counts, if any (RFC 7515 section 4), and here it is a wrong one.
Possible<Forgery> twice(const Forger &forger, const QString &name, const QString &last)
{
    JsonObject header = forger.header();
    header.append(name, last);
    return withHeader(forger, header, {name, Texts::tr("the right one, and then %1").arg(last), {}});
}

Possible<Forgery> algorithmTwice(const Forger &forger) { return twice(forger, u"alg"_s, u"none"_s); }

Possible<Forgery> keyIdTwice(const Forger &forger) { return twice(forger, u"kid"_s, u"bookdesk-probe"_s); }

} // namespace

std::vector<ProbeRow> form()
{
    constexpr ProbeGroup group = ProbeGroup::form;
    constexpr const char *base64url = "CVE-2022-25898, RFC 7515, section 2";
    return {
        {"base64-padding", group, QT_TRANSLATE_NOOP("Probe", "Signature with padding"),
         QT_TRANSLATE_NOOP("Probe", "base64url with padding"), base64url, "base64url", padded},
        {"base64-plain", group, QT_TRANSLATE_NOOP("Probe", "Signature in plain base64"),
         QT_TRANSLATE_NOOP("Probe", "plain base64"), base64url, "base64url", plainBase64},
        {"base64-trailing-bits", group, QT_TRANSLATE_NOOP("Probe", "Signature with unused bits set"),
         QT_TRANSLATE_NOOP("Probe", "a second spelling of the same signature"), "RFC 4648, section 3.5", "base64url",
         trailingBits},
        {"json-form", group, QT_TRANSLATE_NOOP("Probe", "JSON form"),
         QT_TRANSLATE_NOOP("Probe", "a token in JSON form"), "CVE-2022-39227, RFC 7519, section 1", "compact", asJson},
        {"nested", group, QT_TRANSLATE_NOOP("Probe", "Token within a token"),
         QT_TRANSLATE_NOOP("Probe", "a genuine token within a forged one"), "RFC 8725, section 3.3", "compact", nested},
        {"oversize", group, QT_TRANSLATE_NOOP("Probe", "Oversize"),
         QT_TRANSLATE_NOOP("Probe", "a huge token that another key signed"), "CVE-2025-30204, RFC 6585, section 5",
         "size", oversize},
        {"crit-unknown", group, QT_TRANSLATE_NOOP("Probe", "Unknown critical extension"),
         QT_TRANSLATE_NOOP("Probe", "an extension that it does not know but must"),
         "CVE-2025-59420, RFC 7515, section 4.1.11", "critical", unknownExtension},
        {"b64-false", group, QT_TRANSLATE_NOOP("Probe", "Claims said to be unencoded (b64)"),
         QT_TRANSLATE_NOOP("Probe", "claims that are not what the header says"), "CVE-2025-59420, RFC 7797, section 6",
         "critical", unencodedPayload},
        {"alg-twice", group, QT_TRANSLATE_NOOP("Probe", "Algorithm written twice"),
         QT_TRANSLATE_NOOP("Probe", "the first of two algorithms"), "CVE-2017-12635, RFC 7515, section 4", "duplicates",
         algorithmTwice},
        {"kid-twice", group, QT_TRANSLATE_NOOP("Probe", "Key ID written twice"),
         QT_TRANSLATE_NOOP("Probe", "the first of two key IDs"), "CVE-2017-12635, RFC 7515, section 4", "duplicates",
         keyIdTwice},
    };
}

} // namespace bookdesk::lab::rows
