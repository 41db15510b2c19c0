#include "net/http-date.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace bookdesk::net {

std::optional<TimePoint> readHttpDate(const std::optional<QByteArray> &header)
{
    if (!header)
        return std::nullopt;
    const QDateTime read = QLocale::c().toDateTime(QString::fromLatin1(*header), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!read.isValid())
        return std::nullopt;
    const QDateTime utc(read.date(), read.time(), QTimeZone::utc());
    // Four digits of a year hold more than a TimePoint does.
    const std::chrono::milliseconds since{utc.toMSecsSinceEpoch()};
    return TimePoint(std::clamp(since, std::chrono::ceil<std::chrono::milliseconds>(TimePoint::duration::min()),
                                std::chrono::floor<std::chrono::milliseconds>(TimePoint::duration::max())));
}

} // namespace bookdesk::net
