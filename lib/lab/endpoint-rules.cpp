#include "lab/endpoint-rules.h"

#include "core/text.h"
#include "lab/endpoint-path.h"
#include "lab/errors.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::lab {

using books::Prediction;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(EndpointRules)
};

constexpr qsizetype mostNames = 50;
constexpr qsizetype longestName = 200;

LabRule *find(std::vector<LabRule> &rules, const books::AccessRule &rule)
{
    const auto found =
        std::ranges::find_if(rules, [&rule](const LabRule &known) { return isSameCall(known.rule, rule); });
    return found == rules.end() ? nullptr : &*found;
}

/// The document may ask for other scopes than the contract, but cannot take away a role.
void addDocuments(LabRule &contracts, const LabRule &documents)
{
    if (!documents.rule.scopes.isEmpty()) {
        contracts.rule.scopes = documents.rule.scopes;
        contracts.otherScopes = documents.otherScopes;
    }
    // Where the contract names the role, the document's lack of scopes needs no explanation.
    if (contracts.rule.roles.isEmpty() && contracts.rule.scopes.isEmpty())
        contracts.remark = documents.remark;
}

books::TokenFacts withBareScopes(books::TokenFacts facts)
{
    const QStringList scopes = facts.grants.scopes;
    for (const QString &scope : scopes)
        facts.grants.scopes += books::bareScope(scope);
    return facts;
}

QString scopesText(const QStringList &scopes)
{
    const QString names = QLocale().createSeparatedList(scopes);
    return scopes.size() == 1 ? Texts::tr("scope %1").arg(names) : Texts::tr("scopes %1").arg(names);
}

QString rolesText(const QStringList &roles)
{
    const QString names = QLocale().createSeparatedList(roles);
    return roles.size() == 1 ? Texts::tr("role %1").arg(names) : Texts::tr("roles %1").arg(names);
}

tl::unexpected<Error> unusable(const QString &message, const QString &remedy)
{
    return failure(errors::ruleInvalid, message, remedy);
}

Result<QStringList> readNames(const QString &text)
{
    static const QRegularExpression separator(u"[\\s,]+"_s);
    const QStringList names = text.split(separator, Qt::SkipEmptyParts);
    const bool isReadable = std::ranges::all_of(
        names, [](const QString &name) { return name.size() <= longestName && visible(name) == name; });
    if (!isReadable || names.size() > mostNames)
        return unusable(Texts::tr("The names of scopes and roles cannot be read."),
                        Texts::tr("Write at most %1 names, separated by spaces.").arg(mostNames));
    return names;
}

} // namespace

const std::vector<QByteArray> &callableMethods()
{
    static const std::vector<QByteArray> methods{"GET"_ba, "HEAD"_ba, "POST"_ba, "PUT"_ba, "PATCH"_ba, "DELETE"_ba};
    return methods;
}

bool isSafe(const QByteArray &method) { return method == "GET" || method == "HEAD"; }

bool isSameCall(const books::AccessRule &left, const books::AccessRule &right)
{
    static const QRegularExpression name(u"\\{[^}]*\\}"_s);
    const auto unnamed = [](QString path) { return path.replace(name, u"{}"_s); };
    return left.method == right.method && unnamed(left.path) == unnamed(right.path);
}

std::vector<LabRule> mergedRules(const std::vector<LabRule> &ofDocument, const std::vector<books::AccessRule> &own)
{
    std::vector<LabRule> rules{{books::listRule(), RuleOrigin::contract, {}},
                               {books::deleteRule(), RuleOrigin::contract, {}}};
    for (const LabRule &rule : ofDocument) {
        if (LabRule *known = find(rules, rule.rule))
            addDocuments(*known, rule);
        else
            rules.push_back(rule);
    }
    for (const books::AccessRule &rule : own) {
        if (LabRule *known = find(rules, rule))
            *known = {rule, RuleOrigin::own, {}};
        else
            rules.push_back({rule, RuleOrigin::own, {}});
    }
    return rules;
}

Prediction predict(const LabRule &rule, const books::TokenFacts &facts)
{
    if (rule.isPublic)
        return {200, Texts::tr("No token is asked for.")};
    const books::TokenFacts bare = withBareScopes(facts);
    const Prediction first = books::predict(rule.rule, bare);
    if (first.status != 403)
        return first;
    for (const QStringList &scopes : rule.otherScopes) {
        books::AccessRule other = rule.rule;
        other.scopes = scopes;
        const Prediction prediction = books::predict(other, bare);
        if (prediction.status == 200)
            return prediction;
    }
    return first;
}

QString needsText(const LabRule &rule)
{
    if (rule.isPublic)
        return Texts::tr("no token");
    const QString roles = rule.rule.roles.isEmpty() ? QString() : rolesText(rule.rule.roles);
    if (rule.rule.scopes.isEmpty())
        return roles.isEmpty() ? Texts::tr("any valid token") : roles;
    QString scopes = scopesText(rule.rule.scopes);
    for (const QStringList &other : rule.otherScopes)
        scopes = Texts::tr("%1 or %2").arg(scopes, scopesText(other));
    return roles.isEmpty() ? scopes : Texts::tr("%1 and %2").arg(scopes, roles);
}

Result<books::AccessRule> readOwnRule(const QString &method, const QString &path, const QString &scopes,
                                      const QString &roles)
{
    const QByteArray name = method.toLatin1();
    if (std::ranges::find(callableMethods(), name) == callableMethods().end())
        return unusable(Texts::tr("“%1” is no method that Bookdesk calls.").arg(shortened(visible(method), 20)),
                        Texts::tr("Use GET, HEAD, POST, PUT, PATCH or DELETE."));
    if (const QString reason = refusedPathReason(path); !reason.isEmpty())
        return unusable(Texts::tr("This path is not called. %1").arg(reason),
                        Texts::tr("Write a path such as /api/v1/books or /api/v1/books/{book_id}."));
    const Result<QStringList> scopeNames = readNames(scopes);
    const Result<QStringList> roleNames = readNames(roles);
    if (!scopeNames || !roleNames)
        return failure(scopeNames ? roleNames.error() : scopeNames.error());
    QStringList bare;
    for (const QString &scope : *scopeNames)
        bare += books::bareScope(scope);
    if (bare.contains(QString()))
        return unusable(Texts::tr("A scope has no name behind its resource."),
                        Texts::tr("Write its name alone, such as Books.Read."));
    return books::AccessRule{name, path, bare, *roleNames};
}

} // namespace bookdesk::lab
