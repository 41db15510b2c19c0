/// The control of a run: a request with a genuine token. An API that does not accept that one may refuse everything, so
/// its refusals of forged tokens prove nothing.
#pragma once

#include "lab/forgery.h"
#include "lab/probe-judgement.h"
#include "lab/probe-result.h"

#include <QString>

namespace bookdesk::lab {

class Forger;

/// Not sent yet. A control is no probe: it has the form of one, but here a 2xx is what is wanted.
ProbeResult waitingControl();
/// A token that the API accepts.
Possible<Forgery> genuineForgery(const Forger &forger);

/// The API answered with a 2xx.
bool hasPassed(const ProbeResult &control);
/// It answered in another way or not at all, or there is no genuine token. False while it has not been sent.
bool hasFailed(const ProbeResult &control);

/// "passed", "failed", "not-possible", "waiting"; never changed.
QString controlCode(const ProbeResult &control);
/// "Nothing is proven: the API refuses the genuine token too, with 401", "Control: the genuine token got 200 OK"
QString controlHeadline(const ProbeResult &control);
/// What to do about one that has failed, and what its failure means; empty otherwise.
QString controlAdvice(const ProbeResult &control);

/// What an answer to a probe shows beside the control's. Where that has failed, a refusal is unproven, and so are a 403
/// and a crash that the genuine token gets, too; a 2xx is a finding all the same. Any thread.
ProbeJudgement weighed(ProbeJudgement judgement, int status, const ProbeResult &control);

} // namespace bookdesk::lab
