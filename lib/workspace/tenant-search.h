/// TenantSearch: the ID of the tenant that a connection's authority names, found without signing in.
#pragma once

#include "core/task-scope.h"
#include "identity/connection.h"
#include "net/access-manager.h"
#include "net/exchange-log.h"
#include "net/http-client.h"
#include "workspace/surroundings.h"

namespace bookdesk::workspace {

/// One request, for the sign-in server's published document. Ends when it is destroyed. GUI thread.
class TenantSearch
{
public:
    TenantSearch(identity::Connection connection, const Surroundings &surroundings);

    /// Errors: as identity::discover, and stopped.
    Task<QString> find();

private:
    ScopedTask<QString> ask(std::stop_token stop);

    const identity::Connection m_connection;
    net::ExchangeLog m_log{1};
    net::AccessManager m_manager;
    net::HttpClient m_http;
    TaskScope m_scope;
};

} // namespace bookdesk::workspace
