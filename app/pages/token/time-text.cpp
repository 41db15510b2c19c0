#include "pages/token/time-text.h"

#include "widgets/bars.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TimeText)
};

QDateTime localTime(TimePoint moment)
{
    return QDateTime::fromSecsSinceEpoch(std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count());
}

QString dayText(const QDate &day, const QDate &today)
{
    switch (today.daysTo(day)) {
    case -1:
        return Texts::tr("yesterday");
    case 0:
        return Texts::tr("today");
    case 1:
        return Texts::tr("tomorrow");
    default:
        return QLocale().toString(day, QLocale::ShortFormat);
    }
}

} // namespace

QString durationText(std::chrono::seconds duration)
{
    const auto seconds = std::max<qint64>(duration.count(), 0);
    const qint64 minutes = seconds / 60;
    const qint64 hours = minutes / 60;
    if (seconds < 60)
        return Texts::tr("%1 s").arg(seconds);
    if (minutes < 60)
        return Texts::tr("%1 min").arg(minutes);
    if (hours >= 48)
        return Texts::tr("%1 days").arg(hours / 24);
    return minutes % 60 == 0 ? Texts::tr("%1 h").arg(hours) : Texts::tr("%1 h %2 min").arg(hours).arg(minutes % 60);
}

QString momentText(TimePoint moment, TimePoint now)
{
    const QDateTime local = localTime(moment);
    const QString when = dayText(local.date(), localTime(now).date()) + u' ' + widgets::timeOfDay(moment);
    const std::chrono::seconds ahead = secondsBetween(now, moment);
    if (ahead.count() >= 0)
        return Texts::tr("%1, in %2").arg(when, durationText(ahead));
    return Texts::tr("%1, %2 ago").arg(when, durationText(-ahead));
}

} // namespace bookdesk::pages
