/// What steps do that are the same whatever carries them out; translated.
#pragma once

#include <QString>

namespace bookdesk::registration {

QString consentMeaning();
/// Of making both registrations appear in the tenant.
QString principalsMeaning();
/// Of giving roles to people and groups by their names.
QString rolesMeaning();

} // namespace bookdesk::registration
