/// The claims to try with both verifiers, besides the attacks: each rule of the contract, followed and broken.
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

/// The rows of the attacks, except for those without a rule in PyJWT: nonce, azp, at_hash and issuers of many tenants.
std::vector<Case> attackCases(const attacks::Forge &forge);

} // namespace bookdesk::jose::differential
