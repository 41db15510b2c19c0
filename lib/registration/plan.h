/// Plan: what is to be registered in a tenant so that Bookdesk can sign people in and call a books API.
#pragma once

#include "core/result.h"
#include "identity/connection.h"

#include <QString>
#include <QUrl>

#include <array>
#include <optional>
#include <vector>

namespace bookdesk::registration {

/// The IDs of scopes and roles, which whoever registers an API makes up.
struct Ids
{
    QString readScope;
    QString writeScope;
    QString readerRole;
    QString adminRole;

    friend bool operator==(const Ids &, const Ids &) = default;
};

/// Random ones (RFC 9562 section 5.4).
Ids newIds();

enum class Role { reader, admin };

inline constexpr std::array allRoles{Role::reader, Role::admin};

enum class AssigneeKind { person, group };

/// Who gets which role.
struct Assignment
{
    AssigneeKind kind = AssigneeKind::person;
    QString name; ///< The user name of a person (`ada@contoso.com`), the display name of a group.
    Role role = Role::reader;

    friend bool operator==(const Assignment &, const Assignment &) = default;
};

/// As it was typed; see problemsOf. A plain value. Any thread.
struct Plan
{
    QString tenant;   ///< Its ID or one of its domain names.
    QString tenantId; ///< Where it was found; else empty.
    QString signInHost = QStringLiteral("login.microsoftonline.com");
    QString apiName;
    QString apiAddress; ///< Without `/api/v1`.
    QString clientName = QStringLiteral("Bookdesk");
    std::vector<Assignment> assignments;
    bool consentsForEverybody = true;
    bool hasWriteScope = false;
    bool isOneRegistration = false; ///< Client and API in one; clientName is then of no use.
    Ids ids;

    friend bool operator==(const Plan &, const Plan &) = default;
};

/// What a form begins with: new IDs, and what @p connection knows of its tenant and its API, where there is one. Of a
/// connection with another provider than Entra that is the API's name and address.
Plan planFor(const std::optional<identity::Connection> &connection);

enum class Field { tenant, apiName, apiAddress, clientName, assignments };

struct Problem
{
    Field field;
    QString sentence; ///< What is wrong and what helps; translated.
    int row = 0;      ///< Of the assignments.

    friend bool operator==(const Problem &, const Problem &) = default;
};

/// What keeps the plan from being written out; nothing where it is complete and sound. No text of a sound plan has
/// control characters or line feeds.
std::vector<Problem> problemsOf(const Plan &plan);

/// "Books.Read", and "Books.Write" where it is wanted.
QStringList scopeNames(const Plan &plan);
/// The ID of the scope with that name.
QString scopeId(const Plan &plan, const QString &name);
/// "Books.Reader", "Books.Admin"
QString roleName(Role role);
QString roleId(const Plan &plan, Role role);
/// The tenant's ID where it is known, else its domain name.
QString tenantName(const Plan &plan);
/// `https://login.microsoftonline.com/TENANT`
QUrl authorityOf(const Plan &plan);
/// What is registered under *Mobile and desktop applications*: `http://localhost`, elsewhere with the authority's path.
QString redirectUriOf(const Plan &plan);
/// The name of a file to save, without its ending: "contoso-books" for "Contoso Books API".
QString fileNameOf(const Plan &plan);

/// Where the IDs stand in a connection file until they are known.
struct ApplicationIds
{
    QString api;
    QString client; ///< The same where there is one registration.
};

/// Whether connectionOf takes it for one.
bool isApplicationId(const QString &text);

/// The text of the connection file that results, in Bookdesk's own format.
QByteArray connectionText(const Plan &plan, const ApplicationIds &ids);
/// The same as a connection. Errors: as identity::readConnection, and registration.id-invalid.
Result<identity::Connection> connectionOf(const Plan &plan, const ApplicationIds &ids);

/// A connection that names the plan's tenant and nothing else of it, for looking the tenant up. Errors: as
/// identity::readConnection.
Result<identity::Connection> tenantConnection(const Plan &plan);

} // namespace bookdesk::registration
