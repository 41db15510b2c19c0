/// SharedConnection: what all accounts of a connection share: its keys, with the network access that they need.
#pragma once

#include "identity/connection.h"
#include "identity/trust-store.h"
#include "net/access-manager.h"
#include "net/exchange-log.h"
#include "net/http-client.h"
#include "workspace/surroundings.h"

#include <cstdint>
#include <memory>

namespace bookdesk::workspace {

/// Lives as long as one of the connection's desks. Nothing in it belongs to a person: its requests carry no token. GUI
/// thread.
class SharedConnection
{
public:
    SharedConnection(identity::Connection connection, const Surroundings &surroundings);

    const identity::Connection &connection() const { return m_connection; }
    /// Replaces it by one that means the same tokens (identity::bindingOf), such as one with another name. While
    /// somebody signs in, only the name may differ.
    void revise(const identity::Connection &connection);
    identity::TrustStore &trust() { return m_trust; }
    /// Of the sign-in server's published documents only.
    net::ExchangeLog &exchanges() { return m_exchanges; }
    void stopExchange(std::int64_t id) { m_manager.stop(id); }
    /// Of the connection's hosts, whoever asks them.
    const std::shared_ptr<net::Reachability> &reachability() const { return m_reachability; }
    void setProxies(net::ProxyRules rules) { m_manager.setProxies(std::move(rules)); }

private:
    identity::Connection m_connection;
    const std::shared_ptr<net::Reachability> m_reachability = std::make_shared<net::Reachability>();
    net::ExchangeLog m_exchanges{20}; ///< Each desk's log has them, too; these are for what is under way.
    net::AccessManager m_manager;
    net::HttpClient m_http;
    identity::TrustStore m_trust;
};

} // namespace bookdesk::workspace
