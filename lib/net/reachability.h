/// Reachability: which hosts could not be reached when they were last asked.
#pragma once

#include "core/error.h"

#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace bookdesk::net {

/// True where the network or a server failed in a way that may pass by itself. A proxy's refusal does not: repeating a
/// log-in could lock the account.
bool isOutOfReach(ErrorCode code);

/// One connection's hosts. Any answer counts as reached, whatever it says. One thread.
class Reachability : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// What came of a request to @p host; nothing for an answer.
    void note(const QString &host, const std::optional<Error> &failure);

    /// Why the host that failed last is out of reach; nothing where all of them were reached.
    const Error *failure() const { return m_failures.empty() ? nullptr : &m_failures.back().second; }

Q_SIGNALS:
    /// A host is out of reach, or in reach again.
    void changed();
    /// A host is in reach again.
    void cameBack();

private:
    std::vector<std::pair<QString, Error>> m_failures; ///< The last one comes last.
};

} // namespace bookdesk::net
