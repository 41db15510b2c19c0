/// For tests of a ConnectionCheck.
#pragma once

#include "workspace/connection-check.h"

#include <QCoroTask>

#include <memory>

namespace bookdesk::test {

inline const workspace::CheckFinding &of(const workspace::ConnectionCheck &check, workspace::CheckSubject subject)
{
    return check.findings()[static_cast<std::size_t>(subject)];
}

/// When all rows have been checked.
inline std::unique_ptr<workspace::ConnectionCheck> checked(const identity::Connection &connection,
                                                           const workspace::Surroundings &surroundings = {})
{
    auto check = std::make_unique<workspace::ConnectionCheck>(connection, surroundings, std::chrono::seconds(5));
    if (!QCoro::waitFor(check->run()))
        qWarning("The check was stopped.");
    return check;
}

} // namespace bookdesk::test
