#include "identity/sign-in-advice.h"

#include "core/text.h"
#include "identity/advice-texts.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SignInAdvice)
};

QString codeOf(const OAuthError &error)
{
    return error.aadsts.isEmpty() ? visible(shortened(error.error, longestAdviceWord)) : u"AADSTS"_s + error.aadsts;
}

const Advice *find(const AdviceData &data, const OAuthError &error)
{
    if (const Advice *advice = data.findNumber(error.aadsts))
        return advice;
    // A number that is not known says more than its error, which is one of a few.
    if (!error.aadsts.isEmpty())
        return nullptr;
    const Advice *suberror = data.findSuberror(error.suberror);
    return suberror ? suberror : data.findError(error.error);
}

bool showsAt(const Advice &advice, ErrorSite site)
{
    return std::ranges::find(advice.sites, site) != advice.sites.end();
}

QString explanationOf(const Advice &advice, const AdvicePlaces &forPerson)
{
    const std::optional<QString> why = filledIn(advice.why, forPerson);
    QStringList sentences = why && !why->isEmpty() ? QStringList{*why} : QStringList{advice.meaning, advice.remedy};
    if (showsAt(advice, ErrorSite::page) && !showsAt(advice, ErrorSite::redirect))
        sentences += Texts::tr("This error stays in the browser; Bookdesk is never told.");
    return sentences.join(u' ');
}

/// The lines that can be filled in; what to do in general if none can.
QString askOf(const Advice &advice, const AdvicePlaces &forAdmin)
{
    QStringList lines;
    for (const QString &line : advice.ask.split(u'\n')) {
        if (std::optional<QString> filled = filledIn(line, forAdmin))
            lines += *std::move(filled);
    }
    return lines.isEmpty() ? advice.remedy : lines.join(u'\n');
}

QString messageOf(const OAuthError &error, const QString &problem, const QString &ask)
{
    QStringList paragraphs{problem};
    for (const QString &more : {ask, whenAndWhich(error)}) {
        if (!more.isEmpty())
            paragraphs += more;
    }
    return paragraphs.join(u"\n\n"_s);
}

QString messageOnKnown(const Advice &entry, const OAuthError &error, const QString &user, const AdviceContext &context)
{
    const QString problem =
        context.clientId.isEmpty()
            ? Texts::tr("I cannot sign in to Bookdesk. The sign-in server says %1: %2")
                  .arg(codeOf(error), entry.meaning)
            : Texts::tr("I cannot sign in to Bookdesk (application ID %1, tenant %2). The sign-in server says %3: %4")
                  .arg(visible(context.clientId), visible(context.tenant), codeOf(error), entry.meaning);
    const QString ask = askOf(entry, placesFor(context, user, Texts::tr("my account")));
    return messageOf(error, problem, ask.isEmpty() ? QString() : Texts::tr("To let me in: %1").arg(ask));
}

QString messageOnUnknown(const OAuthError &error, const AdviceContext &context)
{
    const QString problem =
        context.clientId.isEmpty()
            ? Texts::tr("I cannot sign in to Bookdesk. The sign-in server says %1, and I do not know what it means.")
                  .arg(codeOf(error))
            : Texts::tr("I cannot sign in to Bookdesk (application ID %1, tenant %2). The sign-in server says %3, and "
                        "I do not know what it means.")
                  .arg(visible(context.clientId), visible(context.tenant), codeOf(error));
    return messageOf(error, problem,
                     Texts::tr("To let me in, look this sign-in up in Entra admin center › Monitoring & health › "
                               "Sign-in logs."));
}

std::vector<AdviceValue> valuesFor(AdvicePlace place, const AdviceContext &context)
{
    std::vector<AdviceValue> values;
    const auto add = [&values](const QString &label, const QString &value) {
        if (!value.isEmpty())
            values.push_back({label, visible(value)});
    };
    if (context.clientId.isEmpty())
        return values;
    const QString scopes = context.scopes.join(u' ');
    if (place == AdvicePlace::client) {
        add(Texts::tr("Application ID"), context.clientId);
        add(Texts::tr("Redirect URI"), context.redirectUri);
        add(Texts::tr("Platform"), Texts::tr("Mobile and desktop applications"));
    } else if (place == AdvicePlace::api) {
        add(Texts::tr("Application ID"), context.apiId);
        add(Texts::tr("Scopes"), scopes);
    } else if (place == AdvicePlace::connection) {
        add(Texts::tr("Tenant"), context.tenant);
        add(Texts::tr("Application ID"), context.clientId);
        add(Texts::tr("Scopes"), scopes);
    }
    return values;
}

Facts factsOf(const OAuthError &error)
{
    return merged({}, {foreignFact(facts::oauthError, error.error), foreignFact(facts::suberror, error.suberror),
                       foreignFact(facts::aadsts, error.aadsts), foreignFact(facts::correlationId, error.correlationId),
                       foreignFact(facts::traceId, error.traceId), foreignFact(facts::timestamp, error.timestamp),
                       foreignFact(facts::serverSaid, error.description)});
}

SignInAdvice adviceOnUnknown(const OAuthError &error, const AdviceContext &context)
{
    SignInAdvice advice;
    advice.code = codeOf(error);
    advice.headline = Texts::tr("The sign-in server says %1").arg(advice.code);
    advice.explanation =
        Texts::tr(
            "Bookdesk has no advice on this number. The page itself often says what to do, and Microsoft explains "
            "numbers at %1. Your administrator can find this sign-in by its correlation ID.")
            .arg(u"https://login.microsoftonline.com/error"_s);
    advice.actor = AdviceActor::registrant;
    advice.place = AdvicePlace::server;
    advice.who = Texts::tr("That depends on the number.");
    advice.where = Texts::tr("The sign-in logs of the tenant often say");
    advice.message = messageOnUnknown(error, context);
    return advice;
}

SignInAdvice adviceOnNothing()
{
    SignInAdvice advice;
    advice.headline = Texts::tr("No AADSTS number found");
    advice.explanation = Texts::tr(
        "Copy the whole page, with its details. The usual causes are a redirect URI that is not registered, a "
        "client ID that the tenant does not know, and a person who is not assigned to the application.");
    return advice;
}

SignInAdvice adviceOnKnown(const Advice &entry, const OAuthError &error, const QString &user,
                           const AdviceContext &context)
{
    SignInAdvice advice;
    advice.isKnown = true;
    advice.code = codeOf(error);
    advice.headline = entry.headline;
    advice.explanation = explanationOf(entry, placesFor(context, user, Texts::tr("your account")));
    advice.actor = entry.actor;
    advice.place = entry.place;
    advice.sites = entry.sites;
    advice.who = whoActs(entry.actor, context);
    advice.whoNote = whoActsNote(entry);
    advice.where = whereIsIt(entry.place, context);
    if (entry.actor == AdviceActor::administrator)
        advice.message = messageOnKnown(entry, error, user, context);
    else
        advice.values = valuesFor(entry.place, context);
    return advice;
}

} // namespace

SignInAdvice signInAdvice(const OAuthError &error, const QString &user, const AdviceContext &context)
{
    if (error.aadsts.isEmpty() && error.error.isEmpty()) {
        SignInAdvice nothing = adviceOnNothing();
        nothing.facts = factsOf(error);
        return nothing;
    }
    const AdviceData data = AdviceData::forLocale();
    const Advice *entry = find(data, error);
    SignInAdvice advice = entry ? adviceOnKnown(*entry, error, user, context) : adviceOnUnknown(error, context);
    advice.facts = factsOf(error);
    return advice;
}

} // namespace bookdesk::identity
