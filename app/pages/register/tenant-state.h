/// TenantState: what became of a tenant's look-up.
#pragma once

#include <QString>

namespace bookdesk::pages {

enum class TenantPhase { none, asking, found, notFound };

/// A plain value.
struct TenantState
{
    TenantPhase phase = TenantPhase::none;
    QString id;   ///< Where it was found.
    QString text; ///< Why it was not; translated.
};

} // namespace bookdesk::pages
