/// DeviceCodes: the codes for signing in on another device, and what has become of each.
#pragma once

#include "core/clock.h"
#include "core/secret.h"
#include "sandbox/device-code-settings.h"
#include "sandbox/sandbox-state.h"
#include "sandbox/scopes.h"
#include "sandbox/token-mint.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <deque>
#include <optional>

namespace bookdesk::sandbox {

/// The two codes of one request.
struct IssuedDeviceCode
{
    Secret deviceCode; ///< For the client.
    QString userCode;  ///< For the person.
};

/// Whom a device may act for, and with which scopes.
struct GrantedDevice
{
    QString personaId;
    AskedScopes scopes;
};

/// One thread; its parts must outlive it. The device codes themselves are not kept, and the oldest are dropped when
/// there are too many. Source: RFC 8628 section 3, Microsoft "Device authorization grant flow".
class DeviceCodes
{
public:
    DeviceCodes(SandboxState &state, const TokenMint &mint, DeviceCodeSettings settings);

    const DeviceCodeSettings &settings() const { return m_settings; }
    IssuedDeviceCode issue(const AskedScopes &scopes);

    /// What the code that a person typed asks for; nullptr where it is unknown, used or too old. Case, blanks and
    /// dashes do not count (RFC 8628 section 6.1).
    const AskedScopes *find(const QString &typed) const;
    /// The person signs in, or declines. False where the code is unknown, used or too old.
    bool grant(const QString &typed, const QString &personaId);
    bool decline(const QString &typed);

    /// What the client gets for its device code, once. A client that asks too early is told to slow down, and from then
    /// on must wait longer.
    OrFailure<GrantedDevice> redeem(const Secret &deviceCode);

private:
    enum class Stage { waiting, granted, declined, redeemed };
    struct Entry
    {
        QByteArray deviceHash;
        QString userCode;
        AskedScopes scopes;
        TimePoint expiry;
        std::chrono::seconds interval;
        std::optional<TimePoint> askedAt = {};
        Stage stage = Stage::waiting;
        QString personaId = {};
    };

    Entry *waiting(const QString &typed);
    Entry *ofClient(const Secret &deviceCode);
    bool asksTooOften(Entry &entry) const;

    SandboxState &m_state;
    const TokenMint &m_mint;
    DeviceCodeSettings m_settings;
    std::deque<Entry> m_entries; ///< The oldest first.
};

} // namespace bookdesk::sandbox
