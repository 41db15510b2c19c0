/// The JSON that Microsoft Graph takes for the two registrations, as values.
#pragma once

#include "core/json.h"
#include "registration/plan.h"

namespace bookdesk::registration {

/// The property `appRoles` of an application. Source: Microsoft Graph v1.0, resource type appRole.
JsonArray appRoles(const Plan &plan);

/// The property `api`. Source: Microsoft Graph v1.0, resource types apiApplication and permissionScope.
JsonObject apiProperty(const Plan &plan);

/// The properties of a public client. Source: Microsoft Graph v1.0, resource types application and
/// publicClientApplication.
JsonObject publicClient(const Plan &plan);

/// The whole of the API's application, without what needs its ID; with the client's where both are one.
JsonObject apiApplication(const Plan &plan);

/// The whole of the client's application, without the permissions that it asks for.
JsonObject clientApplication(const Plan &plan);

/// How people read about a scope when they consent.
struct ScopeTexts
{
    QString adminTitle;
    QString adminText;
    QString userTitle;
    QString userText;
};

ScopeTexts scopeTexts(const QString &name);

struct RoleTexts
{
    QString title;
    QString text;
};

RoleTexts roleTexts(Role role);

} // namespace bookdesk::registration
