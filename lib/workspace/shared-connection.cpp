#include "workspace/shared-connection.h"

#include "books/claim-types.h"
#include "books/diagnosis.h"

#include <utility>

namespace bookdesk::workspace {
namespace {

identity::IdTokenAdvice adviceOnIdToken(const jose::Verification &verification)
{
    const books::Diagnosis diagnosis = books::diagnoseIdToken(verification);
    return {diagnosis.why, diagnosis.remedy};
}

} // namespace

SharedConnection::SharedConnection(identity::Connection connection, const Surroundings &surroundings)
    : m_connection(std::move(connection))
    , m_manager(m_exchanges, surroundings.redactor, surroundings.clock, identity::ownAuthorities(m_connection),
                surroundings.netLimits, surroundings.proxies, m_reachability)
    , m_http(m_manager)
    , m_trust(m_http, m_connection, {books::claimTypes(), adviceOnIdToken}, surroundings.clock)
{
    QObject::connect(m_reachability.get(), &net::Reachability::cameBack, &m_manager,
                     [this] { m_trust.keys().noteNetworkBack(); });
}

void SharedConnection::revise(const identity::Connection &connection)
{
    m_connection = connection;
    m_trust.revise(connection);
}

} // namespace bookdesk::workspace
