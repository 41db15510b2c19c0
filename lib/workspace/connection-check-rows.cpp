#include "workspace/connection-check-rows.h"

#include "core/durations.h"
#include "core/text.h"
#include "identity/advice-context.h"
#include "identity/errors.h"
#include "net/proxy-failure.h"
#include "workspace/errors.h"

#include <QCoreApplication>
#include <QLocale>
#include <QMap>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::workspace {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionCheckRows)
};

constexpr qsizetype longestShown = 200;
/// A server names its time in whole seconds.
constexpr std::chrono::seconds inStep{2};
/// Tokens allow for less than that.
constexpr std::chrono::seconds tooFar{60};
/// A certificate that ends sooner should have been renewed.
constexpr int fewDays = 14;

QString shown(const QString &text) { return visible(shortened(text, longestShown)); }

CheckFinding passed(const QString &detail) { return {.state = CheckState::passed, .detail = detail}; }

CheckFinding warning(ErrorCode code, const QString &detail, const QString &remedy)
{
    return {.state = CheckState::warning, .code = code.toString(), .detail = detail, .remedy = remedy};
}

CheckFinding failed(const Error &error, const QString &detail)
{
    return {.state = CheckState::failed,
            .code = error.code.toString(),
            .detail = detail,
            .remedy = visible(error.remedy),
            .facts = error.facts,
            .wantsProxyLogin = net::wantsLogin(error)};
}

CheckFinding failed(const Error &error) { return failed(error, visible(error.message)); }

/// "5, all RSA 2048", or how many there are of each kind.
QString keyKinds(const jose::JwkSet &set)
{
    QMap<QString, int> kinds;
    for (const jose::Jwk &key : set.keys)
        ++kinds[key.key.description()];
    const QString count = QLocale().toString(qulonglong(set.keys.size()));
    if (kinds.size() == 1)
        return set.keys.size() == 1 ? Texts::tr("1, %1").arg(kinds.firstKey())
                                    : Texts::tr("%1, all %2").arg(count, kinds.firstKey());
    QStringList parts;
    for (auto kind = kinds.cbegin(); kind != kinds.cend(); ++kind)
        parts += Texts::tr("%1 × %2", "a number of keys, their kind").arg(QLocale().toString(kind.value()), kind.key());
    return Texts::tr("%1: %2", "how many keys, their kinds").arg(count, QLocale().createSeparatedList(parts));
}

QString dayText(const QDateTime &time)
{
    return QLocale().toString(time.toUTC().date(),
                              QLocale().language() == QLocale::C ? u"yyyy-MM-dd"_s : u"d MMM yyyy"_s);
}

QString certificateText(const ServerCertificate &certificate)
{
    return Texts::tr("%1, until %2", "authority, day").arg(shown(certificate.authority), dayText(certificate.until));
}

QString proxyText(const ProxyUse &use) { return use.proxy ? shown(net::proxyName(*use.proxy)) : Texts::tr("none"); }

/// One text where all hosts have the same, else one for each.
QString perHost(const std::vector<std::pair<QString, QString>> &texts)
{
    const bool isSame = std::ranges::all_of(texts, [&](const auto &text) { return text.second == texts[0].second; });
    if (isSame)
        return texts.front().second;
    QStringList lines;
    for (const auto &[host, text] : texts)
        lines += Texts::tr("%1: %2", "host, what is said about it").arg(shown(host), text);
    return lines.join(u"; "_s);
}

/// Of the certificate that is not trusted.
QString failingCertificate(const Error &error)
{
    const QString subject = factValue(error.facts, facts::certificateSubject);
    const QString issuer = factValue(error.facts, facts::certificateIssuer);
    if (subject.isEmpty())
        return visible(error.message);
    return Texts::tr("%1 Its certificate is for “%2”, from “%3”.")
        .arg(visible(error.message), shown(subject), shown(issuer));
}

bool hasRun(CheckState state)
{
    return state == CheckState::passed || state == CheckState::warning || state == CheckState::failed;
}

int badness(CheckState state) { return state == CheckState::failed ? 2 : state == CheckState::warning ? 1 : 0; }

} // namespace

QString checkTitle(CheckSubject subject)
{
    switch (subject) {
    case CheckSubject::discovery:
        return Texts::tr("Discovery");
    case CheckSubject::keys:
        return Texts::tr("Keys");
    case CheckSubject::api:
        return Texts::tr("API");
    case CheckSubject::certificate:
        return Texts::tr("Certificate");
    case CheckSubject::proxy:
        return Texts::tr("Proxy");
    case CheckSubject::clock:
        return Texts::tr("Clock");
    case CheckSubject::redirect:
        return Texts::tr("Redirect");
    }
    return {};
}

QString checkName(CheckSubject subject)
{
    switch (subject) {
    case CheckSubject::discovery:
        return u"discovery"_s;
    case CheckSubject::keys:
        return u"keys"_s;
    case CheckSubject::api:
        return u"api"_s;
    case CheckSubject::certificate:
        return u"certificate"_s;
    case CheckSubject::proxy:
        return u"proxy"_s;
    case CheckSubject::clock:
        return u"clock"_s;
    case CheckSubject::redirect:
        return u"redirect"_s;
    }
    return {};
}

QString stateWord(CheckState state)
{
    switch (state) {
    case CheckState::waiting:
        return {};
    case CheckState::running:
        return Texts::tr("checking");
    case CheckState::passed:
        return Texts::tr("passed");
    case CheckState::warning:
        return Texts::tr("warning");
    case CheckState::failed:
        return Texts::tr("failed");
    case CheckState::notDone:
        return Texts::tr("not done");
    case CheckState::cannotBeChecked:
        return Texts::tr("cannot be checked");
    }
    return {};
}

QString stateName(CheckState state)
{
    switch (state) {
    case CheckState::waiting:
        return u"waiting"_s;
    case CheckState::running:
        return u"running"_s;
    case CheckState::passed:
        return u"passed"_s;
    case CheckState::warning:
        return u"warning"_s;
    case CheckState::failed:
        return u"failed"_s;
    case CheckState::notDone:
        return u"not-done"_s;
    case CheckState::cannotBeChecked:
        return u"cannot-be-checked"_s;
    }
    return {};
}

CheckState worstOf(const CheckFindings &findings)
{
    CheckState worst = CheckState::waiting;
    for (const CheckFinding &finding : findings) {
        if (hasRun(finding.state) && (worst == CheckState::waiting || badness(finding.state) > badness(worst)))
            worst = finding.state;
    }
    return worst;
}

QString summaryOf(const CheckFindings &findings)
{
    const CheckState worst = worstOf(findings);
    if (badness(worst) == 0)
        return worst == CheckState::passed ? Texts::tr("passed") : Texts::tr("not tested");
    const auto first = std::ranges::find(findings, worst, &CheckFinding::state);
    return Texts::tr("%1: %2", "what was checked, what was found")
        .arg(checkTitle(allCheckSubjects[static_cast<std::size_t>(first - findings.begin())]), first->detail);
}

CheckFinding discoveryFinding(const Result<identity::DiscoveryDocument> &document)
{
    if (document)
        return passed(Texts::tr("issuer matches"));
    const Error &error = document.error();
    if (error.code != identity::errors::discoveryIssuerMismatch)
        return failed(error);
    return failed(error, Texts::tr("%1 Expected: %2. Found: %3.")
                             .arg(visible(error.message), shown(factValue(error.facts, facts::expected)),
                                  shown(factValue(error.facts, facts::got))));
}

CheckFinding keysFinding(const Result<identity::KeyDocument> &keys)
{
    if (!keys)
        return failed(keys.error());
    const jose::JwkSet &set = *keys->keys;
    if (std::ranges::any_of(set.keys, &jose::Jwk::isExposed))
        return warning(errors::connectionKeyExposed,
                       Texts::tr("%1; one is published with its private part").arg(keyKinds(set)),
                       Texts::tr("Anybody can sign tokens with it. Tell the sign-in server's administrator at once."));
    if (set.leftOut.empty())
        return passed(keyKinds(set));
    return passed(Texts::tr("%1; %n other keys cannot be used", nullptr, static_cast<int>(set.leftOut.size()))
                      .arg(keyKinds(set)));
}

CheckFinding apiFinding(const books::ApiOutcome &outcome)
{
    if (outcome.status == 401)
        return passed(Texts::tr("401 without a token, as it should be"));
    if (outcome.isOk())
        return warning(errors::connectionApiOpen,
                       Texts::tr("%1 without a token: the API does not ask for one").arg(outcome.status),
                       Texts::tr("Anybody who reaches the API can read the books. Tell its team that it must refuse "
                                 "requests without a token with 401."));
    if (outcome.status == 403)
        return warning(errors::connectionApiForbids, Texts::tr("403 without a token, where 401 is expected"),
                       Texts::tr("Signing in works even so. FastAPI's HTTPBearer answers like that unless auto_error "
                                 "is off; tell the API's team."));
    const bool isForNow = outcome.kind == books::OutcomeKind::throttled;
    return {.state = isForNow ? CheckState::warning : CheckState::failed,
            .code = outcome.code,
            .detail = visible(outcome.explanation),
            .remedy = visible(outcome.remedy),
            .facts = outcome.facts};
}

CheckFinding certificateFinding(const std::vector<ServerCertificate> &certificates,
                                const std::optional<Error> &tlsFailure, bool hasTls, TimePoint now)
{
    if (tlsFailure)
        return failed(*tlsFailure, failingCertificate(*tlsFailure));
    if (!hasTls)
        return notDone(Texts::tr("both servers are on this computer and use no certificate"));
    if (certificates.empty())
        return notDone(Texts::tr("no server was reached"));
    std::vector<std::pair<QString, QString>> texts;
    for (const ServerCertificate &certificate : certificates)
        texts.emplace_back(certificate.host, certificateText(certificate));
    const auto first = std::ranges::min_element(certificates, {}, &ServerCertificate::until);
    const qint64 seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    if (QDateTime::fromSecsSinceEpoch(seconds).daysTo(first->until) >= fewDays)
        return passed(perHost(texts));
    return warning(errors::connectionCertificateEnds,
                   Texts::tr("the certificate of %1 ends soon: %2").arg(shown(first->host), certificateText(*first)),
                   Texts::tr("Tell the server's administrator to renew it. After that day nobody can connect."));
}

CheckFinding proxyFinding(const std::vector<ProxyUse> &uses)
{
    std::vector<std::pair<QString, QString>> texts;
    for (const ProxyUse &use : uses) {
        if (!use.passed)
            return failed(use.passed.error());
        texts.emplace_back(use.host, proxyText(use));
    }
    const bool hasNone = std::ranges::none_of(uses, [](const ProxyUse &use) { return use.proxy.has_value(); });
    return passed(hasNone ? Texts::tr("none, the servers are called directly") : perHost(texts));
}

CheckFinding clockFinding(std::optional<std::chrono::seconds> ahead)
{
    if (!ahead)
        return notDone(Texts::tr("no server has named its time"));
    const std::chrono::seconds difference = ahead->count() < 0 ? -*ahead : *ahead;
    if (difference < inStep)
        return passed(Texts::tr("in step with the servers"));
    const QString text =
        (ahead->count() > 0 ? Texts::tr("%1 ahead") : Texts::tr("%1 behind")).arg(durationText(difference));
    if (difference < tooFar)
        return passed(text);
    return warning(errors::connectionClockOff, text,
                   Texts::tr("Correct this computer's date, time and time zone. Tokens may seem expired, or not valid "
                             "yet, until then."));
}

CheckFinding redirectToRegister(const identity::Connection &connection)
{
    const QString redirect = shown(identity::adviceContext(connection).redirectUri);
    if (connection.isSandbox)
        return passed(Texts::tr("%1, as the Sandbox has it").arg(redirect));
    const QString place = connection.provider.id == "entra"_L1
                              ? Texts::tr("Register %1 for the client, under Mobile and desktop applications.")
                              : Texts::tr("Register %1 for the client, as a redirect or callback URL.");
    return {.state = CheckState::cannotBeChecked,
            .detail = Texts::tr("whether %1 is registered shows only when somebody signs in").arg(redirect),
            .remedy = place.arg(redirect)};
}

CheckFinding notDone(const QString &why) { return {.state = CheckState::notDone, .detail = why}; }

} // namespace bookdesk::workspace
