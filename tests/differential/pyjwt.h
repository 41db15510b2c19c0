/// PyJwt: runs Debian's PyJWT on tokens, as the books API of the guide uses it.
#pragma once

#include "jose/rfc8725-attack.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace bookdesk::jose::differential {

/// "accepted", "expired" or "refused", and the name of the Python exception where there was one.
struct Verdict
{
    QString outcome;
    QString reason;
};

struct PyJwtAnswers
{
    QString version;               ///< Empty if PyJWT does not run.
    bool readsCrit = false;        ///< A security update brought that to releases that had been out before.
    QString complaint;             ///< What Python said on its standard error.
    std::vector<Verdict> verdicts; ///< One for each trial, in their order.
};

/// One process for all trials.
PyJwtAnswers askPyJwt(const std::vector<attacks::Trial> &trials);

} // namespace bookdesk::jose::differential
