#include "lab/lab-words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace bookdesk::lab {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(LabWords)
};

} // namespace

QString stateCode(ProbeState state)
{
    switch (state) {
    case ProbeState::waiting:
        return u"waiting"_s;
    case ProbeState::running:
        return u"running"_s;
    case ProbeState::refused:
        return u"refused"_s;
    case ProbeState::unproven:
        return u"unproven"_s;
    case ProbeState::accepted:
        return u"accepted"_s;
    case ProbeState::crashed:
        return u"crashed"_s;
    case ProbeState::noAnswer:
        return u"no-answer"_s;
    case ProbeState::notPossible:
        break;
    }
    return u"not-possible"_s;
}

QString groupCode(ProbeGroup group)
{
    switch (group) {
    case ProbeGroup::signature:
        return u"signature"_s;
    case ProbeGroup::algorithm:
        return u"algorithm"_s;
    case ProbeGroup::key:
        return u"key"_s;
    case ProbeGroup::claims:
        return u"claims"_s;
    case ProbeGroup::form:
        return u"form"_s;
    case ProbeGroup::transport:
        break;
    }
    return u"transport"_s;
}

QString comparisonCode(Comparison comparison)
{
    switch (comparison) {
    case Comparison::notRun:
        return u"not-run"_s;
    case Comparison::asPredicted:
        return u"as-predicted"_s;
    case Comparison::differs:
        return u"differs"_s;
    case Comparison::unpredicted:
        break;
    }
    return u"unpredicted"_s;
}

QString originCode(RuleOrigin origin)
{
    switch (origin) {
    case RuleOrigin::contract:
        return u"contract"_s;
    case RuleOrigin::openApi:
        return u"openapi"_s;
    case RuleOrigin::own:
        break;
    }
    return u"own"_s;
}

QString groupTitle(ProbeGroup group)
{
    switch (group) {
    case ProbeGroup::signature:
        return Texts::tr("Signature");
    case ProbeGroup::algorithm:
        return Texts::tr("Algorithm");
    case ProbeGroup::key:
        return Texts::tr("Key");
    case ProbeGroup::claims:
        return Texts::tr("Claims");
    case ProbeGroup::form:
        return Texts::tr("Form");
    case ProbeGroup::transport:
        break;
    }
    return Texts::tr("Transport");
}

QString stateName(ProbeState state)
{
    switch (state) {
    case ProbeState::waiting:
        return Texts::tr("waiting");
    case ProbeState::running:
        return Texts::tr("running");
    case ProbeState::refused:
        return Texts::tr("refused");
    case ProbeState::unproven:
        return Texts::tr("unproven");
    case ProbeState::accepted:
        return Texts::tr("accepted");
    case ProbeState::crashed:
        return Texts::tr("crashed");
    case ProbeState::noAnswer:
        return Texts::tr("no answer");
    case ProbeState::notPossible:
        break;
    }
    return Texts::tr("not possible here");
}

QString statusName(int status)
{
    switch (status) {
    case 200:
        return u"200 OK"_s;
    case 201:
        return u"201 Created"_s;
    case 202:
        return u"202 Accepted"_s;
    case 204:
        return u"204 No Content"_s;
    case 401:
        return u"401 Unauthorized"_s;
    case 403:
        return u"403 Forbidden"_s;
    case 404:
        return u"404 Not Found"_s;
    case 405:
        return u"405 Not Allowed"_s;
    case 422:
        return u"422 Unprocessable"_s;
    case 429:
        return u"429 Too Many Requests"_s;
    default:
        return QString::number(status);
    }
}

QString utcText(TimePoint moment)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(moment.time_since_epoch());
    return QDateTime::fromSecsSinceEpoch(seconds.count(), QTimeZone::utc()).toString(u"yyyy-MM-dd'T'HH:mm:ss'Z'"_s);
}

QString endpointName(const EndpointResult &endpoint) { return books::operationOf(endpoint.rule.rule); }

QString probeHeadline(const ProbeResult &result)
{
    if (result.state == ProbeState::crashed)
        return Texts::tr("%1: the API stumbled over this token instead of refusing it").arg(result.status);
    if (result.state != ProbeState::accepted)
        return result.probe.title;
    const QString status = statusName(result.status);
    return isSuccess(result.status)
               ? Texts::tr("%1: the API accepted %2").arg(status, result.probe.accepted)
               : Texts::tr("%1: the API let %2 through to its check of permissions").arg(status, result.probe.accepted);
}

QString probeSentence(const ProbeResult &result)
{
    if (result.status == 0)
        return Texts::tr("%1, expected %2, %3")
            .arg(result.probe.title, QString::number(result.probe.expected), stateName(result.state));
    return Texts::tr("%1, expected %2, got %3, %4")
        .arg(result.probe.title, QString::number(result.probe.expected), QString::number(result.status),
             stateName(result.state));
}

QString totalsText(const ProbeTotals &totals)
{
    QStringList parts;
    const auto add = [&parts](int count, const QString &text) {
        if (count > 0)
            parts += text.arg(QLocale().toString(count));
    };
    add(totals.accepted, Texts::tr("%1 accepted"));
    add(totals.crashed, Texts::tr("%1 crashed"));
    add(totals.noAnswer, Texts::tr("%1 without an answer"));
    add(totals.refused, Texts::tr("%1 refused"));
    add(totals.unproven, Texts::tr("%1 unproven"));
    add(totals.notPossible, Texts::tr("%1 not possible here"));
    add(totals.waiting, Texts::tr("%1 not sent"));
    return QLocale().createSeparatedList(parts);
}

const Remedy *remedyFor(const Remedies &remedies, const ProbeResult &result)
{
    return remedies.find(result.state == ProbeState::crashed ? u"crash"_s : result.probe.remedy);
}

} // namespace bookdesk::lab
