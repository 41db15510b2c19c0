// Outcomes of calls that no API answered, or whose answer cannot be used.
#include "books/errors.h"
#include "books/outcome-parts.h"
#include "books/refusal.h"
#include "core/errors.h"
#include "net/errors.h"
#include "net/reachability.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ApiOutcome)
};

OutcomeKind kindOf(ErrorCode code)
{
    switch (code.kind()) {
    case ErrorKind::network:
        return OutcomeKind::network;
    case ErrorKind::tls:
        return OutcomeKind::tls;
    case ErrorKind::stopped:
        return OutcomeKind::stopped;
    case ErrorKind::other:
        break;
    }
    if (code == net::errors::tokenWithheld)
        return OutcomeKind::withheld;
    const bool isAnswer = code == net::errors::tooLarge || code == errors::responseInvalid;
    return isAnswer ? OutcomeKind::unexpected : OutcomeKind::refused;
}

QString headlineOf(OutcomeKind kind, const QString &host)
{
    const QString name = quotable(host);
    switch (kind) {
    case OutcomeKind::network:
        return name.isEmpty() ? Texts::tr("Cannot reach the API's server") : Texts::tr("Cannot reach %1").arg(name);
    case OutcomeKind::tls:
        return name.isEmpty() ? Texts::tr("The certificate of the API's server is not trusted")
                              : Texts::tr("The certificate of %1 is not trusted").arg(name);
    case OutcomeKind::stopped:
        return Texts::tr("The call was stopped");
    case OutcomeKind::withheld:
        return Texts::tr("Nothing was sent: the token is not for this API");
    case OutcomeKind::unexpected:
        return name.isEmpty() ? Texts::tr("The answer from the API's server cannot be read")
                              : Texts::tr("The answer from %1 cannot be read").arg(name);
    default:
        return Texts::tr("Nothing was sent");
    }
}

/// True where a request may have been sent, and its answer is missing.
bool mayHaveArrived(ErrorCode code)
{
    return code == net::errors::timedOut || code == net::errors::broken || code == net::errors::tooLarge ||
           code.kind() == ErrorKind::stopped;
}

/// Network failures get advice that mentions the API.
QString remedyOf(const Error &error)
{
    const ErrorCode code = error.code;
    if (code == net::errors::nameNotFound)
        return Texts::tr("Check the API address in the connection, and that this computer is online (VPN).");
    if (code == net::errors::connectionFailed)
        return Texts::tr("Check that the API is running and that no firewall or proxy blocks it. Then try again.");
    if (code == net::errors::timedOut || code == net::errors::broken)
        return Texts::tr("Try again. If it happens again, there may be a problem with the API or the network.");
    if (code == net::errors::tooLarge)
        return Texts::tr("Tell the API's owner that the answer is too large.");
    return error.remedy;
}

} // namespace

ApiOutcome explain(const QString &request, const Error &error, const QString &host)
{
    const OutcomeKind kind = kindOf(error.code);
    ApiOutcome outcome = outcomeOf(kind, error.code, headlineOf(kind, host), error.message, remedyOf(error));
    if (request.startsWith("DELETE "_L1) && mayHaveArrived(error.code))
        addUnknownFate(outcome);
    outcome.request = request;
    outcome.facts = error.facts;
    outcome.exchangeId = error.exchangeId;
    outcome.isOutOfReach = net::isOutOfReach(error.code);
    return outcome;
}

} // namespace bookdesk::books
