#include "identity/redirect.h"

#include <optional>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

const Secret *find(const FormParameters &parameters, const QByteArray &name)
{
    const auto found = parameters.find(name);
    return found == parameters.end() || found->second.isEmpty() ? nullptr : &found->second;
}

bool looksLikeRedirect(const FormParameters &parameters)
{
    return find(parameters, "state"_ba) || find(parameters, "code"_ba) || find(parameters, "error"_ba);
}

RedirectKind kindOf(const FormParameters &parameters, const QByteArray &ownState)
{
    if (!looksLikeRedirect(parameters))
        return RedirectKind::other;
    const Secret *state = find(parameters, "state"_ba);
    if (ownState.isEmpty() || !state || *state != Secret(ownState))
        return find(parameters, "error"_ba) ? RedirectKind::foreignError : RedirectKind::foreignState;
    return find(parameters, "code"_ba) || find(parameters, "error"_ba) ? RedirectKind::ours : RedirectKind::withoutCode;
}

Redirect redirectOf(const FormParameters &parameters, bool isPost)
{
    Redirect redirect;
    redirect.isPost = isPost;
    for (const auto &[name, value] : parameters) {
        if (name == "code")
            redirect.code = value;
        else if (name != "state")
            redirect.parameters.insert(QString::fromUtf8(name), QString::fromUtf8(value.reveal()));
    }
    return redirect;
}

} // namespace

RedirectReading readRedirect(const RedirectRequest &request, const QByteArray &state, ResponseMode responseMode)
{
    const bool isPost = request.method == "POST";
    if (isPost ? responseMode != ResponseMode::formPost : request.method != "GET")
        return {RedirectKind::wrongMethod, {}};
    if (isPost && (!request.isForm() || !request.query.isEmpty()))
        return {};
    const std::optional<FormParameters> parameters = readForm(isPost ? request.body : request.query);
    if (!parameters)
        return {};
    const RedirectKind kind = kindOf(*parameters, state);
    return {kind, kind == RedirectKind::ours ? redirectOf(*parameters, isPost) : Redirect()};
}

} // namespace bookdesk::identity
