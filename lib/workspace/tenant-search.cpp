#include "workspace/tenant-search.h"

#include "core/errors.h"
#include "identity/discovery.h"
#include "identity/errors.h"
#include "jose/issuer.h"

#include <QCoreApplication>

#include <utility>

namespace bookdesk::workspace {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TenantSearch)
};

} // namespace

TenantSearch::TenantSearch(identity::Connection connection, const Surroundings &surroundings)
    : m_connection(std::move(connection))
    , m_manager(m_log, surroundings.redactor, surroundings.clock, identity::ownAuthorities(m_connection),
                surroundings.netLimits, surroundings.proxies)
    , m_http(m_manager)
{}

Task<QString> TenantSearch::find()
{
    return m_scope.run([this](std::stop_token stop) { return ask(stop); },
                       {bookdesk::errors::stopped, Texts::tr("The tenant is no longer looked up.")});
}

ScopedTask<QString> TenantSearch::ask(std::stop_token stop)
{
    const Result<identity::DiscoveryDocument> document =
        co_await callOut([&] { return identity::discover(m_http, m_connection, stop); });
    if (!document)
        co_return failure(document.error());
    const QString tenant = jose::tenantOf(document->issuer).toString();
    if (tenant.isEmpty())
        co_return failure(identity::errors::discoveryInvalid,
                          Texts::tr("The sign-in server's description names no tenant."));
    co_return tenant;
}

} // namespace bookdesk::workspace
