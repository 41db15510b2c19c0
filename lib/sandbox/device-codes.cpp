#include "sandbox/device-codes.h"

#include "sandbox/random-id.h"

#include <QCryptographicHash>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

constexpr std::size_t mostCodes = 1'000;
/// What each `slow_down` adds (RFC 8628 section 3.5).
constexpr std::chrono::seconds slowDown{5};

QByteArray hashOf(const Secret &code) { return QCryptographicHash::hash(code.reveal(), QCryptographicHash::Sha256); }

/// Nine letters without vowels, so that they spell nothing (RFC 8628 section 6.1).
QString newUserCode()
{
    static const QByteArray letters = "BCDFGHJKLMNPQRSTVWXZ"_ba;
    constexpr qsizetype length = 9;
    constexpr int unbiased = 240; // A multiple of twenty.
    QString code;
    while (code.size() < length) {
        const auto byte = static_cast<unsigned char>(randomBytes(1).front());
        if (byte < unbiased)
            code += QLatin1Char(letters.at(byte % letters.size()));
    }
    return code;
}

QString normalized(QString typed)
{
    typed.remove(u' ').remove(u'-');
    return typed.toUpper();
}

OAuthFailure refusal(const QString &error, int number, const QString &text) { return {error, number, text, {}}; }

tl::unexpected<OAuthFailure> refused(OAuthFailure failure) { return tl::unexpected<OAuthFailure>(std::move(failure)); }

OAuthFailure pending(const QString &error)
{
    return refusal(error, 70016, u"OAuth 2.0 device flow error. Authorization is pending. Continue polling."_s);
}

OAuthFailure unknown()
{
    return refusal(u"bad_verification_code"_s, 70018, u"The device code is not known, or was used before."_s);
}

OAuthFailure expired()
{
    return refusal(u"expired_token"_s, 70020,
                   u"The provided value for the input parameter 'device_code' is not valid. This device code has "
                   "expired."_s);
}

OAuthFailure declined()
{
    return refusal(u"authorization_declined"_s, 65004, u"User declined to consent to access the app."_s);
}

} // namespace

DeviceCodes::DeviceCodes(SandboxState &state, const TokenMint &mint, DeviceCodeSettings settings)
    : m_state(state)
    , m_mint(mint)
    , m_settings(settings)
{}

IssuedDeviceCode DeviceCodes::issue(const AskedScopes &scopes)
{
    if (m_entries.size() >= mostCodes)
        m_entries.pop_front();
    const IssuedDeviceCode issued{m_mint.deviceCode(), newUserCode()};
    m_entries.push_back(
        {hashOf(issued.deviceCode), issued.userCode, scopes, m_mint.now() + m_settings.lifetime, m_settings.interval});
    return issued;
}

const AskedScopes *DeviceCodes::find(const QString &typed) const
{
    const Entry *entry = const_cast<DeviceCodes *>(this)->waiting(typed);
    return entry ? &entry->scopes : nullptr;
}

bool DeviceCodes::grant(const QString &typed, const QString &personaId)
{
    Entry *entry = waiting(typed);
    if (!entry)
        return false;
    entry->stage = Stage::granted;
    entry->personaId = personaId;
    return true;
}

bool DeviceCodes::decline(const QString &typed)
{
    Entry *entry = waiting(typed);
    if (!entry)
        return false;
    entry->stage = Stage::declined;
    return true;
}

OrFailure<GrantedDevice> DeviceCodes::redeem(const Secret &deviceCode)
{
    Entry *entry = ofClient(deviceCode);
    if (!entry || entry->stage == Stage::redeemed)
        return refused(unknown());
    if (entry->expiry <= m_mint.now() || m_state.take(Fault::deviceCodeExpired))
        return refused(expired());
    if (asksTooOften(*entry))
        return refused(pending(u"slow_down"_s));
    switch (entry->stage) {
    case Stage::declined:
        return refused(declined());
    case Stage::granted:
        entry->stage = Stage::redeemed;
        return GrantedDevice{entry->personaId, entry->scopes};
    default:
        return refused(pending(u"authorization_pending"_s));
    }
}

bool DeviceCodes::asksTooOften(Entry &entry) const
{
    const TimePoint now = m_mint.now();
    const std::optional<TimePoint> before = std::exchange(entry.askedAt, now);
    const bool isTooEarly = before && now - *before < entry.interval;
    if (!isTooEarly && !m_state.take(Fault::deviceCodeSlowsDown))
        return false;
    entry.interval += slowDown;
    return true;
}

DeviceCodes::Entry *DeviceCodes::waiting(const QString &typed)
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&, code = normalized(typed)](const Entry &entry) {
            return entry.stage == Stage::waiting && entry.userCode == code && m_mint.now() < entry.expiry;
        });
    return found == m_entries.end() ? nullptr : &*found;
}

DeviceCodes::Entry *DeviceCodes::ofClient(const Secret &deviceCode)
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(),
                     [hash = hashOf(deviceCode)](const Entry &entry) { return entry.deviceHash == hash; });
    return found == m_entries.end() ? nullptr : &*found;
}

} // namespace bookdesk::sandbox
