/// The address that signs a person out in their browser.
#pragma once

#include "identity/connection.h"
#include "identity/discovery.h"
#include "jose/verify.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>

namespace bookdesk::identity {

/// Where the browser goes afterwards. A plain value. Any thread.
struct SignOutReturn
{
    QString redirectUri;
    QByteArray state;
};

/// How the ID token names the person for a sign-out: by its claim `login_hint`, which means something to the provider
/// alone. Nothing where it has none, or one that no provider would issue: with control characters, or far too long. The
/// sign-in name never takes its place: it is personal, and Entra matches it with nothing. Source: Microsoft "Optional
/// claims reference".
QString logoutHint(const jose::InspectedToken &idToken);

/// Where the browser signs out: by the provider's own form, or what @p document names; empty where there is nothing.
QUrl signOutEndpoint(const DiscoveryDocument &document, const Provider &provider);

/// In the provider's own form (see SignOutForm). `id_token_hint` is never sent, although the specification has it:
/// addresses reach process arguments, the browser's history and logs, and an ID token there is a person's identity for
/// everybody on this computer. @param hint may be empty. @param back only while somebody listens there. Source: OpenID
/// Connect RP-Initiated Logout 1.0 section 2.
QUrl signOutAddress(const QUrl &endpoint, const Connection &connection, const QString &hint,
                    const std::optional<SignOutReturn> &back);

} // namespace bookdesk::identity
