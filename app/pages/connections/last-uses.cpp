#include "pages/connections/last-uses.h"

#include "workspace/workspace.h"

#include <QDate>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using workspace::Setting;

namespace {

QDate dateOf(TimePoint time)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch());
    return QDateTime::fromSecsSinceEpoch(seconds.count()).date();
}

} // namespace

LastUses::LastUses(workspace::Workspace &workspace, Clock clock, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_clock(std::move(clock))
{
    connect(&workspace, &workspace::Workspace::accountsChanged, this, &LastUses::note);
    connect(&workspace, &workspace::Workspace::connectionRemoved, this,
            [this](const QString &id) { m_workspace.settings().setBytes(Setting::connectionUsed, {}, id); });
}

QString LastUses::textOf(const QString &id) const
{
    const auto isAtWork = [&id](const workspace::Desk *desk) { return desk->connection().id == id && desk->account(); };
    if (std::ranges::any_of(m_workspace.desks().opened(), isAtWork))
        return tr("in use");
    const QByteArray day = m_workspace.settings().bytes(Setting::connectionUsed, id);
    const QDate date = QDate::fromString(QString::fromLatin1(day), Qt::ISODate);
    if (!date.isValid())
        return tr("never");
    const QDate today = dateOf(m_clock());
    if (date == today)
        return tr("today");
    //: Day and month, as short as they can be: see QDate::toString
    return date.year() == today.year() ? QLocale().toString(date, tr("d MMM"))
                                       : QLocale().toString(date, QLocale::ShortFormat);
}

/// Once a day for each connection, so that the file is not written all the time.
void LastUses::note()
{
    const QByteArray today = dateOf(m_clock()).toString(Qt::ISODate).toLatin1();
    for (workspace::Desk *desk : m_workspace.desks().opened()) {
        const QString id = desk->connection().id;
        const bool isNoted = m_workspace.settings().bytes(Setting::connectionUsed, id) == today;
        if (desk->session().current() && !isNoted)
            m_workspace.settings().setBytes(Setting::connectionUsed, today, id);
    }
}

} // namespace bookdesk::pages
