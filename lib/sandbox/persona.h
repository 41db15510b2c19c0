/// Persona: a made-up person in the Sandbox, with the scopes and roles that they may get.
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace bookdesk::sandbox {

/// A plain value. Any thread.
struct Persona
{
    QString id;         ///< "riley", "ada", "nora": for the command line.
    QString name;       ///< "Riley Reader"
    QString userName;   ///< "riley.reader@sandbox.test"
    QString objectId;   ///< `oid`, a GUID.
    QString about;      ///< One sentence for the sign-in page.
    QStringList scopes; ///< API scopes that may be granted, without prefix.
    QStringList roles;  ///< App roles; changed while it runs.
};

/// The claim `login_hint`: it means something to the tenant only.
QString loginHintOf(const Persona &persona);

/// Riley Reader, Ada Admin, Nora NoScope, in this order.
std::vector<Persona> defaultPersonas();

} // namespace bookdesk::sandbox
