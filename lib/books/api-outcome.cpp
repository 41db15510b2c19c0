#include "books/api-outcome.h"

#include "books/errors.h"
#include "books/outcome-codes.h"
#include "books/refusal.h"
#include "core/durations.h"
#include "core/errors.h"
#include "core/redaction.h"
#include "core/text.h"
#include "net/errors.h"
#include "net/http-date.h"
#include "net/reachability.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <chrono>
#include <limits>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ApiOutcome)
};

constexpr qsizetype longestBody = 2'000;

ApiOutcome outcomeOf(OutcomeKind kind, ErrorCode code, const QString &headline, const QString &explanation,
                     const QString &remedy)
{
    ApiOutcome outcome;
    outcome.kind = kind;
    outcome.code = code.toString();
    outcome.headline = headline;
    outcome.explanation = explanation;
    outcome.remedy = remedy;
    return outcome;
}

QString headerText(const net::HttpResponse &response, QByteArrayView name)
{
    const std::optional<QByteArray> value = net::headerValue(response.headers, name);
    return value ? quotable(QString::fromUtf8(*value).trimmed()) : QString();
}

/// Rounded up, because a call that comes a moment too early is refused again.
QString waitText(qulonglong seconds)
{
    using namespace std::chrono;
    const std::chrono::seconds wait{std::min<qulonglong>(seconds, std::numeric_limits<int>::max())};
    return durationText(wait < minutes(1) ? wait : ceil<minutes>(wait));
}

/// When the server wants to be asked again (RFC 9110 section 10.2.3); both are empty without a usable Retry-After.
struct RetryAfter
{
    QString wait; ///< "12 s"
    QString date; ///< "Wed, 21 Oct 2026 07:28:00 GMT"
};

RetryAfter retryAfter(const net::HttpResponse &response)
{
    const QString text = headerText(response, "Retry-After");
    bool isNumber = false;
    if (const qulonglong seconds = text.toULongLong(&isNumber); isNumber)
        return {waitText(seconds), {}};
    return {{}, net::readHttpDate(text.toLatin1()) ? text : QString()};
}

/// Empty where the server does not say when.
QString tryAgain(const RetryAfter &when)
{
    if (!when.wait.isEmpty())
        return Texts::tr("Try again in %1.").arg(when.wait);
    return when.date.isEmpty() ? QString() : Texts::tr("Try again after %1.").arg(when.date);
}

ApiOutcome explainRedirect(const net::HttpResponse &response)
{
    const QString target = quotable(response.redirectTarget.toDisplayString(QUrl::FullyEncoded));
    return outcomeOf(
        OutcomeKind::redirect, outcomes::redirect, Texts::tr("%1: the API redirects elsewhere").arg(response.status),
        target.isEmpty() ? Texts::tr("The API redirects this call and does not say where to.")
                         : Texts::tr("The API redirects this call to %1. Bookdesk did not follow, because the token "
                                     "would go there too.")
                               .arg(target),
        Texts::tr(
            "Check the connection's API address: APIs redirect if it has a trailing slash, another scheme or an old "
            "host name. If the new address is right, use it in the connection."));
}

ApiOutcome explainNotFound(const AccessRule &rule, const QString &request)
{
    if (rule.method != "DELETE")
        return outcomeOf(OutcomeKind::notFound, outcomes::notFound, Texts::tr("404: there is no books API here"),
                         Texts::tr("The server answers, but does not know the path of this call."),
                         Texts::tr("Check the connection's API address: it ends before /api/v1."));
    if (request.contains("%2F"_L1))
        return outcomeOf(OutcomeKind::notFound, outcomes::notFound, Texts::tr("404: this book no longer exists"),
                         Texts::tr("The API found no book with this ID. The ID contains a slash, and APIs of this kind "
                                   "answer 404 to it even if the book exists."),
                         Texts::tr("Tell the API's owner that IDs with a slash cannot be deleted."));
    return outcomeOf(OutcomeKind::notFound, outcomes::notFound, Texts::tr("404: this book no longer exists"),
                     Texts::tr("The API has no book with this ID. Somebody may have deleted it in the meantime."),
                     Texts::tr("Reload the list."));
}

ApiOutcome explainMethodNotAllowed(const net::HttpResponse &response)
{
    const QString allowed = headerText(response, "Allow");
    QString text = Texts::tr("The API does not offer this call at this address.");
    if (!allowed.isEmpty())
        text += u' ' + Texts::tr("It offers: %1.").arg(allowed);
    return outcomeOf(OutcomeKind::methodNotAllowed, outcomes::methodNotAllowed,
                     Texts::tr("405: the API does not allow this method"), text,
                     Texts::tr("Check the connection's API address, or ask the API's owner whether this call exists."));
}

ApiOutcome explainThrottled(const net::HttpResponse &response)
{
    const RetryAfter when = retryAfter(response);
    const QString remedy = tryAgain(when);
    if (remedy.isEmpty())
        return outcomeOf(OutcomeKind::throttled, outcomes::throttled, Texts::tr("429: too many requests"),
                         Texts::tr("The API asks to slow down and does not say for how long."),
                         Texts::tr("Try again in a minute."));
    const QString headline = when.wait.isEmpty()
                                 ? Texts::tr("429: too many requests, try again after %1").arg(when.date)
                                 : Texts::tr("429: too many requests, try again in %1").arg(when.wait);
    return outcomeOf(OutcomeKind::throttled, outcomes::throttled, headline, Texts::tr("The API asks to slow down."),
                     remedy);
}

/// For a deletion whose request may have been carried out, although nothing confirms it.
void addUnknownFate(ApiOutcome &outcome)
{
    outcome.explanation += u' ' + Texts::tr("The book may be gone, because the API may have got the request.");
    outcome.remedy = Texts::tr("Reload the list to see whether the book is still there, before you try again.");
}

ApiOutcome explainServerError(const AccessRule &rule, const net::HttpResponse &response, const TokenFacts &facts)
{
    const jose::Check *types = facts.verification.find(jose::CheckKind::claimTypes);
    if (response.status == 500 && types && types->result == jose::CheckResult::failed)
        return outcomeOf(
            OutcomeKind::claimsRejected, outcomes::claimsRejected,
            Texts::tr("500: the API cannot handle the token's claims"),
            Texts::tr("A claim of the token has a type that the API cannot read. Bookdesk's own check says: %1.")
                .arg(jose::checkSentence(*types, facts.verification.at)),
            Texts::tr("Ask the owner of the API's registration to correct the claim (claims mapping, optional "
                      "claims). Then get a fresh token."));
    QString remedy = tryAgain(retryAfter(response));
    if (remedy.isEmpty())
        remedy = response.body.isEmpty()
                     ? Texts::tr("Try again later. If it happens again, tell the API's owner the time.")
                     : Texts::tr("Try again later. If it happens again, tell the API's owner the "
                                 "time and what the server said.");
    ApiOutcome outcome = outcomeOf(
        OutcomeKind::serverError, outcomes::serverError,
        Texts::tr("%1: the books service has a problem").arg(response.status),
        Texts::tr("The API, or a server in front of it, failed. As far as Bookdesk can tell, neither your token nor "
                  "this app is the cause."),
        remedy);
    // A gateway says 502 or 504 when it has passed the request on, and 503 when there was nobody to pass it to.
    if (rule.method == "DELETE" && response.status != 503)
        addUnknownFate(outcome);
    return outcome;
}

ApiOutcome explainUnexpected(const AccessRule &rule, const net::HttpResponse &response)
{
    const bool isSuccess = response.status >= 200 && response.status < 300;
    QString text = isSuccess ? Texts::tr("The API answered with a success status that a books API does not use.")
                             : Texts::tr("The API answered with a status that a books API does not use.");
    if (isSuccess && rule.method == "DELETE")
        text += u' ' + Texts::tr("The book may be gone; reload the list to see.");
    const QString reason = quotable(response.reason);
    const QString status =
        reason.isEmpty() ? QString::number(response.status) : u"%1 %2"_s.arg(QString::number(response.status), reason);
    return outcomeOf(OutcomeKind::unexpected, outcomes::unexpected,
                     Texts::tr("%1: an answer that Bookdesk does not expect").arg(status), text,
                     response.body.isEmpty()
                         ? Texts::tr("Check that the connection's API address is that of a books API. If it is, tell "
                                     "the API's owner about this status.")
                         : Texts::tr("Check that the connection's API address is that of a books API. If it is, tell "
                                     "the API's owner what the server said."));
}

ApiOutcome explainStatus(const AccessRule &rule, const QString &request, const net::HttpResponse &response,
                         const TokenFacts &facts)
{
    switch (response.status) {
    case 200:
        return outcomeOf(OutcomeKind::ok, outcomes::ok, Texts::tr("200 OK"), Texts::tr("The API did what was asked."),
                         {});
    case 401:
    case 403:
        return explainRefusal(readRefusal(rule, response, facts));
    case 404:
        return explainNotFound(rule, request);
    case 405:
        return explainMethodNotAllowed(response);
    case 429:
        return explainThrottled(response);
    default:
        break;
    }
    if (response.status >= 300 && response.status < 400)
        return explainRedirect(response);
    if (response.status >= 500 && response.status < 600)
        return explainServerError(rule, response, facts);
    return explainUnexpected(rule, response);
}

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
        return name.isEmpty() ? Texts::tr("The answer of the API's server cannot be read")
                              : Texts::tr("The answer of %1 cannot be read").arg(name);
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

QString kindCode(OutcomeKind kind)
{
    switch (kind) {
    case OutcomeKind::ok:
        return u"ok"_s;
    case OutcomeKind::expired:
        return u"expired"_s;
    case OutcomeKind::unauthenticated:
        return u"unauthenticated"_s;
    case OutcomeKind::scopeMissing:
        return u"scope-missing"_s;
    case OutcomeKind::roleMissing:
        return u"role-missing"_s;
    case OutcomeKind::forbidden:
        return u"forbidden"_s;
    case OutcomeKind::claimsChallenge:
        return u"claims-challenge"_s;
    case OutcomeKind::notFound:
        return u"not-found"_s;
    case OutcomeKind::methodNotAllowed:
        return u"method-not-allowed"_s;
    case OutcomeKind::throttled:
        return u"throttled"_s;
    case OutcomeKind::redirect:
        return u"redirect"_s;
    case OutcomeKind::serverError:
        return u"server-error"_s;
    case OutcomeKind::claimsRejected:
        return u"claims-rejected"_s;
    case OutcomeKind::unexpected:
        return u"unexpected"_s;
    case OutcomeKind::network:
        return u"network"_s;
    case OutcomeKind::tls:
        return u"tls"_s;
    case OutcomeKind::stopped:
        return u"stopped"_s;
    case OutcomeKind::withheld:
        return u"withheld"_s;
    case OutcomeKind::refused:
        return u"refused"_s;
    }
    return {};
}

ApiOutcome explain(const AccessRule &rule, const QString &request, const net::HttpResponse &response,
                   const TokenFacts &facts)
{
    ApiOutcome outcome = explainStatus(rule, request, response, facts);
    outcome.status = response.status;
    outcome.request = request;
    const QString body = redacted(QString::fromUtf8(withoutCutWord(response.body.reveal(), mostReadOfBody)));
    outcome.serverSaid = shortened(visibleLines(body.left(4 * longestBody)), longestBody);
    outcome.exchangeId = response.exchangeId;
    if (outcome.kind == OutcomeKind::throttled || outcome.kind == OutcomeKind::serverError)
        outcome.retryAfter = response.retryAfter;
    return outcome;
}

ApiOutcome explain(const QString &request, const Error &error, const QString &host)
{
    const OutcomeKind kind = kindOf(error.code);
    ApiOutcome outcome = outcomeOf(kind, error.code, headlineOf(kind, host), error.message, remedyOf(error));
    if (request.startsWith("DELETE "_L1) && mayHaveArrived(error.code))
        addUnknownFate(outcome);
    outcome.request = request;
    outcome.facts = error.facts;
    outcome.isOutOfReach = net::isOutOfReach(error.code);
    return outcome;
}

QString adminRequest(const ApiOutcome &outcome, const QString &person, const QString &api)
{
    const QString who = visible(person);
    const QString what = visible(QLocale().createSeparatedList(outcome.missing));
    const QString where = visible(api);
    QStringList lines;
    if (outcome.kind == OutcomeKind::roleMissing) {
        lines += Texts::tr("%1 needs the app role %2 of %3.").arg(who, what, where);
        lines += Texts::tr("To assign it: Entra ID › Enterprise applications › %1 › Users and groups › Add "
                           "user/group, choose the person and the role.")
                     .arg(where);
    } else {
        lines +=
            Texts::tr("%1 needs the delegated permission (scope) %2 of %3 in the Bookdesk app.").arg(who, what, where);
        lines +=
            Texts::tr("To grant it: Entra ID › App registrations › Bookdesk's registration › API permissions › Add a "
                      "permission › %1, then grant admin consent.")
                .arg(where);
    }
    lines += Texts::tr("Refused call: %1, answer %2.").arg(visible(outcome.request), QString::number(outcome.status));
    return lines.join(u'\n');
}

} // namespace bookdesk::books
