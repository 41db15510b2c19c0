#include "sandbox/carelessness.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {

QString carelessnessCode(Carelessness carelessness)
{
    switch (carelessness) {
    case Carelessness::tokenOptional:
        return u"token-optional"_s;
    case Carelessness::signatureUnchecked:
        return u"signature-unchecked"_s;
    case Carelessness::signatureMayBeEmpty:
        return u"signature-may-be-empty"_s;
    case Carelessness::algorithmNone:
        return u"algorithm-none"_s;
    case Carelessness::publicKeyAsSecret:
        return u"public-key-as-secret"_s;
    case Carelessness::guessableSecret:
        return u"guessable-secret"_s;
    case Carelessness::zeroSignature:
        return u"zero-signature"_s;
    case Carelessness::embeddedKey:
        return u"embedded-key"_s;
    case Carelessness::keyAddressFollowed:
        return u"key-address-followed"_s;
    case Carelessness::keyIdIgnored:
        return u"key-id-ignored"_s;
    case Carelessness::keyIdAsLookup:
        return u"key-id-as-lookup"_s;
    case Carelessness::expiryUnchecked:
        return u"expiry-unchecked"_s;
    case Carelessness::notBeforeUnchecked:
        return u"not-before-unchecked"_s;
    case Carelessness::issuerUnchecked:
        return u"issuer-unchecked"_s;
    case Carelessness::audienceUnchecked:
        return u"audience-unchecked"_s;
    case Carelessness::idTokenAccepted:
        return u"id-token-accepted"_s;
    case Carelessness::criticalIgnored:
        return u"critical-ignored"_s;
    case Carelessness::firstDuplicateCounts:
        return u"first-duplicate-counts"_s;
    case Carelessness::lenientBase64:
        return u"lenient-base64"_s;
    case Carelessness::jsonForm:
        return u"json-form"_s;
    case Carelessness::nestedToken:
        return u"nested-token"_s;
    case Carelessness::lastHeaderCounts:
        return u"last-header-counts"_s;
    case Carelessness::tokenInQuery:
        return u"token-in-query"_s;
    case Carelessness::tokenInBody:
        return u"token-in-body"_s;
    case Carelessness::garbageStumbles:
        return u"garbage-stumbles"_s;
    }
    return {};
}

std::optional<Carelessness> carelessnessFromCode(const QString &code)
{
    const auto found = std::find_if(allCarelessness.begin(), allCarelessness.end(),
                                    [&code](Carelessness each) { return carelessnessCode(each) == code; });
    return found == allCarelessness.end() ? std::nullopt : std::optional(*found);
}

} // namespace bookdesk::sandbox
