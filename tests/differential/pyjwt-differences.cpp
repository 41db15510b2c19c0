#include "differential/pyjwt-differences.h"

using namespace Qt::StringLiterals;

namespace bookdesk::jose::differential {

bool isOf(Releases releases, const Release &release)
{
    const bool isRecent = release.version >= QVersionNumber(2, 10);
    switch (releases) {
    case Releases::all:
        return true;
    case Releases::before210:
        return !isRecent;
    case Releases::from210:
        return isRecent;
    case Releases::withoutCrit:
        return !release.readsCrit;
    }
    return false;
}

const std::vector<Difference> &differences()
{
    static const std::vector<Difference> all{
        {"PyJWT 2.6 compares iat with its fraction; 2.10 cuts the fraction off, and so do we.",
         Releases::before210,
         u"refused"_s,
         {u"iat is now and a half"_s}},
        {"A NumericDate is a JSON number (RFC 7519 section 2). Python's int() reads texts, too.",
         Releases::all,
         u"accepted"_s,
         {u"exp is a number in quotes with blanks"_s, u"RFC 7519 4.1: exp is a number in quotes"_s,
          u"RFC 7519 4.1: nbf is a number in quotes"_s}},
        {"The same for iat, which PyJWT 2.6 compares as a text with a number: the API answers 500.",
         Releases::from210,
         u"accepted"_s,
         {u"RFC 7519 4.1: iat is a number in quotes"_s}},
        {"A NumericDate is a JSON number (RFC 7519 section 2). For Python, true is 1 and false is 0.",
         Releases::all,
         u"accepted"_s,
         {u"RFC 7519 4.1: nbf is true"_s, u"RFC 7519 4.1: nbf is false"_s, u"RFC 7519 4.1: iat is true"_s,
          u"RFC 7519 4.1: iat is false"_s}},
        {"The same for exp: 1 and 0 have expired long ago. We name what is wrong, the type.",
         Releases::all,
         u"expired"_s,
         {u"RFC 7519 4.1: exp is true"_s, u"RFC 7519 4.1: exp is false"_s}},
        {"Numbers beyond a double, and what is no number at all, are no JSON that every reader understands (RFC 8259 "
         "section 6); no issuer writes them.",
         Releases::all,
         u"accepted"_s,
         {u"1e400 in a claim that nobody knows"_s, u"NaN in a claim that nobody knows"_s,
          u"Infinity in a claim that nobody knows"_s}},
        {"PyJWT looks at a key's use, but not at its key_ops (RFC 7517 section 4.3).",
         Releases::all,
         u"accepted"_s,
         {u"RFC 8725 3.1: a key whose key_ops is sign only"_s, u"RFC 8725 3.1: a key whose key_ops is for encryption"_s,
          u"RFC 8725 3.1: a key whose key_ops is no array"_s}},
        {"OpenSSL, below both, takes keys of small order, for which everybody can sign (RFC 8725 section 3.4).",
         Releases::all,
         u"accepted"_s,
         {u"RFC 8725 3.4: Ed25519: a key of order 1"_s, u"RFC 8725 3.4: Ed25519: a key of order 1, with a sign"_s,
          u"RFC 8725 3.4: Ed25519: a key of order 2"_s, u"RFC 8725 3.4: Ed25519: a key of order 4"_s,
          u"RFC 8725 3.4: Ed25519: a key of order 8"_s,
          u"RFC 8725 3.4: Ed25519: a key of order 1, y beyond the field"_s}},
        {"RSA under 2048 bits or with a small exponent is for nobody any more (RFC 7518 section 3.3, NIST SP 800-56B).",
         Releases::all,
         u"accepted"_s,
         {u"RFC 8725 3.5: RSA of 512 bits"_s, u"RFC 8725 3.5: RSA of 1024 bits"_s, u"RFC 8725 3.5: RSA of 2047 bits"_s,
          u"RFC 8725 3.5: RSA of 2048 bits with the exponent 3"_s,
          u"RFC 8725 3.5: RSA of 2048 bits with the exponent 17"_s}},
        {"JSON is UTF-8 without a byte order mark (RFC 8259 section 8.1). Python guesses other encodings and lets "
         "surrogates pass.",
         Releases::all,
         u"accepted"_s,
         {u"RFC 8725 3.7: a surrogate in UTF-8"_s, u"RFC 8725 3.7: a surrogate pair in UTF-8 (CESU-8)"_s,
          u"RFC 8725 3.7: a lone high surrogate as an escape"_s, u"RFC 8725 3.7: a lone low surrogate as an escape"_s,
          u"RFC 8725 3.7: surrogates in the wrong order as escapes"_s,
          u"RFC 8725 3.7: a lone surrogate in a claim's name"_s, u"RFC 8725 3.7: claims with a byte order mark"_s,
          u"RFC 8725 3.7: claims in UTF-16"_s, u"RFC 8725 3.7: claims in UTF-16 with a byte order mark"_s,
          u"RFC 8725 3.7: a header with a byte order mark"_s, u"RFC 8725 3.7: a header in UTF-16"_s}},
        {"PyJWT does not know the member issuer of Entra's keys (Microsoft: \"Validate the signing key issuer\").",
         Releases::all,
         u"accepted"_s,
         {u"RFC 8725 3.8: one tenant: the key is published for another tenant"_s}},
        {"PyJWT looks at jti since 2.10. It must be a string (RFC 7519 section 4.1.7).",
         Releases::before210,
         u"accepted"_s,
         {u"RFC 8725 3.8: jti is a number"_s, u"RFC 8725 3.8: jti is null"_s, u"RFC 8725 3.8: jti is an array"_s,
          u"RFC 8725 3.8: jti is true"_s}},
        {"Of two different keys with one key ID, PyJWT's users take the first. Which one is the issuer's nobody knows.",
         Releases::all,
         u"accepted"_s,
         {u"RFC 8725 3.10: two RSA keys with one key ID"_s, u"RFC 8725 3.10: an RSA and a P-256 key with one key ID"_s,
          u"RFC 8725 3.10: an RSA and an Ed25519 key with one key ID"_s}},
        {"One token has one text: no padding, no other alphabet, no loose bits (RFC 7515 section 2). Python reads over "
         "all of that.",
         Releases::all,
         u"accepted"_s,
         {u"RFC 7515: header: padding"_s, u"RFC 7515: header: + for -"_s, u"RFC 7515: header: / for _"_s,
          u"RFC 7515: header: loose bits at the end"_s, u"RFC 7515: claims: padding"_s, u"RFC 7515: claims: + for -"_s,
          u"RFC 7515: claims: / for _"_s, u"RFC 7515: claims: loose bits at the end"_s,
          u"RFC 7515: signature: padding"_s, u"RFC 7515: signature: + for -"_s, u"RFC 7515: signature: / for _"_s,
          u"RFC 7515: signature: loose bits at the end"_s}},
        {"PyJWT looks neither at typ nor at events, so any of the issuer's tokens is an access token to it (RFC 8725 "
         "section 3.11).",
         Releases::all,
         u"accepted"_s,
         {u"RFC 8725 3.11: an access token of the type logout+jwt"_s,
          u"RFC 8725 3.11: an access token of the type secevent+jwt"_s,
          u"RFC 8725 3.11: an access token of the type dpop+jwt"_s,
          u"RFC 8725 3.11: an access token of the type application/dpop+jwt"_s,
          u"RFC 8725 3.11: an access token of the type application/application/jwt"_s,
          u"RFC 8725 3.11: an access token of the type application/"_s,
          u"RFC 8725 3.11: an access token of the type text/jwt"_s,
          u"RFC 8725 3.11: an access token of the type JWT with a blank"_s,
          u"RFC 8725 3.11: an access token of the type JOSE"_s, u"RFC 8725 3.11: an access token of an empty type"_s,
          u"RFC 8725 3.11: an access token whose type is a number"_s,
          u"RFC 8725 3.11: an access token whose type is null"_s,
          u"RFC 8725 3.11: an access token whose type is an array"_s, u"RFC 8725 3.11: an access token with events"_s,
          u"typ is a number"_s}},
        {"PyJWT knows no bound.", Releases::all, u"accepted"_s, {u"RFC 7515: a good token of more than 1 MiB"_s}},
        {"PyJWT understands b64, which must be true then (RFC 7797). Nothing that a books API reads needs it, so no "
         "crit passes here, and nothing but true.",
         Releases::all,
         u"accepted"_s,
         {u"RFC 7515: crit with b64 that is true"_s, u"RFC 7515: b64 is a string"_s, u"RFC 7515: b64 is 0"_s,
          u"RFC 7515: b64 is null"_s}},
        {"What is critical and not understood makes a token invalid (RFC 7515 section 4.1.11). PyJWT did not look "
         "before "
         "its security update.",
         Releases::withoutCrit,
         u"accepted"_s,
         {u"RFC 7515: crit with a name that nobody knows"_s, u"RFC 7515: crit with a name that is not in the header"_s,
          u"RFC 7515: crit with exp"_s, u"RFC 7515: crit with alg, which must not be there"_s,
          u"RFC 7515: crit with kid"_s, u"RFC 7515: crit is empty"_s, u"RFC 7515: crit is null"_s,
          u"RFC 7515: crit is a string"_s, u"RFC 7515: crit is an object"_s, u"RFC 7515: crit is false"_s,
          u"RFC 7515: crit with a number"_s, u"RFC 7515: crit with a name twice"_s,
          u"RFC 7515: crit with an empty name"_s}},
        {"Depth has a bound, so that nobody's stack has to hold it (RFC 8259 section 9).",
         Releases::all,
         u"accepted"_s,
         {u"RFC 8259: header: arrays 100 deep"_s}},
        {"Of a member that stands twice, Python takes the last and others the first, so that two readers of one token "
         "can disagree (RFC 7519 section 4 and RFC 7515 section 4).",
         Releases::all,
         u"accepted"_s,
         {u"RFC 8259: exp twice"_s, u"RFC 8259: roles twice"_s, u"RFC 8259: sub twice, once with an escape"_s,
          u"RFC 8259: the same claim twice with the same value"_s, u"RFC 8259: a member twice within a claim"_s,
          u"RFC 8259: a member twice deep within a claim"_s, u"RFC 8259: a member twice within the header's jwk"_s}},
    };
    return all;
}

} // namespace bookdesk::jose::differential
