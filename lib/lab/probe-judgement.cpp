#include "lab/probe-judgement.h"

#include "lab/lab-words.h"
#include "net/said-reason.h"

#include <QCoreApplication>

#include <algorithm>

namespace bookdesk::lab {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ProbeJudgement)
};

bool isRefusal(const Forgery &forgery, int status)
{
    const std::vector<int> &others = forgery.refusals;
    return status == 401 || status == forgery.expected ||
           std::find(others.begin(), others.end(), status) != others.end();
}

QString provesNothing(int status)
{
    if (status >= 300 && status < 400)
        return Texts::tr("%1: the API sent the request elsewhere, so nothing is known about the token.").arg(status);
    if (status == 404 || status == 405)
        return Texts::tr("%1: there is no such call, so nothing is known about the token.").arg(status);
    if (status == 429)
        return Texts::tr("429: the API takes no more requests for now. Run this probe again later.");
    return Texts::tr("%1 is no answer to a bad token, so nothing is known about it.").arg(status);
}

} // namespace

ProbeJudgement judged(const Forgery &forgery, const net::HttpResponse &response)
{
    const int status = response.status;
    if (status >= 500)
        return {ProbeState::crashed, {}};
    if (isRefusal(forgery, status))
        return {ProbeState::refused, {}};
    const bool gotThrough = isSuccess(status) || status == 403;
    if (!gotThrough)
        return {ProbeState::noAnswer, provesNothing(status)};
    if (net::isWebPage(response.body.reveal()))
        return {ProbeState::noAnswer,
                Texts::tr("%1 with a web page: a gateway may have answered, so nothing is known about the API.")
                    .arg(status)};
    return {ProbeState::accepted, {}};
}

ProbeJudgement judged(const Error &error) { return {ProbeState::noAnswer, advised(error)}; }

} // namespace bookdesk::lab
