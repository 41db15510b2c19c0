/// Judges what an API answered to a probe.
#pragma once

#include "core/error.h"
#include "lab/forgery.h"
#include "net/http-client.h"

#include <QString>

namespace bookdesk::lab {

/// What an answer shows, and why it shows nothing where that is so. A plain value.
struct ProbeJudgement
{
    ProbeState state = ProbeState::noAnswer;
    QString why; ///< Empty unless the state is noAnswer.
};

/// Refused is what the contract says: `expected`, a 401, or what the forgery lists. 2xx has accepted the token, and so
/// has a 403 where a 401 is expected, because rights are looked up for an accepted token only. 5xx has crashed. Any
/// other answer (a redirect, a 404) and a web page, which comes from a gateway, prove nothing. Any thread.
ProbeJudgement judged(const Forgery &forgery, const net::HttpResponse &response);

/// The failures of HttpClient: nothing came, so nothing was proved.
ProbeJudgement judged(const Error &error);

} // namespace bookdesk::lab
