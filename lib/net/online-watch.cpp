#include "net/online-watch.h"

#include <QNetworkInformation>

namespace bookdesk::net {

OnlineWatch::OnlineWatch(QObject *parent)
    : QObject(parent)
{
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
            [this](QNetworkInformation::Reachability reachability) {
                if (reachability >= QNetworkInformation::Reachability::Local)
                    Q_EMIT cameOnline();
            });
}

} // namespace bookdesk::net
