#include "registration/meanings.h"

#include <QCoreApplication>

namespace bookdesk::registration {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(RegistrationMeanings)
};

} // namespace

QString consentMeaning()
{
    return Texts::tr("Consents for everybody in the tenant, so that nobody is asked when signing in.");
}

QString principalsMeaning()
{
    return Texts::tr("Makes the registrations appear under Enterprise applications, where people and groups get their "
                     "roles.");
}

QString rolesMeaning()
{
    return Texts::tr("Gives the roles, on the API's enterprise application. Groups need Microsoft Entra ID P1; members "
                     "of groups within a group get none.");
}

} // namespace bookdesk::registration
