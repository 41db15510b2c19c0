/// What the Connections page says of a connection, in its row and beside it.
#pragma once

#include "pages/connections/connection-tests.h"
#include "pages/connections/connections-model.h"
#include "widgets/key-value-rows.h"

#include <QStringList>

#include <vector>

namespace bookdesk::workspace {
class Workspace;
}

namespace bookdesk::pages {

/// True for the Sandbox's connection before it runs, of which only the name is known.
bool isUnknownYet(const identity::Connection &connection);

/// True for the Sandbox's connection, whether or not it runs.
bool isBuiltIn(const identity::Connection &connection);

/// @param used when it was used last, if that is known. @param test nullptr where it was not tested.
ConnectionRow connectionRow(const identity::Connection &connection, const QString &used,
                            const ConnectionTests::Outcome *test);

/// Tenant, client ID, API, ….
std::vector<widgets::KeyValue> connectionFacts(const identity::Connection &connection);

/// The redirect URIs to register, one or more.
QStringList redirectUris(const identity::Connection &connection);

/// The accounts of a connection with their states: "Riley Reader, signed in". GUI thread.
QStringList accountLines(workspace::Workspace &workspace, const QString &id);

/// Somebody is signed in at one of the connection's desks. GUI thread.
bool hasPerson(workspace::Workspace &workspace, const QString &id);

} // namespace bookdesk::pages
