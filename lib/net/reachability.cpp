#include "net/reachability.h"

#include "net/errors.h"

#include <QPointer>

#include <vector>

namespace bookdesk::net {

bool isOutOfReach(ErrorCode code)
{
    return code.kind() == ErrorKind::network && code != errors::proxyRefused && code != errors::proxyUnsupported;
}

void Reachability::note(const QString &host, const std::optional<Error> &failure)
{
    if (failure && failure->code.kind() == ErrorKind::stopped)
        return;
    const std::size_t removed = std::erase_if(m_failures, [&host](const auto &known) { return known.first == host; });
    const bool isOut = failure && isOutOfReach(failure->code);
    if (isOut)
        m_failures.emplace_back(host, *failure);
    if (!isOut && removed == 0)
        return;
    const QPointer self(this);
    Q_EMIT changed();
    if (self && !isOut)
        Q_EMIT cameBack();
}

} // namespace bookdesk::net
