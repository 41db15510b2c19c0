/// SandboxServer: an Entra-like tenant and the books API on loopback.
#pragma once

#include "core/clock.h"
#include "core/json.h"
#include "core/secret.h"
#include "core/task-scope.h"
#include "sandbox/carelessness.h"
#include "sandbox/connection-guard.h"
#include "sandbox/device-code-settings.h"
#include "sandbox/faults.h"
#include "sandbox/persona.h"
#include "sandbox/switches.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace bookdesk::sandbox {

/// Options of a Sandbox.
struct SandboxOptions
{
    quint16 port = 0;                ///< 0 = any free one.
    quint16 publicPort = 0;          ///< In its addresses, where a proxy stands in front of it; 0 = the same.
    bool usesTls = false;            ///< https with a private CA made at start.
    bool keysCarryAlgorithm = false; ///< Adds `alg` to the published keys; Entra's have none.
    std::chrono::seconds tokenLifetime{3600};
    DeviceCodeSettings deviceCodes;
    CarelessnessSet carelessness; ///< Of the books API, from the beginning on.
    Clock clock = systemNow;
    ConnectionLimits connections;
    /// Called with every token, code and refresh token that is made; the tests search for these.
    std::function<void(const Secret &)> onSecretMade;
    /// Appended to every code and refresh token, to test whether characters such as `+/=%&` survive.
    QByteArray opaqueEnding;
};

/// Serves the tenant (discovery, authorize, token, keys), the books API with its OpenAPI document and a control page,
/// on 127.0.0.1 and ::1 only, checking `Host`; every connection is bounded. Lives on the thread that started it;
/// everything is in memory and is lost with it. Source: Microsoft "Authorization code flow", "Access token claims
/// reference"; the books API's contract.
class SandboxServer : public QObject
{
    Q_OBJECT

public:
    /// Makes the keys on another thread, then listens. Errors: sandbox.port-taken, sandbox.listen-failed,
    /// signing.failed.
    static Task<std::shared_ptr<SandboxServer>> start(SandboxOptions options);
    ~SandboxServer() override;

    /// Where it answers: `http://localhost:PORT`, with the public port.
    QUrl baseUrl() const;
    /// The port that it listens on.
    quint16 port() const;
    /// The content of a connection file for this Sandbox, with its CA inline.
    JsonObject connectionFile() const;
    /// The private CA's certificate (PEM) with TLS, else empty.
    QByteArray certificateAuthority() const;

    const std::vector<Persona> &personas() const;
    /// Takes effect with the next token. Returns false for an unknown persona.
    bool grantRole(const QString &personaId, const QString &role);
    bool revokeRole(const QString &personaId, const QString &role);
    /// As an admin who consents to a scope of the API for this persona: a refresh may ask for it from now on. Returns
    /// false for an unknown persona or scope.
    bool consent(const QString &personaId, const QString &scope);
    /// Takes effect with the next token. Returns false for an unknown persona.
    bool rename(const QString &personaId, const QString &name);

    const Faults &faults() const;
    void arm(Fault fault, FaultSpan span);
    void clearFaults();
    const CarelessnessSet &carelessness() const;
    /// From the next call of the books API on.
    void beCareless(Carelessness carelessness);
    void beCareful(Carelessness carelessness);
    const SwitchSet &switches() const;
    void switchOn(Switch which);
    void switchOff(Switch which);
    /// How much later the token endpoint and the API answer, from the next request on; what is asked for is done at
    /// once.
    void slowDown(std::chrono::milliseconds slowness);
    /// Ends all sessions of a persona, so that their refresh tokens are refused. Returns false for an unknown persona.
    bool endSessions(const QString &personaId);
    /// Stops publishing the signing key and replaces it with a new one, which is made on another thread.
    Task<void> rotateKeys();

    /// A token with claims of the caller's choice, signed with the current key: for tests with tokens that the tenant
    /// would never issue. Errors: signing.failed.
    Result<Secret> sign(const JsonObject &claims) const;
    /// As above, with a header of the caller's choice, which goes out as it is given; RS256 is used whatever it says.
    Result<Secret> signAsGiven(const JsonObject &header, const JsonObject &claims) const;
    /// The header of the tenant's own tokens.
    JsonObject tokenHeader() const;

Q_SIGNALS:
    /// Roles, faults or keys changed.
    void changed();

private:
    class Parts;
    explicit SandboxServer(std::unique_ptr<Parts> parts);
    ScopedTask<void> makeNextKey(std::stop_token stop);

    std::unique_ptr<Parts> m_parts;
    TaskScope m_scope;
};

} // namespace bookdesk::sandbox
