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

QString momentText(TimePoint moment, TimePoint now)
{
    const QDateTime local = localTime(moment);
    const QString when = dayText(local.date(), localTime(now).date()) + u' ' + widgets::timeOfDay(moment);
    return Texts::tr("%1, %2").arg(when, relativeText(moment, now));
}

} // namespace bookdesk::pages
