#include "e2e/secret-flows.h"

#include "core/wait-until.h"
#include "e2e/text-of.h"
#include "identity/raw-browser.h"
#include "lab/json-report.h"
#include "lab/junit-report.h"
#include "lab/markdown-report.h"
#include "lab/sarif-report.h"

#include <QCoroTask>

#include <algorithm>
#include <optional>

namespace bookdesk::test {
namespace {

using namespace Qt::StringLiterals;

QString signsIn(FlowStage &at)
{
    for (const QString &persona : {u"riley"_s, u"ada"_s, u"nora"_s}) {
        if (!at.signIn({persona}))
            return persona + u" cannot sign in"_s;
        at.callApi();
        if (!QCoro::waitFor(at.desk().session().refresh()))
            return persona + u" gets no fresh token"_s;
    }
    return {};
}

QString signsInByQuery(FlowStage &at)
{
    at.renewDesk(u"query"_s);
    return at.signIn({u"riley"_s}) ? QString() : u"nobody can sign in by query"_s;
}

/// A stranger on this computer knows where the redirect goes.
QString refusesAWrongState(FlowStage &at)
{
    const QByteArray code = "a-code-of-a-stranger-0123456789";
    at.secrets().know(code);
    at.useNoBrowser();
    const Outcome<void> outcome = begin(at.desk().signIn({}));
    if (!waitUntil([&at] { return at.desk().attempt() && at.desk().attempt()->hasLink(); }))
        return u"the sign-in does not wait"_s;
    const QUrl link = at.desk().attempt()->newLink();
    const auto port = static_cast<quint16>(link.port());
    const RawAnswer answer =
        exchange(port, postRequest(at.desk().connection().redirect.path.toLatin1(),
                                   "localhost:" + QByteArray::number(port), "code=" + code + "&state=another-state"));
    at.note(u"the browser's pages"_s, QString::fromUtf8(answer.head + answer.body));
    at.note(u"the errors"_s, at.desk().attempt()->notice());
    at.desk().cancelSignIn();
    return answer.status == 404 && *outcome && !**outcome ? QString() : u"a wrong state is not refused"_s;
}

QString failsToRedeemACode(FlowStage &at)
{
    for (const Wrong what : {Wrong::plainText, Wrong::halfAnswer, Wrong::shortLength, Wrong::badGateway}) {
        at.proxy().arm(Step::token, what);
        if (at.signIn({u"riley"_s}))
            return u"somebody has signed in without tokens"_s;
    }
    return {};
}

QString declines(FlowStage &at)
{
    return at.signIn({.personaId = u"riley"_s, .declines = true}) ? u"a declined sign-in has passed"_s : QString();
}

QString signsInByDeviceCode(FlowStage &at)
{
    const Outcome<void> outcome = begin(at.desk().signInByDeviceCode());
    const auto *attempt = at.desk().deviceCodeAttempt();
    if (!attempt || !waitUntil([attempt] { return attempt->code().has_value(); }))
        return u"there is no code"_s;
    at.visit(attempt->code()->verificationLink, {u"riley"_s, false, attempt->code()->userCode});
    if (!waitUntil([&outcome] { return outcome->has_value(); }) || !outcome->value())
        return u"nobody can sign in on another device"_s;
    at.callApi();
    return {};
}

QString isTooLateWithADeviceCode(FlowStage &at)
{
    at.sandbox().arm(sandbox::Fault::deviceCodeExpired, sandbox::FaultSpan::untilCleared);
    const Result<void> late = QCoro::waitFor(at.desk().signInByDeviceCode());
    if (late)
        return u"somebody has signed in too late"_s;
    at.note(u"the errors"_s, textOf(late.error()));
    return {};
}

/// First by a refresh with the claims, then in the browser.
QString provesMore(FlowStage &at)
{
    if (!at.signIn({u"riley"_s}))
        return u"nobody can sign in"_s;
    at.sandbox().arm(sandbox::Fault::apiAsksForClaims, sandbox::FaultSpan::once);
    at.callApi();
    at.sandbox().arm(sandbox::Fault::apiAsksForPerson, sandbox::FaultSpan::once);
    const books::ApiOutcome asked = QCoro::waitFor(at.desk().books().list()).outcome;
    at.note(u"the outcomes"_s, textOf(asked));
    const auto proof = asked.challenge ? identity::readClaimsRequest(*asked.challenge)
                                       : Result<identity::ClaimsRequest>(identity::ClaimsRequest());
    if (!proof || proof->isEmpty())
        return u"nothing is asked for"_s;
    identity::SignInOptions options;
    options.proof = *proof;
    if (!at.signIn({u"riley"_s}, options))
        return u"nobody can prove more"_s;
    at.callApi();
    return {};
}

QString failsToRefresh(FlowStage &at)
{
    if (!at.signIn({u"riley"_s}))
        return u"nobody can sign in"_s;
    for (const Wrong what : {Wrong::plainText, Wrong::halfAnswer, Wrong::shortLength, Wrong::badGateway}) {
        at.proxy().arm(Step::refresh, what);
        const Result<void> failed = QCoro::waitFor(at.desk().session().refresh());
        if (failed)
            return u"a refresh has passed without tokens"_s;
        at.note(u"the errors"_s, textOf(failed.error()));
    }
    return {};
}

/// The persona's account, once its sign-in is kept, among those that flows before have left.
std::optional<identity::Account> keptAccount(FlowStage &at, const QString &name)
{
    const auto all = QCoro::waitFor(at.vault().accounts()).value_or(std::vector<identity::Account>());
    const auto found = std::ranges::find_if(all, [&name](const auto &one) { return one.name.startsWith(name); });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

/// Signs in and waits until that is kept.
std::optional<identity::Account> signInToBeKept(FlowStage &at, const QString &persona, const QString &name)
{
    if (!at.signIn({persona}) || !waitUntil([&] { return keptAccount(at, name).has_value(); }))
        return std::nullopt;
    return keptAccount(at, name);
}

QString usesAStoredSignIn(FlowStage &at)
{
    const std::optional<identity::Account> ada = signInToBeKept(at, u"ada"_s, u"Ada"_s);
    if (!ada)
        return u"the sign-in is not kept"_s;
    at.noteExchanges();
    at.renewDesk();
    if (!QCoro::waitFor(at.desk().resume(*ada)))
        return u"the stored sign-in is of no use"_s;
    at.callApi();
    at.noteExchanges();
    return QCoro::waitFor(at.desk().signOut()) ? QString() : u"nobody can sign out"_s;
}

QString isRefusedAStoredSignIn(FlowStage &at)
{
    const std::optional<identity::Account> riley = signInToBeKept(at, u"riley"_s, u"Riley"_s);
    if (!riley)
        return u"the sign-in is not kept"_s;
    const Secret unknown("a-refresh-token-that-nobody-knows");
    at.secrets().know(unknown.reveal());
    if (!QCoro::waitFor(at.vault().add(*riley, {unknown, {}})))
        return u"nothing can be stored"_s;
    const Result<void> refused = QCoro::waitFor(at.desk().resume(*riley));
    if (refused)
        return u"an unknown token is of use"_s;
    at.note(u"the errors"_s, textOf(refused.error()));
    return {};
}

/// All that the API and the tenant can do wrong.
QString meetsEveryFault(FlowStage &at)
{
    for (const sandbox::Fault fault : sandbox::allFaults) {
        const bool isOfTokens =
            fault == sandbox::Fault::accessTokenExpired || fault == sandbox::Fault::accessTokenSignatureBroken;
        if (isOfTokens)
            at.sandbox().arm(fault, sandbox::FaultSpan::once);
        if (!at.desk().session().current() || isOfTokens) {
            if (!at.signIn({u"ada"_s}))
                return u"nobody can sign in"_s;
        }
        at.sandbox().arm(fault, sandbox::FaultSpan::once);
        at.callApi();
        at.sandbox().clearFaults();
    }
    return {};
}

/// Where the API accepts what it must refuse, so that there is something to report.
QString probesTheApi(FlowStage &at)
{
    if (!at.signIn({u"riley"_s}))
        return u"nobody can sign in"_s;
    at.sandbox().beCareless(sandbox::Carelessness::audienceUnchecked);
    workspace::Lab &lab = at.desk().lab();
    const bool isRead = QCoro::waitFor(lab.endpoints().loadDocument()).has_value();
    const bool isCalled = QCoro::waitFor(lab.endpoints().runSafe()).has_value();
    const bool isProbed =
        QCoro::waitFor(lab.probes().start()).has_value() && waitUntil([&lab] { return !lab.probes().isRunning(); });
    at.sandbox().beCareful(sandbox::Carelessness::audienceUnchecked);
    const lab::LabReport report = lab.report();
    const lab::Remedies remedies = lab::Remedies::forLocale();
    at.note(u"the report as Markdown"_s, lab::markdownReport(report, remedies));
    at.note(u"the report as JSON"_s, QString::fromUtf8(toCompactJson(lab::jsonReport(report, remedies))));
    at.note(u"the report as JUnit"_s, QString::fromUtf8(lab::junitReport(report, remedies)));
    at.note(u"the report as SARIF"_s, QString::fromUtf8(toCompactJson(lab::sarifReport(report, remedies))));
    return isRead && isCalled && isProbed && lab::hasFindings(report) ? QString() : u"nothing is found"_s;
}

/// The browser is told whose session it is to end.
QString signsOutInTheBrowser(FlowStage &at)
{
    at.sandbox().switchOn(sandbox::Switch::namesLoginHint);
    if (!at.signIn({u"riley"_s}))
        return u"nobody can sign in"_s;
    const identity::SignedIn person = *at.desk().session().current();
    if (!QCoro::waitFor(at.desk().signOut()))
        return u"nobody can sign out"_s;
    const Outcome<identity::BrowserAnswer> outcome = begin(at.desk().signOuts().inBrowser(person));
    const bool isOver = waitUntil([&outcome] { return outcome->has_value(); });
    return isOver && outcome->value() ? QString() : u"the browser does not come back"_s;
}

QString hasItsTokenRevoked(FlowStage &at)
{
    at.sandbox().switchOn(sandbox::Switch::publishesRevocation);
    if (!at.signIn({u"riley"_s}))
        return u"nobody can sign in"_s;
    const bool isOver = QCoro::waitFor(at.desk().signOut()).has_value();
    return isOver && at.revocations() == 1 ? QString() : u"the token is not revoked"_s;
}

/// With the browser, and without it where an admin has consented.
QString getsAScope(FlowStage &at)
{
    const QStringList scopes{u"Books.Write"_s};
    if (!at.signIn({u"ada"_s}) || !QCoro::waitFor(at.desk().getScopes(scopes)))
        return u"a scope cannot be got in the browser"_s;
    at.callApi();
    at.noteExchanges();
    at.renewDesk();
    if (!at.sandbox().consent(u"ada"_s, scopes.front()) || !at.signIn({u"ada"_s}))
        return u"nobody can sign in"_s;
    at.useNoBrowser();
    if (!QCoro::waitFor(at.desk().getScopes(scopes)))
        return u"a scope cannot be got without the browser"_s;
    at.callApi();
    return {};
}

/// Side by side, each with a token of its own.
QString hasASecondAccount(FlowStage &at)
{
    if (!signInToBeKept(at, u"riley"_s, u"Riley"_s))
        return u"nobody can sign in"_s;
    at.addDesk();
    if (!signInToBeKept(at, u"ada"_s, u"Ada"_s))
        return u"nobody else can sign in"_s;
    at.callApi();
    for (workspace::Desk *desk : {&at.firstDesk(), &at.desk()}) {
        if (!QCoro::waitFor(desk->session().refresh()) || !QCoro::waitFor(desk->books().list()).outcome.isOk())
            return u"one of two accounts is of no use"_s;
        if (!QCoro::waitFor(desk->signOut()))
            return u"one of two accounts cannot sign out"_s;
    }
    return {};
}

} // namespace

const std::vector<Flow> &allFlows()
{
    static const std::vector<Flow> flows{
        {"a sign-in", signsIn},
        {"a sign-in by query", signsInByQuery},
        {"a wrong state", refusesAWrongState},
        {"a code that cannot be redeemed", failsToRedeemACode},
        {"a declined sign-in", declines},
        {"a device code", signsInByDeviceCode},
        {"a device code that comes too late", isTooLateWithADeviceCode},
        {"a step-up with claims", provesMore},
        {"a refresh that fails", failsToRefresh},
        {"a stored sign-in, and a sign-out", usesAStoredSignIn},
        {"a stored sign-in that is refused", isRefusedAStoredSignIn},
        {"a sign-out in the browser", signsOutInTheBrowser},
        {"a revocation", hasItsTokenRevoked},
        {"a scope more", getsAScope},
        {"a second account", hasASecondAccount},
        {"every fault", meetsEveryFault},
        {"probes and their reports", probesTheApi},
    };
    return flows;
}

} // namespace bookdesk::test
