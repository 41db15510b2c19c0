/// WrittenConnection: a connection as a person writes it in the editor, and what is wrong with each field.
#pragma once

#include "core/result.h"
#include "identity/connection.h"

#include <QList>
#include <QSslCertificate>
#include <QString>

#include <optional>
#include <vector>

namespace bookdesk::pages {

/// In the order of the editor.
enum class Field {
    name,
    provider,
    cloud,
    tenant,
    authority,
    clientId,
    apiBaseUrl,
    audience,
    scopes,
    scopeClaims,
    roleClaims,
    authorities,
};

/// A plain value. Any thread.
struct WrittenConnection
{
    QString name;
    QString providerId;
    QString cloud;  ///< The host that signs people in; empty where the authority is written as a whole.
    QString tenant; ///< With a cloud.
    QString authority;
    QString clientId;
    QString apiBaseUrl;
    QString audience;
    QString scopes;      ///< With blanks between them; without the provider's own.
    QString scopeClaims; ///< Claim paths with blanks between them; empty for the provider's usual places.
    QString roleClaims;  ///< Likewise.
    QList<QSslCertificate> authorities;

    friend bool operator==(const WrittenConnection &, const WrittenConnection &) = default;
};

/// What is written for a connection that there is.
WrittenConnection writtenForm(const identity::Connection &connection);

/// A new one, with what is known of the provider.
WrittenConnection newForm(const identity::Provider &provider);

/// The fields that the editor asks for, in order.
std::vector<Field> fieldsOf(const identity::Provider &provider, const WrittenConnection &written);

/// The hosts that one of is chosen, where the provider has several: Entra's clouds.
QStringList cloudsOf(const identity::Provider &provider);

/// "Tenant ID"
QString fieldName(Field field, const identity::Provider &provider);
/// Whether what is written is checked in the same way as the portals of Microsoft name it: tenants and GUIDs.
bool hasTenants(const identity::Provider &provider);

/// What the field is about, in a few words; may be empty.
QString fieldHint(Field field, const identity::Provider &provider);
/// An example, for an empty field.
QString fieldExample(Field field, const identity::Provider &provider);

/// What is wrong with a field, for the person; empty where nothing is.
QString complaintAbout(Field field, const WrittenConnection &written, const identity::Provider &provider);

/// The scopes of the API that most connections ask for; none before it is known which API.
QStringList usualScopes(const WrittenConnection &written, const identity::Provider &provider);

/// The connection that is written. @p original the one that it was, if any: it keeps its ID, and what the editor does
/// not show. Errors: as identity::readConnection.
Result<identity::Connection> readForm(const WrittenConnection &written,
                                      const std::optional<identity::Connection> &original);

/// The scopes of the API without their resource: "Books.Read".
QStringList shortScopes(const identity::Connection &connection);

} // namespace bookdesk::pages
