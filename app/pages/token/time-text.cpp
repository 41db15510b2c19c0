#include "pages/token/time-text.h"

#include "core/durations.h"
#include "widgets/bars.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

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

QString momentText(TimePoint moment, TimePoint now)
{
    const QDateTime local = localTime(moment);
    const QString when = dayAndTime(local.date(), localTime(now).date(), widgets::timeOfDay(moment));
    return Texts::tr("%1, %2").arg(when, relativeText(moment, now));
}

} // namespace bookdesk::pages
