#include "identity/provider.h"

#include "core/json.h"
#include "core/object-reader.h"
#include "core/text.h"
#include "identity/errors.h"
#include "net/trusted-url.h"

#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Provider)
};

constexpr qsizetype longestShownId = 60;

bool fits(const QString &host, const QString &pattern)
{
    if (!pattern.startsWith("*."_L1))
        return host == pattern;
    const qsizetype label = host.size() - (pattern.size() - 1);
    return label > 0 && host.endsWith(QStringView(pattern).sliced(1)) && !QStringView(host).first(label).contains(u'.');
}

Result<void> readHosts(const JsonArray &hosts, Provider &provider)
{
    for (const Json &entry : hosts) {
        const JsonObject host = entry.asObject() ? *entry.asObject() : JsonObject();
        ObjectReader reader(host, Texts::tr("A host of the provider \"%1\"").arg(provider.id));
        const QString pattern = reader.string(u"host"_s);
        const std::optional<QString> issuer = reader.optionalString(u"issuer"_s);
        if (const Result<void> read = reader.finishStrictly(); !read)
            return failure(read.error());
        provider.hosts += pattern;
        if (issuer)
            provider.issuerTemplates.insert(pattern, *issuer);
    }
    return {};
}

Result<Provider> readProvider(const QByteArray &text)
{
    const Result<JsonObject> data = parseJsonObject(text);
    if (!data)
        return failure(data.error());
    ObjectReader reader(*data, Texts::tr("The provider's data"));
    Provider provider;
    provider.id = reader.string(u"id"_s);
    provider.name = reader.string(u"name"_s);
    provider.discoveryPath = reader.string(u"discoveryPath"_s);
    provider.issuerPath = reader.string(u"issuerPath"_s);
    provider.extraScopes = reader.strings(u"extraScopes"_s);
    provider.multiTenantNames = reader.strings(u"multiTenantNames"_s);
    provider.redirectHost = reader.string(u"redirectHost"_s);
    const JsonArray *hosts = reader.array(u"hosts"_s);
    if (const Result<void> read = reader.finishStrictly(); !read)
        return failure(read.error());
    if (const Result<void> read = readHosts(*hosts, provider); !read)
        return failure(read.error());
    return provider;
}

} // namespace

QString Provider::hostPattern(const QString &host) const
{
    const QString lowerCase = host.toLower();
    for (const QString &pattern : hosts) {
        if (fits(lowerCase, pattern))
            return pattern;
    }
    return {};
}

bool Provider::acceptsHost(const QString &host) const
{
    return net::isLoopbackHost(host) || !hostPattern(host).isEmpty();
}

Result<Provider> findProvider(const QString &id)
{
    // The ID is part of a resource's name, so it must not lead elsewhere.
    static const QRegularExpression plainName(u"\\A[a-z][a-z0-9-]{0,31}\\z"_s);
    QFile data(u":/bookdesk/providers/%1.json"_s.arg(id));
    if (!plainName.match(id).hasMatch() || !data.open(QIODevice::ReadOnly))
        return failure(errors::connectionMemberInvalid,
                       Texts::tr("The member \"provider\" names \"%1\", which Bookdesk does not know.")
                           .arg(visible(shortened(id, longestShownId))),
                       Texts::tr("Use \"entra\"."), {{facts::member, u"provider"_s}});
    return readProvider(data.readAll());
}

} // namespace bookdesk::identity
