#include "books/outcome-codes.h"
#include "books/refusal.h"
#include "core/text.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(MissingGrant)
};

constexpr qsizetype longestList = 400;

QString listed(const QStringList &names)
{
    QStringList quoted;
    for (const QString &name : names)
        quoted += quotable(name);
    return shortened(quoted.join(Texts::tr(", ")), longestList);
}

/// A scope's name without the resource in front: `api://…/Books.Read` is Books.Read.
QString bareScope(const QString &scope) { return scope.mid(scope.lastIndexOf(u'/') + 1); }

QStringList scopesIn(const QString &detail)
{
    const QString prefix = u"Missing scopes:"_s;
    if (!detail.startsWith(prefix))
        return {};
    QStringList scopes;
    for (const QString &scope : detail.mid(prefix.size()).split(u',', Qt::SkipEmptyParts))
        scopes += scope.trimmed();
    return scopes;
}

QString roleIn(const QString &detail)
{
    static const QRegularExpression pattern(u"^Role '(.+)' required$"_s);
    return pattern.match(detail).captured(1);
}

QStringList lacking(const QStringList &needed, const QStringList &held)
{
    QStringList missing;
    for (const QString &name : needed) {
        if (!held.contains(name) && !held.contains(bareScope(name)))
            missing += name;
    }
    return missing;
}

QString deed(const AccessRule &rule)
{
    if (rule.method == "DELETE")
        return Texts::tr("deleting");
    return rule.method == "GET" ? Texts::tr("reading the list") : Texts::tr("this call");
}

QString carried(const QStringList &names, const QString &none)
{
    return names.isEmpty() ? none : Texts::tr("carries %1 only").arg(listed(names));
}

QString statusName(int status) { return status == 401 ? Texts::tr("401 Unauthorized") : Texts::tr("403 Forbidden"); }

ApiOutcome roleOutcome(const Refusal &refusal, const QStringList &roles)
{
    const jose::Grants &grants = refusal.facts.grants;
    const QString names = listed(roles);
    ApiOutcome outcome;
    outcome.kind = OutcomeKind::roleMissing;
    outcome.code = outcomes::roleMissing.toString();
    outcome.headline = Texts::tr("%1: you lack a role").arg(statusName(refusal.status));
    outcome.missing = roles;
    outcome.freshTokenMayHelp = true;
    if (grants.isKnown && lacking(roles, grants.roles).isEmpty()) {
        outcome.explanation = Texts::tr("The API knows who you are and asks for the app role %1, which your token does "
                                        "carry. So the API looks for it elsewhere, or has not seen this token.")
                                  .arg(names);
        outcome.remedy =
            Texts::tr("Get a fresh token and try again. If it stays so, tell the API's owner that the role is "
                      "in the token's \"roles\" claim.");
        return outcome;
    }
    const QString has =
        grants.isKnown ? carried(grants.roles, Texts::tr("carries no role")) : Texts::tr("cannot be read here");
    outcome.explanation = Texts::tr("The API knows who you are, but %1 needs the app role %2, and your token %3.")
                              .arg(deed(refusal.rule), names, has);
    outcome.remedy =
        Texts::tr("An admin assigns it: Entra ID › Enterprise applications › the API's application › Users and "
                  "groups. Then get a fresh token.");
    return outcome;
}

ApiOutcome scopeOutcome(const Refusal &refusal, const QStringList &scopes)
{
    const jose::Grants &grants = refusal.facts.grants;
    const QString names = listed(scopes);
    ApiOutcome outcome;
    outcome.kind = OutcomeKind::scopeMissing;
    outcome.code = outcomes::scopeMissing.toString();
    outcome.headline = Texts::tr("%1: the app lacks a permission").arg(statusName(refusal.status));
    outcome.missing = scopes;
    if (grants.isKnown && lacking(scopes, grants.scopes).isEmpty()) {
        outcome.freshTokenMayHelp = true;
        outcome.explanation =
            Texts::tr("The API knows who you are and asks for the scope %1, which your token does carry. "
                      "So the API looks for it elsewhere, or has not seen this token.")
                .arg(names);
        outcome.remedy =
            Texts::tr("Get a fresh token and try again. If it stays so, tell the API's owner that the scope "
                      "is in the token's \"scp\" claim.");
        return outcome;
    }
    const QString has =
        grants.isKnown ? carried(grants.scopes, Texts::tr("carries no scope")) : Texts::tr("cannot be read here");
    outcome.explanation =
        Texts::tr("The API knows who you are, but %1 needs the scope %2 for this app, and your token %3.")
            .arg(deed(refusal.rule), names, has);
    outcome.remedy =
        Texts::tr("Sign in again with this scope among the connection's scopes, and consent to it. Where your "
                  "organization requires it, an admin consents: Entra ID › App registrations › this app › "
                  "API permissions.");
    return outcome;
}

ApiOutcome unexplained(int status)
{
    ApiOutcome outcome;
    outcome.kind = OutcomeKind::forbidden;
    outcome.code = outcomes::forbidden.toString();
    outcome.headline = Texts::tr("%1: the API gave no reason").arg(statusName(status));
    outcome.explanation =
        Texts::tr("The API knows who you are and refuses this call. Neither its answer nor your token "
                  "says why.");
    outcome.remedy = Texts::tr("Ask the API's owner what this call needs.");
    outcome.freshTokenMayHelp = true;
    return outcome;
}

} // namespace

ApiOutcome explainMissingGrant(const Refusal &refusal)
{
    if (!refusal.neededScopes.isEmpty()) {
        const QStringList missing = lacking(refusal.neededScopes, refusal.facts.grants.scopes);
        return scopeOutcome(refusal, missing.isEmpty() ? refusal.neededScopes : missing);
    }
    if (const QStringList scopes = scopesIn(refusal.detail); !scopes.isEmpty())
        return scopeOutcome(refusal, scopes);
    if (const QString role = roleIn(refusal.detail); !role.isEmpty())
        return roleOutcome(refusal, {role});

    // The answer is silent, so what our own token plainly lacks is the likely reason.
    const jose::Grants &grants = refusal.facts.grants;
    if (const QStringList scopes = lacking(refusal.rule.scopes, grants.scopes); grants.isKnown && !scopes.isEmpty())
        return scopeOutcome(refusal, scopes);
    if (const QStringList roles = lacking(refusal.rule.roles, grants.roles); grants.isKnown && !roles.isEmpty())
        return roleOutcome(refusal, roles);
    if (refusal.error == "insufficient_scope"_L1 && !refusal.rule.scopes.isEmpty())
        return scopeOutcome(refusal, refusal.rule.scopes);
    return unexplained(refusal.status);
}

} // namespace bookdesk::books
