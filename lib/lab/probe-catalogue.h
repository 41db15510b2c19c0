/// The catalogue of probes: one row for each forged token and each wrong way to send one.
#pragma once

#include "lab/forgery.h"
#include "lab/probe.h"

#include <QString>

#include <array>
#include <functional>
#include <vector>

namespace bookdesk::lab {

class Forger;

/// The checks that an API may lack: the keys of resources/remedies.
inline constexpr std::array allRemedies{
    "token-required", ///< It answers without a token.
    "signature",      ///< It does not check the signature, or not always.
    "algorithm",      ///< The token chooses the algorithm: `none`, HS256 with the public key, ECDSA of zeros.
    "weak-secret",    ///< It accepts HS256 with a key that anybody can guess.
    "header-key",     ///< It trusts a key that comes in the token or from an address in it.
    "key-id",         ///< It uses another key than the one that `kid` names.
    "key-id-lookup",  ///< It uses `kid` unchecked as a path, in SQL or in a command.
    "expiry",         ///< `exp`
    "not-before",     ///< `nbf` and `iat`
    "issuer",         ///< `iss`
    "audience",       ///< `aud`
    "token-kind",     ///< It takes ID tokens and others for access tokens.
    "critical",       ///< It ignores `crit` and `b64`.
    "duplicates",     ///< It believes the first of two members with one name.
    "base64url",      ///< It reads what is no base64url.
    "compact",        ///< It reads other forms than the compact one, and tokens within tokens.
    "size",           ///< It does not limit the size of a token.
    "bearer-header",  ///< It takes tokens from other places than the one Authorization header.
};

/// A row; the texts are translated when a Probe is made of it. Any thread.
struct ProbeRow
{
    const char *id;
    ProbeGroup group;
    const char *title;
    const char *accepted;
    const char *source;
    const char *remedy;
    std::function<Possible<Forgery>(const Forger &)> forge;
    QString argument = {}; ///< Replaces %1 in the texts.
};

/// In the order in which they are shown: by groups.
const std::vector<ProbeRow> &probeRows();

/// What the row says, in the language in use.
Probe probeOf(const ProbeRow &row);

/// The ID of the probe without a token, which is sent first: what accepts that accepts everything.
inline constexpr const char *noTokenId = "no-token";

} // namespace bookdesk::lab
