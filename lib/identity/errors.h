/// The error codes of lib/identity.
#pragma once

#include "core/error.h"

#include <array>

namespace bookdesk::identity::errors {

inline constexpr ErrorCode connectionMemberInvalid{"connection.member-invalid"};
inline constexpr ErrorCode connectionFileUnreadable{"connection.file-unreadable"};
inline constexpr ErrorCode discoveryInvalid{"discovery.invalid"};
inline constexpr ErrorCode discoveryIssuerMismatch{"discovery.issuer-mismatch"};
inline constexpr ErrorCode discoveryEndpointRefused{"discovery.endpoint-refused"};
inline constexpr ErrorCode discoveryUnavailable{"discovery.unavailable"};
inline constexpr ErrorCode keysUnavailable{"keys.unavailable", ErrorKind::network};
inline constexpr ErrorCode browserFailed{"browser.failed"};
inline constexpr ErrorCode browserCommandInvalid{"browser.command-invalid"};
inline constexpr ErrorCode listenFailed{"sign-in.listen-failed"};
inline constexpr ErrorCode cancelled{"sign-in.cancelled", ErrorKind::stopped};
inline constexpr ErrorCode timedOut{"sign-in.timed-out"};
inline constexpr ErrorCode linkUsedTwice{"sign-in.link-used-twice"};
inline constexpr ErrorCode redirectInvalid{"sign-in.redirect-invalid"};
inline constexpr ErrorCode responseInvalid{"sign-in.response-invalid"};
inline constexpr ErrorCode idTokenRejected{"sign-in.id-token-rejected"};
inline constexpr ErrorCode anotherAccount{"sign-in.another-account"};
inline constexpr ErrorCode declined{"sign-in.declined"};
inline constexpr ErrorCode deviceCodeUnsupported{"sign-in.device-code-unsupported"};
inline constexpr ErrorCode deviceCodeInvalid{"sign-in.device-code-invalid"};
inline constexpr ErrorCode deviceCodeExpired{"sign-in.device-code-expired"};
inline constexpr ErrorCode notOffered{"sign-in.not-offered"};
inline constexpr ErrorCode proofOfPossessionUnsupported{"sign-in.dpop-unsupported"};
inline constexpr ErrorCode interactionRequired{"sign-in.interaction-required"};
inline constexpr ErrorCode grantInvalid{"sign-in.grant-invalid"};
inline constexpr ErrorCode refreshTokenRejected{"sign-in.refresh-token-rejected"};
inline constexpr ErrorCode serverRefused{"sign-in.refused"};
inline constexpr ErrorCode signOutCancelled{"sign-out.cancelled", ErrorKind::stopped};
inline constexpr ErrorCode signOutTimedOut{"sign-out.timed-out"};
inline constexpr ErrorCode signOutUnsupported{"sign-out.unsupported"};
inline constexpr ErrorCode notRevoked{"sign-out.not-revoked"};
inline constexpr ErrorCode signedOut{"session.signed-out"};
inline constexpr ErrorCode noRefreshToken{"session.no-refresh-token"};
inline constexpr ErrorCode userChanged{"session.user-changed"};
inline constexpr ErrorCode notKept{"session.not-kept"};
inline constexpr ErrorCode keychainUnavailable{"keychain.unavailable"};
inline constexpr ErrorCode keychainLocked{"keychain.locked"};
inline constexpr ErrorCode keychainTimedOut{"keychain.timed-out"};
inline constexpr ErrorCode vaultBusy{"vault.busy"};
inline constexpr ErrorCode vaultLockFailed{"vault.lock-failed"};
inline constexpr ErrorCode vaultDamaged{"vault.damaged"};
inline constexpr ErrorCode vaultNotRemoved{"vault.not-removed"};
inline constexpr ErrorCode challengeUnusable{"session.challenge-unusable"};

inline constexpr std::array identityCodes{connectionMemberInvalid,
                                          connectionFileUnreadable,
                                          discoveryInvalid,
                                          discoveryIssuerMismatch,
                                          discoveryEndpointRefused,
                                          discoveryUnavailable,
                                          keysUnavailable,
                                          browserFailed,
                                          browserCommandInvalid,
                                          listenFailed,
                                          cancelled,
                                          timedOut,
                                          linkUsedTwice,
                                          redirectInvalid,
                                          responseInvalid,
                                          idTokenRejected,
                                          anotherAccount,
                                          declined,
                                          deviceCodeUnsupported,
                                          deviceCodeInvalid,
                                          deviceCodeExpired,
                                          notOffered,
                                          proofOfPossessionUnsupported,
                                          interactionRequired,
                                          grantInvalid,
                                          refreshTokenRejected,
                                          serverRefused,
                                          signOutCancelled,
                                          signOutTimedOut,
                                          signOutUnsupported,
                                          notRevoked,
                                          signedOut,
                                          noRefreshToken,
                                          userChanged,
                                          notKept,
                                          keychainUnavailable,
                                          keychainLocked,
                                          keychainTimedOut,
                                          vaultBusy,
                                          vaultLockFailed,
                                          vaultDamaged,
                                          vaultNotRemoved,
                                          challengeUnusable};

/// Whether nothing but a sign-in with the browser helps.
inline bool needsPerson(const ErrorCode &code)
{
    return code == noRefreshToken || code == grantInvalid || code == interactionRequired ||
           code == refreshTokenRejected;
}

} // namespace bookdesk::identity::errors
