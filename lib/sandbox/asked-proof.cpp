#include "sandbox/asked-proof.h"

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

/// The `value` or the `values` of `access_token.acrs`.
QStringList contextsIn(const JsonObject &claims)
{
    const Json *forAccess = claims.find(u"access_token");
    const Json *asked = forAccess && forAccess->asObject() ? forAccess->asObject()->find(u"acrs") : nullptr;
    if (!asked || !asked->asObject())
        return {};
    QStringList contexts;
    const Json *value = asked->asObject()->find(u"value");
    if (value && value->asString())
        contexts += *value->asString();
    const Json *values = asked->asObject()->find(u"values");
    if (!values || !values->asArray())
        return contexts;
    for (const Json &each : *values->asArray()) {
        if (const QString *text = each.asString())
            contexts += *text;
    }
    return contexts;
}

void add(QStringList &contexts, const QString &context)
{
    if (!contexts.contains(context))
        contexts += context;
}

} // namespace

OrFailure<AskedProof> readAskedProof(const FormFields &fields)
{
    AskedProof asked;
    if (fields.has("claims")) {
        const Result<JsonObject> claims = parseJsonObject(fields.text("claims").toUtf8());
        if (!claims)
            return tl::unexpected<OAuthFailure>(OAuthFailure{
                u"invalid_request"_s, 9000410, u"Malformed JSON: the parameter 'claims' is not a JSON object."_s, {}});
        asked.contexts = contextsIn(*claims);
    }
    asked.contexts += fields.text("acr_values").split(u' ', Qt::SkipEmptyParts);
    asked.asksForTime = fields.has("max_age");
    return asked;
}

Proof proofOf(const AskedProof &asked, TimePoint now)
{
    Proof proof;
    for (const QString &context : asked.contexts) {
        if (context == easyContext || context == strictContext)
            add(proof.contexts, context);
    }
    if (asked.asksForTime)
        proof.signedIn = now;
    return proof;
}

OrFailure<Proof> extended(Proof before, const AskedProof &asked)
{
    for (const QString &context : asked.contexts) {
        if (context == strictContext && !before.contexts.contains(context))
            return tl::unexpected<OAuthFailure>(
                OAuthFailure{u"interaction_required"_s, 50076,
                             u"Due to a configuration change made by your administrator, or because you moved to a new "
                             "location, you must use multi-factor authentication to access the resource."_s,
                             u"basic_action"_s});
        if (context == easyContext)
            add(before.contexts, context);
    }
    return before;
}

} // namespace bookdesk::sandbox
