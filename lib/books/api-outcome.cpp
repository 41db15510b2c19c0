#include "books/api-outcome.h"

#include "books/outcome-codes.h"
#include "books/outcome-parts.h"
#include "books/refusal.h"
#include "books/validation-faults.h"
#include "core/durations.h"
#include "core/redaction.h"
#include "core/text.h"
#include "net/http-date.h"
#include "net/said-reason.h"

#include <QCoreApplication>

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

/// True for the two calls that every books API has.
bool isOfEveryBooksApi(const AccessRule &rule)
{
    return rule.path == listRule().path || rule.path == deleteRule().path;
}

ApiOutcome explainNotFound(const AccessRule &rule, const QString &request)
{
    if (!isOfEveryBooksApi(rule)) {
        const bool hasId = rule.path.contains(u'{');
        return outcomeOf(OutcomeKind::notFound, outcomes::notFound, Texts::tr("404: the API has no such endpoint"),
                         hasId ? Texts::tr("The API does not know the path of this call, or has nothing with this ID.")
                               : Texts::tr("The API does not know the path of this call."),
                         hasId
                             ? Texts::tr("Check the path and the ID, or ask the API's owner whether this call exists.")
                             : Texts::tr("Check the path, or ask the API's owner whether this call exists."));
    }
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

/// The API's own words, as a sentence; empty where it gives no reason.
QString saidBy(const net::HttpResponse &response)
{
    const QStringList reasons = net::saidReasons(response.body.reveal());
    return reasons.isEmpty() ? QString() : Texts::tr("The API says: “%1”.").arg(quotable(reasons.front()));
}

ApiOutcome explainConflict(const AccessRule &rule, const net::HttpResponse &response)
{
    const QString text = rule.method == "DELETE"
                             ? Texts::tr("The API understood the call, but the book's present state forbids it.")
                             : Texts::tr("The API understood the call, but the present state of its data forbids it.");
    return outcomeOf(OutcomeKind::conflict, outcomes::conflict,
                     rule.method == "DELETE" ? Texts::tr("409 Conflict: the book cannot be deleted now")
                                             : Texts::tr("409 Conflict: the call cannot be carried out now"),
                     (text + u' ' + saidBy(response)).trimmed(),
                     Texts::tr("Reload the list to see the present state. If the API says what is in the way, settle "
                               "that, and then try again."));
}

ApiOutcome explainInvalid(const net::HttpResponse &response)
{
    const QStringList faults = validationFaults(response.body.reveal());
    const QString said = faults.isEmpty() ? saidBy(response) : Texts::tr("Its reasons: %1.").arg(faults.join(u"; "_s));
    return outcomeOf(OutcomeKind::invalid, outcomes::requestInvalid,
                     Texts::tr("422: the API finds a value of the request wrong"),
                     (Texts::tr("The API accepts the token, but not a value in the request.") + u' ' + said).trimmed(),
                     Texts::tr("Tell the API's owner what the server said: the values that Bookdesk sends come from "
                               "the API's own list."));
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
    case 409:
        return explainConflict(rule, response);
    case 422:
        return explainInvalid(response);
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
    case OutcomeKind::conflict:
        return u"conflict"_s;
    case OutcomeKind::invalid:
        return u"invalid"_s;
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
    outcome.wasSentAgain = response.wasSentAgain;
    addSentAgain(outcome);
    if (outcome.kind == OutcomeKind::throttled || outcome.kind == OutcomeKind::serverError)
        outcome.retryAfter = response.retryAfter;
    return outcome;
}

} // namespace bookdesk::books
