/// ExitStatus: the exit status of a run.
#pragma once

namespace bookdesk::cli {

/// Documented in the README; never renumbered.
enum class ExitStatus {
    success = 0,
    refused = 1, ///< Any other refusal, or a token that fails verification.
    usage = 2,
    unauthorized = 3, ///< The API answered 401.
    forbidden = 4,    ///< The API answered 403.
    signInFailed = 5,
    noConnection = 6, ///< To the tenant or the API: name, connect, TLS, time-out.
    findings = 7,     ///< The API accepted a forged token or crashed over it, or differs from its prediction.
    unproven = 8,     ///< The API did not accept the genuine token, so its refusals of forged ones prove nothing.
};

} // namespace bookdesk::cli
