/// Carelessness: what a careless API leaves out, class by class, so that people see what the probes find.
#pragma once

#include <QString>

#include <array>
#include <optional>
#include <set>

namespace bookdesk::sandbox {

/// Each is one mistake; the rest of the check stays. Nothing is ever fetched from an address in a token.
enum class Carelessness {
    tokenOptional,        ///< Answers without a token.
    signatureUnchecked,   ///< Believes whatever it can decode.
    signatureMayBeEmpty,  ///< Checks a signature only where there is one.
    algorithmNone,        ///< Accepts `none`, in any case.
    publicKeyAsSecret,    ///< Checks HS256 with the public key.
    guessableSecret,      ///< Checks HS256 with a secret that anybody guesses.
    zeroSignature,        ///< Accepts r = s = 0 for ES256.
    embeddedKey,          ///< Trusts the header's `jwk` and `x5c`.
    keyAddressFollowed,   ///< Trusts the key at the header's `jku` or `x5u`, of which it reads data: addresses alone.
    keyIdIgnored,         ///< Tries all keys.
    keyIdAsLookup,        ///< Uses `kid` unchecked to look a secret up.
    expiryUnchecked,      ///< Ignores `exp`.
    notBeforeUnchecked,   ///< Ignores `nbf` and `iat`.
    issuerUnchecked,      ///< Ignores `iss`.
    audienceUnchecked,    ///< Ignores `aud`.
    idTokenAccepted,      ///< Accepts the client's ID as the audience, too.
    criticalIgnored,      ///< Ignores `crit` and `b64`.
    firstDuplicateCounts, ///< Believes the first of two members.
    lenientBase64,        ///< Reads base64 in any form.
    jsonForm,             ///< Reads the JSON form, too.
    nestedToken,          ///< Unpacks a token within a token before it checks a signature.
    lastHeaderCounts,     ///< Reads the last Authorization header, while a gateway may look at the first.
    tokenInQuery,         ///< Takes a token from the query.
    tokenInBody,          ///< Takes a token from the body.
    garbageStumbles,      ///< Answers 500 to what it cannot decode.
};

inline constexpr std::array allCarelessness{
    Carelessness::tokenOptional,      Carelessness::signatureUnchecked, Carelessness::signatureMayBeEmpty,
    Carelessness::algorithmNone,      Carelessness::publicKeyAsSecret,  Carelessness::guessableSecret,
    Carelessness::zeroSignature,      Carelessness::embeddedKey,        Carelessness::keyAddressFollowed,
    Carelessness::keyIdIgnored,       Carelessness::keyIdAsLookup,      Carelessness::expiryUnchecked,
    Carelessness::notBeforeUnchecked, Carelessness::issuerUnchecked,    Carelessness::audienceUnchecked,
    Carelessness::idTokenAccepted,    Carelessness::criticalIgnored,    Carelessness::firstDuplicateCounts,
    Carelessness::lenientBase64,      Carelessness::jsonForm,           Carelessness::nestedToken,
    Carelessness::tokenInQuery,       Carelessness::lastHeaderCounts,   Carelessness::tokenInBody,
    Carelessness::garbageStumbles};

using CarelessnessSet = std::set<Carelessness>;

/// A stable name for forms and programs: "signature-unchecked", ….
QString carelessnessCode(Carelessness carelessness);
std::optional<Carelessness> carelessnessFromCode(const QString &code);

} // namespace bookdesk::sandbox
