/// The text of *Copy request for admin*: what an administrator has to change, where, and for whom.
#pragma once

#include "books/api-outcome.h"

#include <QString>

namespace bookdesk::books {

/// The two registrations that a connection names; they may be one and the same.
struct Registrations
{
    QString connection; ///< The connection's name.
    QString clientId;   ///< The application ID of the client: Bookdesk's registration.
    QString audience;   ///< The API's application ID, or an identifier URI that holds it.
};

/// For a roleMissing or scopeMissing outcome. Plain text without secrets or addresses; names the application by the
/// connection's name and its application ID, and says which of the two registrations has to be changed.
QString adminRequest(const ApiOutcome &outcome, const QString &person, const Registrations &registrations);

} // namespace bookdesk::books
