#include "books/outcome-codes.h"
#include "books/refusal.h"
#include "books/scope-offer.h"
#include "core/text.h"

#include <QCoreApplication>
#include <QLocale>
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
    return shortened(QLocale().createSeparatedList(quoted), longestList);
}

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

QString roleNeeded(const AccessRule &rule, const QString &role)
{
    if (rule.path == deleteRule().path)
        return Texts::tr("The API knows who you are, but deleting needs the app role %1.").arg(role);
    if (rule.path == listRule().path)
        return Texts::tr("The API knows who you are, but reading the list needs the app role %1.").arg(role);
    return Texts::tr("The API knows who you are, but this call needs the app role %1.").arg(role);
}

QString scopeNeeded(const AccessRule &rule, const QString &scope)
{
    if (rule.path == deleteRule().path)
        return Texts::tr("The API knows who you are, but deleting needs the scope %1 for this app.").arg(scope);
    if (rule.path == listRule().path)
        return Texts::tr("The API knows who you are, but reading the list needs the scope %1 for this app.").arg(scope);
    return Texts::tr("The API knows who you are, but this call needs the scope %1 for this app.").arg(scope);
}

QString carriedRoles(const jose::Grants &grants)
{
    if (!grants.isKnown)
        return Texts::tr("Your token cannot be read here.");
    return grants.roles.isEmpty() ? Texts::tr("Your token carries no role.")
                                  : Texts::tr("Your token carries %1 only.").arg(listed(grants.roles));
}

QString carriedScopes(const jose::Grants &grants)
{
    if (!grants.isKnown)
        return Texts::tr("Your token cannot be read here.");
    return grants.scopes.isEmpty() ? Texts::tr("Your token carries no scope.")
                                   : Texts::tr("Your token carries %1 only.").arg(listed(grants.scopes));
}

/// The places where the token may carry it, in quotes. @param usual the contract's own, where nothing else is known.
QString claimIn(const QStringList &paths, const QString &usual)
{
    QStringList quoted;
    for (const QString &path : paths.isEmpty() ? QStringList{usual} : paths)
        quoted += u'"' + visible(path) + u'"';
    return QLocale().createSeparatedList(quoted);
}

/// Words of the protocol, which no language translates.
QString statusName(int status) { return status == 401 ? u"401 Unauthorized"_s : u"403 Forbidden"_s; }

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
                      "in the token's %1 claim.")
                .arg(claimIn(refusal.facts.roleClaims, u"roles"_s));
        return outcome;
    }
    outcome.explanation = roleNeeded(refusal.rule, names) + u' ' + carriedRoles(grants);
    outcome.remedy =
        Texts::tr("An admin assigns it: Entra ID › Enterprise applications › the API's application › Users and "
                  "groups. Then get a fresh token.");
    return outcome;
}

/// What helps where the token does not carry @p scopes.
void addScopeRemedy(ApiOutcome &outcome, const QStringList &scopes, const TokenFacts &facts)
{
    const ScopeOffer offer = offerFor(scopes, facts);
    outcome.obtainable = offer.obtainable;
    if (!offer.obtainable.isEmpty()) {
        outcome.remedy = Texts::tr("Get this scope: so far, Bookdesk has asked for no more than reading needs. You may "
                                   "have to consent to it in the browser.");
        return;
    }
    if (!offer.unlisted.isEmpty()) {
        outcome.remedy = Texts::tr("This connection does not list %1, and Bookdesk asks for no other scopes than those "
                                   "that it lists, whatever an API says. If the app is to have it, add it to the "
                                   "connection's scopes and sign in again.")
                             .arg(listed(offer.unlisted));
        return;
    }
    outcome.signInMayHelp = true;
    outcome.remedy =
        Texts::tr("Sign in again with this scope among the connection's scopes, and consent to it. Where your "
                  "organization requires it, an admin consents: Entra ID › App registrations › this app › "
                  "API permissions.");
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
                      "is in the token's %1 claim.")
                .arg(claimIn(refusal.facts.scopeClaims, u"scp"_s));
        return outcome;
    }
    outcome.explanation = scopeNeeded(refusal.rule, names) + u' ' + carriedScopes(grants);
    addScopeRemedy(outcome, scopes, refusal.facts);
    return outcome;
}

/// @param said the API's own words; may be empty.
ApiOutcome unexplained(int status, const QString &said)
{
    ApiOutcome outcome;
    outcome.kind = OutcomeKind::forbidden;
    outcome.code = outcomes::forbidden.toString();
    outcome.headline = said.isEmpty() ? Texts::tr("%1: the API gave no reason").arg(statusName(status))
                                      : Texts::tr("%1: the API refuses this call").arg(statusName(status));
    outcome.explanation =
        said.isEmpty() ? Texts::tr("The API knows who you are and refuses this call. Neither its answer nor your token "
                                   "says why.")
                       : Texts::tr("The API says: “%1”.").arg(said);
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

    // The answer gives no reason, so what our token clearly lacks is the likely one.
    const jose::Grants &grants = refusal.facts.grants;
    if (const QStringList scopes = lacking(refusal.rule.scopes, grants.scopes); grants.isKnown && !scopes.isEmpty())
        return scopeOutcome(refusal, scopes);
    if (const QStringList roles = lacking(refusal.rule.roles, grants.roles); grants.isKnown && !roles.isEmpty())
        return roleOutcome(refusal, roles);
    if (refusal.error == "insufficient_scope"_L1 && !refusal.rule.scopes.isEmpty())
        return scopeOutcome(refusal, refusal.rule.scopes);
    return unexplained(refusal.status, tellingReason(refusal));
}

} // namespace bookdesk::books
