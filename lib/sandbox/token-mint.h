/// TokenMint: makes ID tokens, access tokens, codes and refresh tokens as Entra v2 does.
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "core/secret.h"
#include "sandbox/asked-proof.h"
#include "sandbox/persona.h"
#include "sandbox/sandbox-state.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>

namespace bookdesk::sandbox {

/// One thread; @p state outlives it. Source: Microsoft "ID token claims reference", "Access token claims reference".
class TokenMint
{
public:
    struct Settings
    {
        QString issuer;
        std::chrono::seconds lifetime{3600};
        Clock clock = systemNow;
        QByteArray opaqueEnding; ///< Ends every code and refresh token.
        std::function<void(const Secret &)> onSecretMade;
    };

    TokenMint(SandboxState &state, Settings settings);

    std::chrono::seconds lifetime() const { return m_settings.lifetime; }
    TimePoint now() const { return m_settings.clock(); }

    /// For the client. Errors: signing.failed.
    Result<Secret> idToken(const Persona &persona, const QString &nonce) const;
    /// For the API; the armed token faults apply to it. Errors: signing.failed.
    Result<Secret> accessToken(const Persona &persona, const QStringList &scopes, const Proof &proof = {}) const;
    Secret code() const;
    Secret deviceCode() const;
    Secret refreshToken() const;

private:
    Secret opaque(const QByteArray &beginning) const;
    Secret made(Secret secret) const;

    SandboxState &m_state;
    Settings m_settings;
};

} // namespace bookdesk::sandbox
