#include "cli/errors.h"
#include "cli/report.h"
#include "core/isolation.h"
#include "core/text-cells.h"
#include "core/text.h"
#include "identity/errors.h"
#include "net/errors.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(OutcomeReport)
};

constexpr qsizetype longestId = 200;
constexpr qsizetype narrowestIds = 10;
constexpr qsizetype widestIds = 36;

Json orNull(const std::optional<QString> &text) { return text ? Json(*text) : Json(); }

Json array(const QStringList &texts)
{
    JsonArray values;
    for (const QString &text : texts)
        values.push_back(Json(text));
    return values;
}

JsonObject factsJson(const Facts &facts)
{
    JsonObject members;
    for (const Fact &fact : facts)
        members.append(fact.name.toString(), fact.value);
    return members;
}

/// What the server said explains a refusal. After a success it is the answer itself, which is printed anyway.
Facts factsOf(const books::ApiOutcome &outcome)
{
    return outcome.isOk() ? outcome.facts : merged(outcome.facts, {{facts::serverSaid, outcome.serverSaid}});
}

JsonObject apiOutcomeJson(const books::ApiOutcome &outcome)
{
    return {{u"status"_s, outcome.status == 0 ? Json() : Json(outcome.status)},
            {u"kind"_s, books::kindCode(outcome.kind)},
            {u"code"_s, outcome.code},
            {u"explanation"_s, withoutIsolates(outcome.explanation)},
            {u"remedy"_s, outcome.remedy},
            {u"facts"_s, factsJson(factsOf(outcome))}};
}

ExitStatus statusOf(const books::ApiOutcome &outcome)
{
    if (outcome.isOk())
        return ExitStatus::success;
    if (outcome.status == 401)
        return ExitStatus::unauthorized;
    if (outcome.status == 403)
        return ExitStatus::forbidden;
    const bool isUnreachable = outcome.kind == books::OutcomeKind::network || outcome.kind == books::OutcomeKind::tls;
    return isUnreachable ? ExitStatus::noConnection : ExitStatus::refused;
}

/// "name:     value", or nothing where the value is empty. Further lines are indented, so that none can pass for a
/// label.
QString labelled(const QString &name, const QString &value)
{
    constexpr qsizetype width = 19;
    const QString indent = u'\n' + QString(width, u' ');
    return value.isEmpty() ? QString() : padded(name + u": "_s, width) + QString(value).replace(u'\n', indent) + u'\n';
}

QString factsText(const Facts &facts)
{
    QString lines;
    for (const Fact &fact : facts)
        lines += labelled(factLabel(fact.name), fact.value);
    return lines;
}

QString problemText(const books::ApiOutcome &outcome)
{
    return outcome.headline + u'\n' + outcome.explanation + u'\n' + labelled(Texts::tr("Sent"), outcome.request) +
           labelled(Texts::tr("Server said"), outcome.serverSaid) + factsText(outcome.facts) +
           labelled(Texts::tr("What to do"), outcome.remedy);
}

Report failedReport(const books::ApiOutcome &outcome)
{
    return {statusOf(outcome), {{u"outcome"_s, apiOutcomeJson(outcome)}}, {}, problemText(outcome), {}};
}

Report errorReport(const Error &error, const QString &kind, ExitStatus status)
{
    const JsonObject outcome = outcomeJson(kind, error.code.toString(), error.message, error.remedy, error.facts);
    return {status, {{u"outcome"_s, outcome}}, {}, advised(error) + u'\n' + factsText(error.facts), {}};
}

/// An answer that is too large, or has no keys, says that the server can be reached.
bool hasAnswered(const Error &error)
{
    return !factValue(error.facts, facts::httpStatus).isEmpty() ||
           factValue(error.facts, facts::cause) == net::errors::tooLarge.toString();
}

bool isUnreachable(const Error &error)
{
    const ErrorKind kind = error.code.kind();
    return (kind == ErrorKind::network || kind == ErrorKind::tls) && !hasAnswered(error);
}

QString unreachableKind(ErrorCode code) { return code.kind() == ErrorKind::tls ? u"tls"_s : u"network"_s; }

QString signInKind(const Error &error)
{
    const ErrorCode code = error.code;
    if (isUnreachable(error))
        return unreachableKind(code);
    if (code == errors::toldToEnd)
        return u"stopped"_s;
    if (code.kind() == ErrorKind::stopped)
        return u"cancelled"_s;
    if (code == identity::errors::timedOut || code == identity::errors::deviceCodeExpired)
        return u"timed-out"_s;
    return code == identity::errors::declined ? u"declined"_s : u"sign-in-failed"_s;
}

QString cell(const QString &text, qsizetype width) { return fitted(visible(text), width); }

/// IDs are shown whole, because a person copies them.
QString idText(const QString &id) { return shortened(visible(id), longestId); }

/// As wide as the IDs need, but for a few that are longer than a GUID.
qsizetype idColumn(const std::vector<books::Book> &books)
{
    qsizetype width = narrowestIds;
    for (const books::Book &book : books)
        width = std::max(width, cellsOf(idText(book.id)));
    return std::min(width, widestIds);
}

QString bookLine(qsizetype idWidth, const QString &id, const QString &title, const QString &author, const QString &year,
                 const QString &isbn)
{
    const QString line = padded(idText(id), idWidth) + u"  "_s + cell(title, 44) + u"  "_s + cell(author, 26) +
                         u"  "_s + cell(year, 5) + u"  "_s + visible(isbn);
    qsizetype end = line.size();
    while (end > 0 && line.at(end - 1).isSpace())
        --end;
    return line.left(end) + u'\n';
}

QString booksText(const books::BookList &list)
{
    if (list.books.empty())
        return Texts::tr("The API returned no books.") + u'\n';
    const qsizetype idWidth = idColumn(list.books);
    QString text = bookLine(idWidth, Texts::tr("ID"), Texts::tr("Title"), Texts::tr("Author"), Texts::tr("Year"),
                            Texts::tr("ISBN"));
    for (const books::Book &book : list.books)
        text += bookLine(idWidth, book.id, book.title, book.author, book.year, book.isbn);
    text += (list.leftOut > 0
                 ? Texts::tr("The first %1 of more books").arg(QLocale().toString(qulonglong{list.books.size()}))
                 : Texts::tr("Books: %1").arg(list.books.size())) +
            u'\n';
    return text;
}

QString accessTokenProblem(const jose::Verification &verification)
{
    const jose::Check *failure = verification.firstFailure();
    if (!failure)
        return {};
    const books::Diagnosis diagnosis = books::diagnoseAccessToken(verification);
    return Texts::tr("The access token fails at %1: %2. The API may refuse it.")
               .arg(jose::checkName(failure->kind), jose::checkSentence(*failure, verification.at)) +
           u'\n' + labelled(Texts::tr("Diagnosis"), diagnosis.headline) +
           labelled(Texts::tr("What to do"), diagnosis.remedy);
}

} // namespace

JsonObject outcomeJson(const QString &kind, const QString &code, const QString &explanation, const QString &remedy,
                       const Facts &facts)
{
    return {{u"status"_s, Json()},           {u"kind"_s, kind},     {u"code"_s, code},
            {u"explanation"_s, explanation}, {u"remedy"_s, remedy}, {u"facts"_s, factsJson(facts)}};
}

Report signInReport(const identity::SignedIn &signedIn)
{
    const jose::Identity &who = signedIn.identity;
    const QString explanation = Texts::tr("Signed in as %1.").arg(who.displayName());
    Report report;
    report.json = {{u"outcome"_s, outcomeJson(u"ok"_s, u"sign-in.ok"_s, explanation)},
                   {u"user"_s, who.userName()},
                   {u"name"_s, who.name()},
                   {u"tenant"_s, who.tenant()},
                   {u"scopes"_s, array(signedIn.tokens.grantedScopes)},
                   {u"roles"_s, array(signedIn.grants.roles)}};
    report.text = explanation + u'\n' + labelled(Texts::tr("User"), who.userName()) +
                  labelled(Texts::tr("Tenant"), who.tenant()) +
                  labelled(Texts::tr("Scopes"), signedIn.tokens.grantedScopes.join(u' ')) +
                  labelled(Texts::tr("Roles"), signedIn.grants.roles.join(u' '));
    report.problem = accessTokenProblem(signedIn.accessToken.verification);
    return report;
}

Report listReport(const books::ListOutcome &outcome)
{
    if (!outcome.outcome.isOk())
        return failedReport(outcome.outcome);
    JsonArray books;
    for (const books::Book &book : outcome.list->books)
        books.push_back(book.fields);
    Report report;
    report.json = {{u"outcome"_s, apiOutcomeJson(outcome.outcome)},
                   {u"books"_s, std::move(books)},
                   {u"user"_s, orNull(outcome.list->user)}};
    report.text = booksText(*outcome.list);
    if (outcome.list->ignored > 0)
        report.problem =
            Texts::tr("Entries that are not books and were left out: %1").arg(outcome.list->ignored) + u'\n';
    return report;
}

Report deleteReport(const books::DeleteOutcome &outcome)
{
    if (!outcome.outcome.isOk())
        return failedReport(outcome.outcome);
    Report report;
    report.json = {{u"outcome"_s, apiOutcomeJson(outcome.outcome)},
                   {u"deleted"_s, outcome.deleted},
                   {u"by"_s, orNull(outcome.by)}};
    report.text = withoutIsolates(outcome.outcome.explanation) + u'\n';
    return report;
}

Report signInFailureReport(const Error &error)
{
    const ExitStatus status = isUnreachable(error) ? ExitStatus::noConnection : ExitStatus::signInFailed;
    return errorReport(error, signInKind(error), status);
}

Report keysFailureReport(const Error &error)
{
    if (isUnreachable(error))
        return errorReport(error, unreachableKind(error.code), ExitStatus::noConnection);
    const bool isTheTenants = error.code == identity::errors::keysUnavailable;
    return isTheTenants ? errorReport(error, u"refused"_s, ExitStatus::signInFailed) : refusalReport(error);
}

Report withFacts(Report report, const Facts &facts)
{
    const Json *outcome = report.json.find(u"outcome");
    JsonObject changed = outcome && outcome->asObject() ? *outcome->asObject() : JsonObject();
    const Json *known = changed.find(u"facts");
    JsonObject members = known && known->asObject() ? *known->asObject() : JsonObject();
    for (const Fact &fact : merged({}, facts))
        members.set(fact.name.toString(), fact.value);
    changed.set(u"facts"_s, members);
    report.json.set(u"outcome"_s, changed);
    report.problem += factsText(facts);
    return report;
}

Report usageReport(const Error &error) { return errorReport(error, u"usage"_s, ExitStatus::usage); }

Report refusalReport(const Error &error) { return errorReport(error, u"refused"_s, ExitStatus::refused); }

} // namespace bookdesk::cli
