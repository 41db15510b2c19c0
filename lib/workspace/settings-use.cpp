#include "workspace/settings-use.h"

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::workspace {

identity::OpenUrl chosenBrowser()
{
    return [](const QUrl &url) -> identity::Opening {
        const QString command = Settings().text(Setting::browserCommand);
        return command.isEmpty() ? identity::desktopOpener()(url) : identity::templateBrowser(command)(url);
    };
}

identity::SignInLimits chosenLimits(const Settings &settings, identity::SignInLimits usual)
{
    if (!settings.isSet(Setting::timeLimit))
        return usual;
    const std::chrono::milliseconds margin = usual.browserAnswer - usual.whole;
    usual.whole = std::chrono::minutes(settings.number(Setting::timeLimit));
    usual.browserAnswer = usual.whole + margin;
    return usual;
}

net::ProxyRules chosenProxies(const Settings &settings, net::ProxyRules usual)
{
    const QString source = settings.text(Setting::proxySource);
    if (source == "none"_L1)
        usual.source = net::ProxySource::none;
    if (source == "manual"_L1) {
        usual.source = net::ProxySource::manual;
        usual.manual.kind = net::ProxyKind::http;
        usual.manual.host = settings.text(Setting::proxyHost);
        usual.manual.port = static_cast<quint16>(settings.number(Setting::proxyPort));
    }
    return usual;
}

} // namespace bookdesk::workspace
