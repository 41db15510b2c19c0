#include "identity/provider-reader.h"

#include "core/errors.h"
#include "core/json.h"
#include "core/object-reader.h"
#include "core/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Provider)
};

Error unusable(const QString &message) { return {bookdesk::errors::jsonWrongType, message}; }

/// An object of the file, read member by member; the first mistake is kept.
class Part
{
public:
    Part(const JsonObject &object, const QString &what)
        : m_what(what)
        , m_reader(object, what)
    {}

    QString text(const QString &name) { return m_reader.string(name); }
    QString textOrNone(const QString &name) { return m_reader.optionalString(name).value_or(QString()); }
    QStringList texts(const QString &name) { return m_reader.strings(name); }
    QStringList textsOrNone(const QString &name) { return m_reader.has(name) ? m_reader.strings(name) : QStringList(); }
    JsonArray list(const QString &name)
    {
        const JsonArray *array = m_reader.array(name);
        return array ? *array : JsonArray();
    }
    JsonObject object(const QString &name)
    {
        const JsonObject *found = m_reader.object(name);
        return found ? *found : JsonObject();
    }
    JsonObject objectOrNone(const QString &name) { return m_reader.has(name) ? object(name) : JsonObject(); }

    /// One of the words that have a meaning.
    template <class T> T word(const QString &name, std::initializer_list<std::pair<QLatin1StringView, T>> words)
    {
        return meaning(name, text(name), words);
    }

    template <class T>
    T meaning(const QString &name, const QString &word, std::initializer_list<std::pair<QLatin1StringView, T>> words)
    {
        const auto *const found = std::ranges::find(words, word, &std::pair<QLatin1StringView, T>::first);
        if (found != words.end())
            return found->second;
        fail(unusable(Texts::tr("%1 has the unknown word \"%2\" in \"%3\".").arg(m_what, visible(word), name)));
        return words.begin()->second;
    }

    void fail(const Error &error)
    {
        if (!m_error)
            m_error = error;
    }

    template <class T> T taken(Result<T> part)
    {
        if (part)
            return *std::move(part);
        fail(part.error());
        return {};
    }

    template <class T> Result<T> finish(T value) const
    {
        if (const Result<void> read = m_reader.finishStrictly(); !read)
            return failure(read.error());
        if (m_error)
            return failure(*m_error);
        return value;
    }

private:
    QString m_what;
    ObjectReader m_reader;
    std::optional<Error> m_error;
};

struct Hosts
{
    QStringList patterns;
    QMap<QString, QString> issuers;
};

Result<Hosts> readHosts(const JsonArray &entries)
{
    Hosts hosts;
    for (const Json &entry : entries) {
        const JsonObject host = entry.asObject() ? *entry.asObject() : JsonObject();
        Part part(host, Texts::tr("A host of the provider"));
        const QString pattern = part.text(u"host"_s);
        if (const QString issuer = part.textOrNone(u"issuer"_s); !issuer.isEmpty())
            hosts.issuers.insert(pattern, issuer);
        hosts.patterns += pattern;
        if (const Result<bool> read = part.finish(true); !read)
            return failure(read.error());
    }
    return hosts;
}

Result<std::vector<quint16>> readPorts(const JsonArray &numbers)
{
    std::vector<quint16> ports;
    for (const Json &number : numbers) {
        const double port = number.isNumber() ? number.toDouble() : 0;
        if (port < 1 || port > std::numeric_limits<quint16>::max())
            return failure(unusable(Texts::tr("The provider's data has a redirect port that is not from 1 to 65535.")));
        ports.push_back(static_cast<quint16>(port));
    }
    return ports;
}

struct RedirectPolicy
{
    LoopbackRedirect redirect;
    QString pathIsOf;
};

Result<RedirectPolicy> readRedirect(const JsonObject &object)
{
    Part part(object, Texts::tr("The provider's redirect"));
    RedirectPolicy policy;
    policy.redirect.host = part.text(u"host"_s);
    policy.redirect.path = part.textOrNone(u"path"_s);
    policy.pathIsOf = part.textOrNone(u"pathIsOf"_s);
    policy.redirect.ports = part.taken(readPorts(part.list(u"ports"_s)));
    return part.finish(std::move(policy));
}

Result<std::vector<jose::ClaimPath>> readPaths(const QStringList &texts)
{
    std::vector<jose::ClaimPath> paths;
    for (const QString &text : texts) {
        std::optional<jose::ClaimPath> path = jose::ClaimPath::parse(text);
        if (!path)
            return failure(
                unusable(Texts::tr("The provider's data has \"%1\", which is no claim path.").arg(visible(text))));
        paths.push_back(*std::move(path));
    }
    return paths;
}

Result<jose::ClaimPlaces> readPlaces(const JsonObject &object)
{
    using enum jose::ClaimForm;
    if (object.isEmpty())
        return jose::ClaimPlaces();
    Part part(object, Texts::tr("A place of the provider's claims"));
    jose::ClaimPlaces places;
    places.paths = part.taken(readPaths(part.texts(u"paths"_s)));
    for (const QString &form : part.texts(u"forms"_s))
        places.forms.push_back(part.meaning<jose::ClaimForm>(
            u"forms"_s, form, {{"words"_L1, words}, {"text"_L1, text}, {"list"_L1, list}, {"keys"_L1, keys}}));
    return part.finish(std::move(places));
}

Result<jose::ClaimNames> readClaimNames(const JsonObject &object)
{
    Part part(object, Texts::tr("The provider's claims"));
    jose::ClaimNames names;
    names.scopes = part.taken(readPlaces(part.objectOrNone(u"scopes"_s)));
    names.roles = part.taken(readPlaces(part.objectOrNone(u"roles"_s)));
    names.groups = part.taken(readPlaces(part.objectOrNone(u"groups"_s)));
    names.tenant = part.textOrNone(u"tenant"_s);
    names.objectId = part.textOrNone(u"objectId"_s);
    names.name = part.taken(readPaths(part.texts(u"name"_s)));
    names.userName = part.taken(readPaths(part.texts(u"userName"_s)));
    names.client = part.textOrNone(u"client"_s);
    names.use = part.textOrNone(u"use"_s);
    names.accessUse = part.textOrNone(u"accessUse"_s);
    names.idUse = part.textOrNone(u"idUse"_s);
    return part.finish(std::move(names));
}

Result<std::vector<jose::Algorithm>> readAlgorithms(const QStringList &names)
{
    std::vector<jose::Algorithm> algorithms;
    for (const QString &name : names) {
        const std::optional<jose::Algorithm> algorithm = jose::algorithmFrom(name);
        if (!algorithm)
            return failure(unusable(
                Texts::tr("The provider's data names the unknown signature algorithm \"%1\".").arg(visible(name))));
        algorithms.push_back(*algorithm);
    }
    return algorithms;
}

Result<SignOutForm> readSignOut(const JsonObject &object)
{
    if (object.isEmpty())
        return SignOutForm();
    Part part(object, Texts::tr("The provider's sign-out"));
    SignOutForm form;
    form.isOffered =
        part.meaning<bool>(u"offer"_s, part.textOrNone(u"offer"_s), {{QLatin1StringView(), true}, {"none"_L1, false}});
    if (!form.isOffered)
        return part.finish(std::move(form));
    form.path = part.text(u"path"_s);
    form.returnParameter = part.text(u"returnParameter"_s);
    form.returnsState = part.word<bool>(u"state"_s, {{"returned"_L1, true}, {"lost"_L1, false}});
    return part.finish(std::move(form));
}

Result<std::vector<std::pair<QString, QString>>> readParameters(const JsonObject &object)
{
    std::vector<std::pair<QString, QString>> parameters;
    for (const auto &[name, value] : object.members()) {
        if (!value.asString())
            return failure(unusable(Texts::tr("The provider's parameter \"%1\" is no text.").arg(visible(name))));
        parameters.emplace_back(name, *value.asString());
    }
    return parameters;
}

Result<ProviderForm> readForm(const JsonObject &object)
{
    Part part(object, Texts::tr("The provider's form"));
    ProviderForm form;
    form.fields = part.texts(u"fields"_s);
    form.authorityExample = part.text(u"authority"_s);
    form.audienceExample = part.text(u"audience"_s);
    form.scopeExample = part.text(u"scope"_s);
    return part.finish(std::move(form));
}

Result<QMap<QString, ProviderTexts>> readTexts(const JsonObject &object)
{
    QMap<QString, ProviderTexts> all;
    for (const auto &[language, members] : object.members()) {
        const JsonObject written = members.asObject() ? *members.asObject() : JsonObject();
        Part part(written, Texts::tr("A language of the provider's texts"));
        const ProviderTexts texts{part.text(u"authority"_s), part.text(u"audience"_s), part.text(u"scopes"_s),
                                  part.textOrNone(u"noSignIn"_s)};
        const Result<ProviderTexts> read = part.finish(texts);
        if (!read)
            return failure(read.error());
        all.insert(language, *read);
    }
    return all;
}

void readEndpoints(Part &part, Provider &provider)
{
    Hosts hosts = part.taken(readHosts(part.list(u"hosts"_s)));
    provider.hosts = std::move(hosts.patterns);
    provider.issuerPatterns = std::move(hosts.issuers);
    provider.multiTenantNames = part.textsOrNone(u"multiTenantNames"_s);
    provider.issuerRule =
        part.word<IssuerRule>(u"issuer"_s, {{"tenant"_L1, IssuerRule::tenant},
                                            {"authority"_L1, IssuerRule::authority},
                                            {"authority-with-slash"_L1, IssuerRule::authorityWithSlash}});
    provider.issuerPath = part.textOrNone(u"issuerPath"_s);
    provider.authorityPath = part.word<AuthorityPath>(u"authorityPath"_s, {{"tenant"_L1, AuthorityPath::tenant},
                                                                           {"none"_L1, AuthorityPath::none},
                                                                           {"one-part"_L1, AuthorityPath::onePart},
                                                                           {"any"_L1, AuthorityPath::any}});
    provider.discoveryPath = part.text(u"discoveryPath"_s);
    provider.oauthDiscoveryPath = part.textOrNone(u"oauthDiscoveryPath"_s);
    provider.endpointRule = part.word<EndpointRule>(
        u"endpoints"_s, {{"own-hosts"_L1, EndpointRule::ownHosts}, {"any-host"_L1, EndpointRule::anyHost}});
    provider.keyFormat = part.word<KeyFormat>(
        u"keyFormat"_s, {{"jwks"_L1, KeyFormat::jwks}, {"certificate-map"_L1, KeyFormat::certificateMap}});
    provider.keysUrl = QUrl(part.textOrNone(u"keysUrl"_s), QUrl::StrictMode);
    provider.signOut = part.taken(readSignOut(part.objectOrNone(u"signOut"_s)));
}

void readSignIn(Part &part, Provider &provider)
{
    using Mode = std::optional<ResponseMode>;
    provider.hasSignIn = part.word<bool>(u"signIn"_s, {{"browser"_L1, true}, {"none"_L1, false}});
    provider.capabilities = part.textsOrNone(u"capabilities"_s);
    provider.extraScopes = part.texts(u"extraScopes"_s);
    provider.refusedScopes = part.textsOrNone(u"refusedScopes"_s);
    provider.scopeRule = part.word<ScopeRule>(u"scopes"_s, {{"resource"_L1, ScopeRule::resource},
                                                            {"server"_L1, ScopeRule::server},
                                                            {"plain"_L1, ScopeRule::plain},
                                                            {"openid"_L1, ScopeRule::openId}});
    provider.audienceRule = part.word<AudienceRule>(
        u"audience"_s,
        {{"named"_L1, AudienceRule::named}, {"client"_L1, AudienceRule::client}, {"path"_L1, AudienceRule::path}});
    provider.authorizeParameters = part.taken(readParameters(part.objectOrNone(u"authorizeParameters"_s)));
    provider.responseMode = part.word<Mode>(u"responseMode"_s, {{"form_post"_L1, Mode(ResponseMode::formPost)},
                                                                {"query"_L1, Mode(ResponseMode::query)},
                                                                {"as-offered"_L1, Mode()}});
    RedirectPolicy policy = part.taken(readRedirect(part.object(u"redirect"_s)));
    provider.redirect = std::move(policy.redirect);
    provider.redirectPathHost = std::move(policy.pathIsOf);
}

void readTokens(Part &part, Provider &provider)
{
    provider.algorithms = part.taken(readAlgorithms(part.texts(u"algorithms"_s)));
    provider.accessTokens =
        part.word<AccessTokens>(u"accessTokens"_s, {{"readable"_L1, AccessTokens::readable},
                                                    {"readable-for-api"_L1, AccessTokens::readableForApi},
                                                    {"opaque"_L1, AccessTokens::opaque}});
    provider.claims = part.taken(readClaimNames(part.object(u"claims"_s)));
    provider.requiredClaims = part.textsOrNone(u"requiredClaims"_s);
    provider.pastClaims = part.textsOrNone(u"pastClaims"_s);
}

} // namespace

Result<Provider> readProvider(QByteArrayView text)
{
    const Result<JsonObject> data = parseJsonObject(text);
    if (!data)
        return failure(data.error());
    Part part(*data, Texts::tr("The provider's data"));
    Provider provider;
    provider.id = part.text(u"id"_s);
    provider.name = part.text(u"name"_s);
    readEndpoints(part, provider);
    readSignIn(part, provider);
    readTokens(part, provider);
    provider.form = part.taken(readForm(part.object(u"form"_s)));
    provider.texts = part.taken(readTexts(part.object(u"texts"_s)));
    return part.finish(std::move(provider));
}

} // namespace bookdesk::identity
