/// Probe: one token that a sound API must refuse, or one wrong way to send a token, described for people.
#pragma once

#include <QString>

#include <array>

namespace bookdesk::lab {

/// What is wrong with the tokens of a group, in the order in which the groups are shown.
enum class ProbeGroup {
    signature,
    algorithm,
    key,
    claims,
    form,      ///< How the token is written: base64url, JSON, compact serialization.
    transport, ///< How it is sent: header, query, body.
};

inline constexpr std::array allProbeGroups{ProbeGroup::signature, ProbeGroup::algorithm, ProbeGroup::key,
                                           ProbeGroup::claims,    ProbeGroup::form,      ProbeGroup::transport};

/// A plain value; texts are translated. Any thread.
struct Probe
{
    QString id; ///< Stable, for programs: "none-mixed-case".
    ProbeGroup group = ProbeGroup::signature;
    QString title;      ///< "Made for another API"
    QString accepted;   ///< What an API that lets it through has accepted: "a token made for another API"
    QString source;     ///< "RFC 8725, section 3.9", "CVE-2015-2951"
    QString remedy;     ///< Which check the API lacks: the key of its remedy in resources/remedies: "audience".
    int expected = 401; ///< The status of a sound API.

    friend bool operator==(const Probe &, const Probe &) = default;
};

} // namespace bookdesk::lab
