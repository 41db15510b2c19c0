/// Where PyJWT and Bookdesk differ, and why this is intended.
#pragma once

#include <QString>
#include <QStringList>
#include <QVersionNumber>

#include <vector>

namespace bookdesk::jose::differential {

/// Debian 12 has PyJWT 2.6, Debian 13 has 2.10; their security updates read crit.
enum class Releases { all, before210, from210, withoutCrit };

struct Release
{
    QVersionNumber version;
    bool readsCrit = false;
};

bool isOf(Releases releases, const Release &release);

/// Cases that differ for one reason.
struct Difference
{
    const char *why;
    Releases releases;
    QString theirs; ///< What PyJWT says.
    QStringList cases;
};

const std::vector<Difference> &differences();

} // namespace bookdesk::jose::differential
