#include "sandbox/sandbox-server.h"

#include "core/errors.h"
#include "core/off-thread.h"
#include "sandbox/books-service.h"
#include "sandbox/catalogue.h"
#include "sandbox/certificates.h"
#include "sandbox/control.h"
#include "sandbox/http-server-compat.h"
#include "sandbox/listeners.h"
#include "sandbox/sandbox-state.h"
#include "sandbox/tenant.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <optional>
#include <stop_token>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SandboxServer)
};

using jose::SigningKey;

/// The parts that take long to create.
struct Material
{
    std::vector<SigningKey> keys;
    std::optional<Certificates> certificates;
};

Result<Material> makeMaterial(bool withCertificates)
{
    constexpr int keys = 2;
    Material material;
    for (int made = 0; made < keys; ++made) {
        Result<SigningKey> key = SigningKey::generateRsa();
        if (!key)
            return failure(key.error());
        material.keys.push_back(std::move(*key));
    }
    if (withCertificates) {
        Result<Certificates> certificates = makeCertificates();
        if (!certificates)
            return failure(certificates.error());
        material.certificates = std::move(*certificates);
    }
    return material;
}

Error ended() { return {bookdesk::errors::stopped, Texts::tr("The Sandbox has ended.")}; }

Task<SigningKey> makeKey(std::stop_token stop)
{
    const std::function<Result<SigningKey>()> work = [] { return SigningKey::generateRsa(); };
    const std::optional<Result<SigningKey>> key = co_await offThread(work, std::move(stop));
    co_return key ? *key : failure(ended());
}

QByteArray httpDate(TimePoint time)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch());
    return QLocale::c()
        .toString(QDateTime::fromSecsSinceEpoch(seconds.count(), QTimeZone::utc()),
                  u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s)
        .toLatin1();
}

QUrl urlOf(const SandboxOptions &options, quint16 port)
{
    QUrl url;
    url.setScheme(options.usesTls ? u"https"_s : u"http"_s);
    url.setHost(u"localhost"_s);
    url.setPort(options.publicPort ? options.publicPort : port);
    return url;
}

} // namespace

class SandboxServer::Parts
{
public:
    Parts(const SandboxOptions &options, quint16 port, Material material, Catalogue catalogue)
        : clock(options.clock)
        , ownPort(port)
        , baseUrl(urlOf(options, port))
        , authorityPem(material.certificates ? material.certificates->authority : QByteArray())
        , state(TenantKeys(std::move(material.keys)))
        , tenant(state, {baseUrl.toString(), options.keysCarryAlgorithm, options.deviceCodes},
                 {{}, options.tokenLifetime, options.clock, options.opaqueEnding, options.onSecretMade})
        , books(state, std::move(catalogue), {baseUrl.toString(), tenant.authority(), options.clock})
        , http([this](const Request &request) { return respond(request); })
    {
        for (const Carelessness each : options.carelessness)
            state.beCareless(each);
    }

    Response respond(const Request &request);

    Clock clock;
    quint16 ownPort;
    QUrl baseUrl;
    QByteArray authorityPem;
    SandboxState state;
    Tenant tenant;
    BooksService books;
    int rotationsUnderWay = 0;
    std::optional<Control> control;
    std::function<void()> onChanged;
    HttpServer http; // last, so that it is destroyed before the parts that it uses

private:
    bool knowsHost(const Request &request) const;
    Response route(const Request &request);
};

Response SandboxServer::Parts::respond(const Request &request)
{
    const int before = state.revision();
    Response response = route(request);
    response.headers.emplace_back("date", httpDate(clock()));
    if (state.revision() != before)
        onChanged();
    return response;
}

Response SandboxServer::Parts::route(const Request &request)
{
    if (!knowsHost(request))
        return {400, {{"content-type", "text/plain; charset=utf-8"}}, "Invalid host header"};
    if (std::optional<Response> response = tenant.answer(request))
        return *std::move(response);
    if (std::optional<Response> response = control->answer(request))
        return *std::move(response);
    Response response = books.answer(request);
    response.delay = state.slowness();
    return response;
}

bool SandboxServer::Parts::knowsHost(const Request &request) const
{
    const QByteArray host = request.header("host").value_or(QByteArray()).toLower();
    const QByteArray port = ':' + QByteArray::number(baseUrl.port());
    return host == "localhost" + port || host == "127.0.0.1" + port || host == "[::1]" + port;
}

Task<std::shared_ptr<SandboxServer>> SandboxServer::start(SandboxOptions options)
{
    const bool usesTls = options.usesTls;
    const std::function<Result<Material>()> work = [usesTls] { return makeMaterial(usesTls); };
    std::optional<Result<Material>> made = co_await offThread<Result<Material>>(work, std::stop_token());
    if (!made)
        co_return failure(ended());
    Result<Material> material = *std::move(made);
    if (!material)
        co_return failure(material.error());
    Result<Catalogue> catalogue = Catalogue::builtIn();
    if (!catalogue)
        co_return failure(catalogue.error());
    Result<Listeners> listeners = listenOnLoopback(options.port, material->certificates, options.connections);
    if (!listeners)
        co_return failure(listeners.error());
    auto parts = std::make_unique<Parts>(options, listeners->port, std::move(*material), std::move(*catalogue));
    for (std::unique_ptr<QTcpServer> &listener : listeners->servers)
        parts->http.bind(std::move(listener));
    co_return std::shared_ptr<SandboxServer>(new SandboxServer(std::move(parts)));
}

SandboxServer::SandboxServer(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts))
{
    // Later, because a receiver may destroy this server while it is still answering.
    m_parts->onChanged = [this] { QMetaObject::invokeMethod(this, &SandboxServer::changed, Qt::QueuedConnection); };
    m_parts->control.emplace(
        m_parts->state, m_parts->baseUrl.scheme().toLatin1(), [this] { rotateKeys(); },
        [this] { return m_parts->rotationsUnderWay > 0; });
}

SandboxServer::~SandboxServer() = default;

QUrl SandboxServer::baseUrl() const { return m_parts->baseUrl; }

quint16 SandboxServer::port() const { return m_parts->ownPort; }

JsonObject SandboxServer::connectionFile() const
{
    const Registrations &registrations = m_parts->state.registrations();
    JsonArray scopes;
    for (const QString &scope : registrations.apiScopes)
        scopes.emplace_back(u"api://%1/%2"_s.arg(registrations.apiId, scope));
    JsonObject file{{u"name"_s, Texts::tr("Sandbox")},
                    {u"provider"_s, u"entra"_s},
                    {u"authority"_s, m_parts->tenant.authority()},
                    {u"clientId"_s, registrations.clientId},
                    {u"scopes"_s, std::move(scopes)},
                    {u"apiBaseUrl"_s, m_parts->baseUrl.toString()},
                    {u"audience"_s, registrations.apiId}};
    if (!m_parts->authorityPem.isEmpty())
        file.append(u"caFile"_s, QString::fromLatin1(m_parts->authorityPem));
    return file;
}

QByteArray SandboxServer::certificateAuthority() const { return m_parts->authorityPem; }

const std::vector<Persona> &SandboxServer::personas() const { return m_parts->state.personas(); }

bool SandboxServer::grantRole(const QString &personaId, const QString &role)
{
    const bool isKnown = m_parts->state.grantRole(personaId, role);
    if (isKnown)
        Q_EMIT changed();
    return isKnown;
}

bool SandboxServer::consent(const QString &personaId, const QString &scope)
{
    const bool isKnown = m_parts->state.consent(personaId, scope);
    if (isKnown)
        Q_EMIT changed();
    return isKnown;
}

bool SandboxServer::rename(const QString &personaId, const QString &name)
{
    const bool isKnown = m_parts->state.rename(personaId, name);
    if (isKnown)
        Q_EMIT changed();
    return isKnown;
}

bool SandboxServer::revokeRole(const QString &personaId, const QString &role)
{
    const bool isKnown = m_parts->state.revokeRole(personaId, role);
    if (isKnown)
        Q_EMIT changed();
    return isKnown;
}

const Faults &SandboxServer::faults() const { return m_parts->state.faults(); }

void SandboxServer::arm(Fault fault, FaultSpan span)
{
    m_parts->state.arm(fault, span);
    Q_EMIT changed();
}

void SandboxServer::clearFaults()
{
    m_parts->state.clearFaults();
    Q_EMIT changed();
}

const CarelessnessSet &SandboxServer::carelessness() const { return m_parts->state.carelessness(); }

void SandboxServer::beCareless(Carelessness carelessness)
{
    m_parts->state.beCareless(carelessness);
    Q_EMIT changed();
}

void SandboxServer::beCareful(Carelessness carelessness)
{
    m_parts->state.beCareful(carelessness);
    Q_EMIT changed();
}

const SwitchSet &SandboxServer::switches() const { return m_parts->state.switches(); }

void SandboxServer::switchOn(Switch which)
{
    m_parts->state.switchOn(which);
    Q_EMIT changed();
}

void SandboxServer::switchOff(Switch which)
{
    m_parts->state.switchOff(which);
    Q_EMIT changed();
}

void SandboxServer::slowDown(std::chrono::milliseconds slowness)
{
    m_parts->state.slowDown(slowness);
    Q_EMIT changed();
}

bool SandboxServer::endSessions(const QString &personaId)
{
    const bool isKnown = m_parts->state.endSessions(personaId);
    if (isKnown)
        Q_EMIT changed();
    return isKnown;
}

Task<void> SandboxServer::rotateKeys()
{
    return m_scope.run([this](std::stop_token stop) { return makeNextKey(std::move(stop)); }, ended());
}

ScopedTask<void> SandboxServer::makeNextKey(std::stop_token stop)
{
    ++m_parts->rotationsUnderWay;
    const Result<SigningKey> key = co_await callOut([&] { return makeKey(stop); });
    --m_parts->rotationsUnderWay;
    if (!key)
        co_return failure(key.error());
    m_parts->state.rotateKeys(*key);
    Result<void> told = co_await callOut([this] { Q_EMIT changed(); });
    co_return told;
}

Result<Secret> SandboxServer::sign(const JsonObject &claims) const { return m_parts->state.keys().sign(claims); }

Result<Secret> SandboxServer::signAsGiven(const JsonObject &header, const JsonObject &claims) const
{
    return m_parts->state.keys().signAsGiven(header, claims);
}

JsonObject SandboxServer::tokenHeader() const { return m_parts->state.keys().header(); }

} // namespace bookdesk::sandbox
