// Tokens that choose an algorithm for which nobody needs the tenant's private key.
#include "lab/forger.h"
#include "lab/key-encodings.h"
#include "lab/probe-rows.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace bookdesk::lab::rows {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(AlgorithmProbes)
};

constexpr ProbeGroup group = ProbeGroup::algorithm;

ProbeDetail algorithmIs(const QString &name) { return {u"alg"_s, name, u"RS256"_s}; }

JsonObject headerFor(const Forger &forger, const QString &algorithm)
{
    return with(forger.header(), u"alg"_s, algorithm);
}

struct Spelling
{
    const char *name;
    const char *unsignedId;
    const char *signedId;
};

/// Comparisons that are too exact (`!= "none"`) let most of them through, and those that ignore case let all.
constexpr std::array spellings{
    Spelling{"none", "none", "none-signed"},
    Spelling{"None", "none-title-case", "none-title-case-signed"},
    Spelling{"NONE", "none-upper-case", "none-upper-case-signed"},
    Spelling{"nOnE", "none-mixed-case", "none-mixed-case-signed"},
    Spelling{"NoNe", "none-mixed-case-2", "none-mixed-case-2-signed"},
    Spelling{"noNE", "none-mixed-case-3", "none-mixed-case-3-signed"},
    Spelling{"nonE", "none-mixed-case-4", "none-mixed-case-4-signed"},
    Spelling{"NOne", "none-mixed-case-5", "none-mixed-case-5-signed"},
};

ProbeRow noneWithoutSignature(const Spelling &spelling)
{
    const QString name = QString::fromLatin1(spelling.name);
    const auto forge = [name](const Forger &forger) -> Possible<Forgery> {
        return Forgery{.token = withSignature(signingInput(headerFor(forger, name), forger.claims()), {}),
                       .details = {algorithmIs(name), {u"signature"_s, Texts::tr("empty"), {}}}};
    };
    return {spelling.unsignedId,
            group,
            QT_TRANSLATE_NOOP("Probe", "alg \"%1\""),
            QT_TRANSLATE_NOOP("Probe", "a token that says it needs no signature (%1)"),
            "CVE-2015-2951, RFC 8725, section 3.2",
            "algorithm",
            forge,
            name};
}

ProbeRow noneWithSignature(const Spelling &spelling)
{
    const QString name = QString::fromLatin1(spelling.name);
    const auto forge = [name](const Forger &forger) -> Possible<Forgery> {
        const Possible<Secret> token = forger.byProber(headerFor(forger, name), forger.claims());
        if (!token)
            return notPossible(token.error());
        return Forgery{.token = *token,
                       .details = {algorithmIs(name), {u"signature"_s, Texts::tr("of another key"), {}}}};
    };
    return {spelling.signedId,
            group,
            QT_TRANSLATE_NOOP("Probe", "alg \"%1\" with some signature"),
            QT_TRANSLATE_NOOP("Probe", "a token that says its signature counts for nothing (%1)"),
            "CVE-2015-2951, RFC 8725, section 3.2",
            "algorithm",
            forge,
            name};
}

Possible<Forgery> withoutAlgorithm(const Forger &forger)
{
    JsonObject header = forger.header();
    header.remove(u"alg");
    return Forgery{.token = withSignature(signingInput(header, forger.claims()), {}),
                   .details = {algorithmIs(Texts::tr("missing"))}};
}

Possible<Forgery> hs256(const Forger &forger, const QByteArray &secret, const QString &what)
{
    return Forgery{.token = withSecret(headerFor(forger, u"HS256"_s), forger.claims(), secret),
                   .details = {algorithmIs(u"HS256"_s), {u"key"_s, what, {}}}};
}

/// HS256 with the public key in one of its encodings, which makes a secret of what everybody knows.
ProbeRow confusion(const char *id, const char *title, Possible<QByteArray> (*encode)(const jose::PublicKey &))
{
    const auto forge = [encode](const Forger &forger) -> Possible<Forgery> {
        const Possible<jose::PublicKey> key = forger.tenantsKey();
        if (!key)
            return notPossible(key.error());
        const Possible<QByteArray> secret = encode(*key);
        return secret ? hs256(forger, *secret, Texts::tr("the public key")) : notPossible(secret.error());
    };
    return {id,
            group,
            title,
            QT_TRANSLATE_NOOP("Probe", "a token that was signed with the public key as a secret"),
            "CVE-2016-10555, RFC 8725, section 3.1",
            "algorithm",
            forge};
}

ProbeRow weakSecret(const char *id, const char *title, const QByteArray &secret)
{
    const auto forge = [secret](const Forger &forger) {
        return hs256(forger, secret, secret.isEmpty() ? Texts::tr("empty") : QString::fromLatin1(secret));
    };
    return {id,
            group,
            title,
            QT_TRANSLATE_NOOP("Probe", "a token that was signed with a secret that anybody guesses"),
            "CVE-2019-20933, RFC 8725, section 3.5",
            "weak-secret",
            forge};
}

ProbeRow zeroSignature(const char *id, const char *title, const QByteArray &signature)
{
    const auto forge = [signature](const Forger &forger) -> Possible<Forgery> {
        return Forgery{.token = withSignature(signingInput(headerFor(forger, u"ES256"_s), forger.claims()), signature),
                       .details = {algorithmIs(u"ES256"_s), {u"signature"_s, u"r = 0, s = 0"_s, {}}}};
    };
    return {id,          group, title, QT_TRANSLATE_NOOP("Probe", "an ECDSA signature of zeros"), "CVE-2022-21449",
            "algorithm", forge};
}

} // namespace

std::vector<ProbeRow> algorithm()
{
    std::vector<ProbeRow> rows;
    for (const Spelling &spelling : spellings)
        rows.push_back(noneWithoutSignature(spelling));
    for (const Spelling &spelling : spellings)
        rows.push_back(noneWithSignature(spelling));
    rows.push_back({"alg-missing", group, QT_TRANSLATE_NOOP("Probe", "No algorithm"),
                    QT_TRANSLATE_NOOP("Probe", "a token that names no algorithm"),
                    "RFC 8725, section 3.1, RFC 7515, section 4.1.1", "algorithm", withoutAlgorithm});
    rows.push_back(confusion("hs256-pem", QT_TRANSLATE_NOOP("Probe", "HS256, public key as PEM"), pem));
    rows.push_back(confusion("hs256-pem-without-line-end",
                             QT_TRANSLATE_NOOP("Probe", "HS256, public key as PEM without its last line end"),
                             pemWithoutLineEnd));
    rows.push_back(confusion("hs256-der", QT_TRANSLATE_NOOP("Probe", "HS256, public key as DER"), der));
    rows.push_back(confusion("hs256-jwk", QT_TRANSLATE_NOOP("Probe", "HS256, public key as JWK"), jwk));
    rows.push_back(confusion("hs256-modulus", QT_TRANSLATE_NOOP("Probe", "HS256, modulus of the public key"), modulus));
    rows.push_back(weakSecret("hs256-empty", QT_TRANSLATE_NOOP("Probe", "HS256, empty key"), {}));
    rows.push_back(weakSecret("hs256-one-character", QT_TRANSLATE_NOOP("Probe", "HS256, key of one character"), "a"));
    rows.push_back(weakSecret("hs256-secret", QT_TRANSLATE_NOOP("Probe", "HS256, key \"secret\""), "secret"));
    rows.push_back(
        zeroSignature("es256-zero", QT_TRANSLATE_NOOP("Probe", "ES256, signature of zeros"), QByteArray(64, '\0')));
    rows.push_back(zeroSignature("es256-zero-der", QT_TRANSLATE_NOOP("Probe", "ES256, signature of zeros in DER"),
                                 QByteArray::fromHex("3006020100020100")));
    return rows;
}

} // namespace bookdesk::lab::rows
