#include "net/http-date.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

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
    return TimePoint(std::chrono::milliseconds(utc.toMSecsSinceEpoch()));
}

} // namespace bookdesk::net
