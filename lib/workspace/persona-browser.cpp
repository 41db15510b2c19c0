#include "workspace/persona-browser.h"

#include "core/text.h"
#include "net/errors.h"
#include "net/trusted-url.h"

#include <QCoreApplication>

#include <memory>
#include <utility>

namespace bookdesk::workspace {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(PersonaBrowser)
};

Error notOnThisComputer(const QString &host)
{
    return {net::errors::urlRefused,
            Texts::tr("“%1” is not on this computer, and personas exist in the Sandbox only.").arg(visible(host)),
            Texts::tr("Sign in with a browser.")};
}

} // namespace

identity::OpenUrl personaBrowser(sandbox::Visit visit, const QByteArray &certificateAuthority)
{
    const auto visitor = std::make_shared<sandbox::Visitor>(certificateAuthority);
    return [visitor, visit = std::move(visit)](const QUrl &url) -> Result<void> {
        if (!net::isLoopbackHost(url.host()))
            return failure(notOnThisComputer(url.host(QUrl::FullyEncoded)));
        // Detached: the outcome shows in the sign-in, which waits for the redirect.
        visitor->visit(url, visit);
        return {};
    };
}

} // namespace bookdesk::workspace
