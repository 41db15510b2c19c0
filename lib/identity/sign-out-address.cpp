#include "identity/sign-out-address.h"

#include "core/text.h"
#include "net/http-client.h"

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestHint = 1024;

} // namespace

QString logoutHint(const jose::InspectedToken &idToken)
{
    const std::optional<QString> hint = idToken.decoded ? idToken.decoded->stringClaim(u"login_hint") : std::nullopt;
    const bool isUsable = hint && hint->size() <= longestHint && visible(*hint) == *hint;
    return isUsable ? *hint : QString();
}

QUrl signOutEndpoint(const DiscoveryDocument &document, const Provider &provider)
{
    if (!provider.signOut.isOffered)
        return {};
    if (provider.signOut.path.isEmpty())
        return document.endSessionEndpoint;
    QUrl url = document.authorizationEndpoint;
    url.setPath(provider.signOut.path);
    url.setQuery(QString());
    return url;
}

QUrl signOutAddress(const QUrl &endpoint, const Connection &connection, const QString &hint,
                    const std::optional<SignOutReturn> &back)
{
    // Without an ID token the client's ID says whose redirect URI it is.
    net::FormFields fields{{"client_id"_ba, Secret(connection.clientId.toUtf8())}};
    const SignOutForm &form = connection.provider.signOut;
    if (!hint.isEmpty() && form.path.isEmpty())
        fields.emplace_back("logout_hint"_ba, Secret(hint.toUtf8()));
    if (back) {
        fields.emplace_back(form.returnParameter.toLatin1(), Secret(back->redirectUri.toUtf8()));
        if (form.returnsState)
            fields.emplace_back("state"_ba, Secret(back->state));
    }
    QByteArray query = endpoint.query(QUrl::FullyEncoded).toLatin1();
    if (!query.isEmpty())
        query += '&';
    query += net::encodeForm(fields).reveal();
    QUrl address = endpoint;
    address.setQuery(QString::fromLatin1(query), QUrl::StrictMode);
    return address;
}

} // namespace bookdesk::identity
