#include "lab/control.h"

#include "lab/forger.h"
#include "lab/lab-words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::lab {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Control)
};

bool isPending(const ProbeResult &control)
{
    return control.state == ProbeState::waiting || control.state == ProbeState::running;
}

bool isForbidden(const ProbeResult &control)
{
    return control.state == ProbeState::accepted && !isSuccess(control.status);
}

QString whatHelps(const ProbeResult &control)
{
    if (control.state == ProbeState::notPossible)
        return control.why;
    if (control.state == ProbeState::refused)
        return Texts::tr("Get a fresh token, compare the connection's audience and issuer with what the API asks for, "
                         "and run the probes again.");
    if (isForbidden(control))
        return Texts::tr("Sign in with an account that may read the list of books, and run the probes again.");
    const QString advice = Texts::tr("Check that the API works and that the connection has its address, and run the "
                                     "probes again.");
    return control.why.isEmpty() ? advice : Texts::tr("%1 %2").arg(control.why, advice);
}

} // namespace

ProbeResult waitingControl()
{
    ProbeResult control;
    control.probe.id = u"control"_s;
    control.probe.title = Texts::tr("Control: the genuine token");
    control.probe.expected = 200;
    return control;
}

Possible<Forgery> genuineForgery(const Forger &forger)
{
    const Possible<Secret> token = forger.accepted();
    if (!token)
        return notPossible(token.error());
    return Forgery{.token = *token, .details = {}};
}

bool hasPassed(const ProbeResult &control)
{
    return control.state == ProbeState::accepted && isSuccess(control.status);
}

bool hasFailed(const ProbeResult &control) { return !isPending(control) && !hasPassed(control); }

QString controlCode(const ProbeResult &control)
{
    if (isPending(control))
        return u"waiting"_s;
    if (control.state == ProbeState::notPossible)
        return u"not-possible"_s;
    return hasPassed(control) ? u"passed"_s : u"failed"_s;
}

QString controlHeadline(const ProbeResult &control)
{
    if (isPending(control))
        return Texts::tr("Control: the genuine token has got no answer yet");
    if (hasPassed(control))
        return Texts::tr("Control: the genuine token got %1").arg(statusName(control.status));
    if (control.state == ProbeState::notPossible)
        return Texts::tr("Nothing is proven: there is no genuine token to compare with");
    if (control.state == ProbeState::refused || isForbidden(control))
        return Texts::tr("Nothing is proven: the API refuses the genuine token too, with %1").arg(control.status);
    if (control.status == 0 || isSuccess(control.status))
        return Texts::tr("Nothing is proven: the API does not answer the genuine token");
    return Texts::tr("Nothing is proven: the API answers the genuine token with %1").arg(control.status);
}

QString controlAdvice(const ProbeResult &control)
{
    if (!hasFailed(control))
        return {};
    return Texts::tr("%1 Until then refusals prove nothing; a forged token that is accepted is a finding all the same.")
        .arg(whatHelps(control));
}

ProbeJudgement weighed(ProbeJudgement judgement, int status, const ProbeResult &control)
{
    if (!hasFailed(control) || judgement.state == ProbeState::noAnswer || isSuccess(status))
        return judgement;
    if (judgement.state != ProbeState::refused && judgement.state != control.state)
        return judgement;
    return {ProbeState::unproven, Texts::tr("%1.").arg(controlHeadline(control))};
}

} // namespace bookdesk::lab
