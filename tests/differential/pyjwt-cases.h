/// The claim cases that are put to both verifiers, besides the attacks: each rule of the contract, kept and broken.
#pragma once

#include "jose/rfc8725-attack.h"

#include <QByteArray>

#include <vector>

namespace bookdesk::jose::differential {

struct Case
{
    QByteArray name;
    attacks::Trial trial;
};

/// The trials are values, which do not refer to the forge.
std::vector<Case> contractCases(const attacks::Forge &forge);

/// The attacks' rows, without those that PyJWT has no rule for: nonce, azp, at_hash and issuers of many tenants.
std::vector<Case> attackCases(const attacks::Forge &forge);

} // namespace bookdesk::jose::differential
