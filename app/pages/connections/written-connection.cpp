#include "pages/connections/written-connection.h"

#include "core/json.h"
#include "identity/connection-members.h"
#include "identity/scope-resource.h"
#include "jose/issuer.h"
#include "net/trusted-url.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

using identity::Provider;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(WrittenConnection)
};

QString authorityOf(const WrittenConnection &written)
{
    return written.cloud.isEmpty() ? written.authority.trimmed()
                                   : u"https://%1/%2"_s.arg(written.cloud, written.tenant.trimmed());
}

QStringList wordsOf(const QString &text)
{
    static const QRegularExpression blanks(u"[\\s,]+"_s);
    return text.split(blanks, Qt::SkipEmptyParts);
}

/// Claim paths may have blanks and commas in quotes.
QStringList pathsOf(const QString &text)
{
    static const QRegularExpression path(uR"re((?:[^\s,"]|"(?:[^"\\]|\\.)*"?)+)re"_s);
    QStringList paths;
    for (const QRegularExpressionMatch &match : path.globalMatch(text))
        paths += match.captured();
    return paths;
}

/// The member of a connection file that the field is about, where providers differ in having it.
QString memberOf(Field field)
{
    switch (field) {
    case Field::clientId:
        return u"clientId"_s;
    case Field::apiBaseUrl:
        return u"apiBaseUrl"_s;
    case Field::audience:
        return u"audience"_s;
    case Field::scopes:
        return u"scopes"_s;
    case Field::scopeClaims:
        return u"scopeClaims"_s;
    case Field::roleClaims:
        return u"roleClaims"_s;
    default:
        return {};
    }
}

JsonArray arrayOf(const QStringList &texts)
{
    JsonArray array;
    for (const QString &text : texts)
        array.emplace_back(text);
    return array;
}

template <class T> QString sentenceOf(const Result<T> &read) { return read ? QString() : read.error().message; }

QString aboutTenant(const WrittenConnection &written, const Provider &provider)
{
    if (written.tenant.trimmed().isEmpty())
        return Texts::tr("Write the tenant's ID or one of its domain names, such as contoso.onmicrosoft.com.");
    return sentenceOf(identity::readAuthority(authorityOf(written), provider));
}

QString aboutAuthority(const WrittenConnection &written, const Provider &provider)
{
    if (written.authority.trimmed().isEmpty())
        return Texts::tr("Write the address of the server that signs people in.");
    return sentenceOf(identity::readAuthority(authorityOf(written), provider));
}

QString aboutClientId(const WrittenConnection &written, const Provider &provider)
{
    const QString id = written.clientId.trimmed();
    if (id.isEmpty() && hasTenants(provider))
        return Texts::tr("Copy “Application (client) ID” from the app registration.");
    if (id.isEmpty())
        return Texts::tr("Copy the client ID from the registration of Bookdesk.");
    if (hasTenants(provider) && !jose::isGuid(id))
        return Texts::tr("Not a GUID. Copy “Application (client) ID” from the app registration.");
    return sentenceOf(identity::readId(u"clientId"_s, id));
}

QString aboutApi(const WrittenConnection &written)
{
    if (written.apiBaseUrl.trimmed().isEmpty())
        return Texts::tr("Write the API's address, such as https://books.contoso.com.");
    return sentenceOf(identity::readApiBaseUrl(written.apiBaseUrl.trimmed()));
}

QString aboutAudience(const WrittenConnection &written, const Provider &provider)
{
    const QString audience = written.audience.trimmed();
    if (audience.isEmpty() && provider.audienceRule != identity::AudienceRule::named)
        return {};
    if (audience.isEmpty() && hasTenants(provider))
        return Texts::tr("Copy “Application (client) ID” from the registration of the API.");
    if (audience.isEmpty())
        return Texts::tr("Write what the API's tokens name in “aud”.");
    return sentenceOf(identity::readId(u"audience"_s, audience));
}

QString aboutScopes(const WrittenConnection &written, const Provider &provider)
{
    const QStringList scopes = wordsOf(written.scopes);
    const Result<QStringList> read = identity::readScopes(scopes, written.audience.trimmed(), provider);
    if (!read && scopes.isEmpty())
        return Texts::tr("Name at least one scope of the API, such as %1.").arg(provider.form.scopeExample);
    return sentenceOf(read);
}

} // namespace

QStringList cloudsOf(const Provider &provider)
{
    QStringList hosts = provider.hosts;
    hosts.removeIf([](const QString &host) { return host.contains(u'*'); });
    return hosts.size() > 1 ? hosts : QStringList();
}

WrittenConnection writtenForm(const identity::Connection &connection)
{
    WrittenConnection written;
    written.name = connection.name;
    written.providerId = connection.provider.id;
    const QString host = connection.authority.host();
    if (cloudsOf(connection.provider).contains(host)) {
        written.cloud = host;
        written.tenant = connection.authority.path().section(u'/', -1);
    } else {
        written.authority = connection.authority.toString(QUrl::FullyEncoded);
    }
    written.clientId = connection.clientId;
    written.apiBaseUrl = connection.apiBaseUrl.toString(QUrl::FullyEncoded);
    written.audience = connection.audience;
    QStringList scopes = connection.scopes;
    scopes.removeIf([&connection](const QString &scope) { return connection.provider.extraScopes.contains(scope); });
    written.scopes = scopes.join(u'\n');
    written.scopeClaims = connection.scopeClaims.join(u' ');
    written.roleClaims = connection.roleClaims.join(u' ');
    written.authorities = connection.authorities;
    return written;
}

WrittenConnection newForm(const Provider &provider)
{
    WrittenConnection written;
    written.providerId = provider.id;
    written.cloud = cloudsOf(provider).value(0);
    return written;
}

std::vector<Field> fieldsOf(const Provider &provider, const WrittenConnection &written)
{
    std::vector<Field> fields{Field::name, Field::provider};
    if (!cloudsOf(provider).isEmpty())
        fields.push_back(Field::cloud);
    fields.push_back(written.cloud.isEmpty() ? Field::authority : Field::tenant);
    for (const Field field :
         {Field::clientId, Field::apiBaseUrl, Field::audience, Field::scopes, Field::scopeClaims, Field::roleClaims}) {
        if (provider.form.fields.contains(memberOf(field)))
            fields.push_back(field);
    }
    fields.push_back(Field::authorities);
    return fields;
}

bool hasTenants(const Provider &provider) { return provider.authorityPath == identity::AuthorityPath::tenant; }

QString fieldName(Field field, const Provider &provider)
{
    switch (field) {
    case Field::name:
        return Texts::tr("Name");
    case Field::provider:
        return Texts::tr("Provider");
    case Field::cloud:
        return Texts::tr("Cloud");
    case Field::tenant:
        return Texts::tr("Tenant ID");
    case Field::authority:
        return Texts::tr("Authority");
    case Field::clientId:
        return Texts::tr("Client ID");
    case Field::apiBaseUrl:
        return Texts::tr("API base URL");
    case Field::audience:
        return hasTenants(provider) ? Texts::tr("API client ID") : Texts::tr("Audience");
    case Field::scopes:
        return Texts::tr("Scopes");
    case Field::scopeClaims:
        return Texts::tr("Claims with scopes");
    case Field::roleClaims:
        return Texts::tr("Claims with roles");
    case Field::authorities:
        return Texts::tr("Extra CA");
    }
    return {};
}

QString fieldHint(Field field, const Provider &provider)
{
    const identity::ProviderTexts &texts = provider.textsIn();
    switch (field) {
    case Field::provider:
        return texts.noSignIn;
    case Field::authority:
        return hasTenants(provider) ? Texts::tr("With the tenant, such as https://contoso.ciamlogin.com/TENANT_ID")
                                    : texts.authority;
    case Field::audience:
        return hasTenants(provider) ? Texts::tr("The audience that access tokens must carry") : texts.audience;
    case Field::scopes:
        return hasTenants(provider) ? QString() : texts.scopes;
    case Field::scopeClaims:
    case Field::roleClaims:
        return Texts::tr("Where the tokens carry them, such as realm_access.roles or [\"https://contoso.com/roles\"]. "
                         "Empty for the provider's usual places.");
    default:
        return {};
    }
}

QString fieldExample(Field field, const Provider &provider)
{
    switch (field) {
    case Field::name:
        return u"Contoso"_s;
    case Field::tenant:
        return u"contoso.onmicrosoft.com"_s;
    case Field::authority:
        return provider.form.authorityExample;
    case Field::apiBaseUrl:
        return u"https://books.contoso.com"_s;
    case Field::audience:
        return provider.form.audienceExample;
    case Field::scopes:
        return provider.form.scopeExample;
    default:
        return {};
    }
}

QString complaintAbout(Field field, const WrittenConnection &written, const Provider &provider)
{
    switch (field) {
    case Field::name:
        return written.name.trimmed().isEmpty() ? Texts::tr("Give the connection a name.")
                                                : sentenceOf(identity::readName(written.name));
    case Field::tenant:
        return aboutTenant(written, provider);
    case Field::authority:
        return aboutAuthority(written, provider);
    case Field::clientId:
        return aboutClientId(written, provider);
    case Field::apiBaseUrl:
        return aboutApi(written);
    case Field::audience:
        return aboutAudience(written, provider);
    case Field::scopes:
        return aboutScopes(written, provider);
    case Field::scopeClaims:
        return sentenceOf(identity::readClaimPaths(memberOf(field), pathsOf(written.scopeClaims)));
    case Field::roleClaims:
        return sentenceOf(identity::readClaimPaths(memberOf(field), pathsOf(written.roleClaims)));
    case Field::provider:
    case Field::cloud:
    case Field::authorities:
        break;
    }
    return {};
}

QStringList usualScopes(const WrittenConnection &written, const Provider &provider)
{
    const QStringList names{u"Books.Read"_s, u"Books.Write"_s};
    if (provider.scopeRule == identity::ScopeRule::plain && provider.hasSignIn)
        return names;
    QStringList scopes;
    const QString audience = written.audience.trimmed();
    if (provider.scopeRule == identity::ScopeRule::resource && jose::isGuid(audience))
        for (const QString &name : names)
            scopes += u"api://%1/%2"_s.arg(audience, name);
    return scopes;
}

/// By way of a connection file, so that one place decides what a connection may be.
Result<identity::Connection> readForm(const WrittenConnection &written,
                                      const std::optional<identity::Connection> &original)
{
    const Result<Provider> provider = identity::findProvider(written.providerId);
    if (!provider)
        return failure(provider.error());
    const std::vector<Field> asked = fieldsOf(*provider, written);
    JsonObject file{
        {u"name"_s, written.name}, {u"provider"_s, written.providerId}, {u"authority"_s, authorityOf(written)}};
    const auto append = [&](Field field, const Json &value) {
        if (std::ranges::find(asked, field) != asked.end())
            file.append(memberOf(field), value);
    };
    append(Field::clientId, written.clientId.trimmed());
    append(Field::apiBaseUrl, written.apiBaseUrl.trimmed());
    append(Field::audience, written.audience.trimmed());
    append(Field::scopes, arrayOf(wordsOf(written.scopes)));
    append(Field::scopeClaims, arrayOf(pathsOf(written.scopeClaims)));
    append(Field::roleClaims, arrayOf(pathsOf(written.roleClaims)));
    if (provider->hasSignIn && !file.find(u"scopes"))
        file.append(u"scopes"_s, JsonArray());
    if (!written.authorities.isEmpty())
        file.append(u"caFile"_s, QString::fromLatin1(net::pemOf(written.authorities)));
    Result<identity::Connection> connection = identity::readConnection(toCompactJson(file));
    if (!connection || !original)
        return connection;
    connection->id = original->id;
    if (connection->provider.id != original->provider.id)
        return connection;
    connection->responseMode = original->responseMode;
    connection->redirect.ports = original->redirect.ports;
    if (connection->authority == original->authority)
        connection->redirect.path = original->redirect.path;
    return connection;
}

QStringList shortScopes(const identity::Connection &connection)
{
    QStringList names;
    for (const QString &scope : connection.scopes)
        if (!connection.provider.extraScopes.contains(scope))
            names += scope.section(u'/', -1);
    return names;
}

} // namespace bookdesk::pages
