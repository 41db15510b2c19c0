#include "core/durations.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <limits>

namespace bookdesk {
namespace {

using namespace std::chrono_literals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Durations)
};

QString daysText(std::chrono::hours duration)
{
    const auto days = std::min<std::chrono::hours::rep>(duration / 24h, std::numeric_limits<int>::max());
    return Texts::tr("%n days", nullptr, static_cast<int>(days));
}

QDateTime localTime(TimePoint moment)
{
    return QDateTime::fromSecsSinceEpoch(std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count());
}

QString dayAndTime(const QDate &day, const QDate &today, const QString &time)
{
    switch (today.daysTo(day)) {
    case -1:
        return Texts::tr("yesterday %1").arg(time);
    case 0:
        return Texts::tr("today %1").arg(time);
    case 1:
        return Texts::tr("tomorrow %1").arg(time);
    default:
        return Texts::tr("%1 %2", "day and time of day").arg(QLocale().toString(day, QLocale::ShortFormat), time);
    }
}

} // namespace

QString durationText(std::chrono::seconds duration)
{
    if (duration < 1min)
        return Texts::tr("%1 s").arg(std::max(duration, 0s).count());
    if (duration < 1h)
        return Texts::tr("%1 min").arg(duration / 1min);
    const auto hours = std::chrono::floor<std::chrono::hours>(duration);
    if (hours >= 48h)
        return daysText(hours);
    const auto minutes = (duration - hours) / 1min;
    return minutes == 0 ? Texts::tr("%1 h").arg(hours.count())
                        : Texts::tr("%1 h %2 min").arg(hours.count()).arg(minutes);
}

QString relativeText(TimePoint moment, TimePoint now)
{
    const std::chrono::seconds ahead = secondsBetween(now, moment);
    if (ahead == 0s)
        return Texts::tr("just now");
    return ahead > 0s ? Texts::tr("in %1").arg(durationText(ahead)) : Texts::tr("%1 ago").arg(durationText(-ahead));
}

QString clockDifference(TimePoint here, TimePoint server)
{
    const std::chrono::seconds ahead = secondsBetween(server, here);
    if (ahead < 1min && ahead > -1min)
        return {};
    return ahead > 0s ? Texts::tr("This computer's clock is %1 fast, by the time in the server's answer.")
                            .arg(durationText(ahead))
                      : Texts::tr("This computer's clock is %1 slow, by the time in the server's answer.")
                            .arg(durationText(-ahead));
}

QString momentText(TimePoint moment, TimePoint now)
{
    const QDateTime local = localTime(moment);
    const QString when = dayAndTime(local.date(), localTime(now).date(), local.toString(QStringLiteral("HH:mm")));
    return Texts::tr("%1, %2", "point in time and its distance").arg(when, relativeText(moment, now));
}

} // namespace bookdesk
