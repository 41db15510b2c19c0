#include "pages/token/keys-texts.h"

#include "core/durations.h"
#include "core/isolation.h"
#include "core/text.h"
#include "widgets/bars.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using identity::KeyEvent;
using identity::KeySnapshot;
using identity::KeysState;
using widgets::BannerText;
using widgets::timeOfDay;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(KeysTexts)
};

QString clockTime(const std::optional<TimePoint> &time) { return time ? timeOfDay(*time) : Texts::tr("never"); }

/// "3:12".
QString countdown(std::chrono::seconds left)
{
    return u"%1:%2"_s.arg(left.count() / 60).arg(left.count() % 60, 2, 10, QChar(u'0'));
}

QString keyCount(std::size_t count) { return Texts::tr("%n keys", nullptr, static_cast<int>(count)); }

/// The unknown key that was asked for last; empty where there is none.
const KeyEvent *lastUnknown(const KeySnapshot &keys)
{
    const auto found = std::find_if(keys.history.rbegin(), keys.history.rend(),
                                    [](const KeyEvent &event) { return !event.unknownKeyId.isEmpty(); });
    return found == keys.history.rend() ? nullptr : &*found;
}

KeysFigure lastRefresh(const KeySnapshot &keys, TimePoint now)
{
    if (!keys.fetchedAt)
        return {Texts::tr("Last refresh"), Texts::tr("never"), {}};
    const QString ago = relativeText(*keys.fetchedAt, now);
    return {Texts::tr("Last refresh"), clockTime(keys.fetchedAt),
            keys.took ? Texts::tr("%1, took %2 ms").arg(ago, QString::number(keys.took->count())) : ago};
}

KeysFigure nextForced(const KeySnapshot &keys, TimePoint now)
{
    return {Texts::tr("Next forced refresh"),
            keys.nextForced ? Texts::tr("in %1").arg(countdown(secondsBetween(now, *keys.nextForced)))
                            : Texts::tr("at once"),
            Texts::tr("for an unknown key")};
}

QString eventText(const KeyEvent &event)
{
    const QString time = timeOfDay(event.at);
    if (event.kind == KeyEvent::Kind::failed)
        return Texts::tr("%1 failed").arg(time);
    if (!event.unknownKeyId.isEmpty())
        return Texts::tr("%1 asked for %2, not there").arg(time, visible(shortened(event.unknownKeyId, 12)));
    return event.kind == KeyEvent::Kind::unchanged ? Texts::tr("%1 no change").arg(time)
                                                   : Texts::tr("%1 fetched, %2").arg(time, keyCount(event.keys));
}

BannerText keptNews(const KeySnapshot &keys)
{
    const QString next = keys.nextTry ? Texts::tr("Next try at %1.").arg(clockTime(keys.nextTry))
                                      : Texts::tr("The next token makes Bookdesk try again.");
    return {widgets::Kind::warn,
            Texts::tr("The last refresh failed; the last good keys are in use"),
            Texts::tr("%1 %2 They are kept until %3 at most.")
                .arg(advised(*keys.lastFailure), next, widgets::fullDate(keys.usableUntil.value_or(TimePoint()))),
            {},
            {}};
}

} // namespace

QString keysStateName(KeysState state)
{
    switch (state) {
    case KeysState::current:
        return Texts::tr("current");
    case KeysState::kept:
        return Texts::tr("kept");
    case KeysState::fetching:
        return Texts::tr("fetching");
    case KeysState::none:
        break;
    }
    return Texts::tr("none");
}

QString keysStateIcon(KeysState state)
{
    switch (state) {
    case KeysState::current:
        return u"check"_s;
    case KeysState::kept:
        return u"warning"_s;
    case KeysState::fetching:
        return u"refresh"_s;
    case KeysState::none:
        break;
    }
    return u"cross"_s;
}

widgets::Kind keysStateKind(KeysState state)
{
    switch (state) {
    case KeysState::current:
        return widgets::Kind::ok;
    case KeysState::kept:
        return widgets::Kind::warn;
    case KeysState::fetching:
        return widgets::Kind::accent;
    case KeysState::none:
        break;
    }
    return widgets::Kind::bad;
}

QString keysSummary(const KeySnapshot &keys, TimePoint now)
{
    if (!keys.fetchedAt)
        return Texts::tr("no keys yet");
    if (keys.state == KeysState::kept)
        return Texts::tr("%1 of %2, refresh failed").arg(keyCount(keys.keys.size()), clockTime(keys.fetchedAt));
    return Texts::tr("%1, fetched %2").arg(keyCount(keys.keys.size()), relativeText(*keys.fetchedAt, now));
}

std::vector<KeysFigure> keysFigures(const KeySnapshot &keys, TimePoint now)
{
    return {lastRefresh(keys, now),
            {Texts::tr("Next hourly refresh"), clockTime(keys.nextRenewal), Texts::tr("kept 24 h at most")},
            nextForced(keys, now),
            {Texts::tr("Used"), Texts::tr("%n times", nullptr, static_cast<int>(keys.uses)),
             Texts::tr("without a request")}};
}

std::optional<BannerText> keysNews(const KeySnapshot &keys, TimePoint now)
{
    if (keys.state == KeysState::none)
        return BannerText{widgets::Kind::bad,
                          Texts::tr("There are no keys, so no token can be verified"),
                          keys.lastFailure ? advised(*keys.lastFailure) : QString(),
                          {},
                          {}};
    if (keys.state == KeysState::kept && keys.lastFailure)
        return keptNews(keys);
    const KeyEvent *unknown = lastUnknown(keys);
    if (!unknown)
        return std::nullopt;
    const QString next = keys.nextForced && *keys.nextForced > now
                             ? Texts::tr("Another unknown key can make it ask at %1.").arg(clockTime(keys.nextForced))
                             : Texts::tr("Another unknown key makes it ask at once.");
    return BannerText{widgets::Kind::accent,
                      Texts::tr("A token named the key %1, which this issuer does not publish")
                          .arg(visible(shortened(unknown->unknownKeyId, 40))),
                      Texts::tr("Bookdesk asked for the keys again at %1. %2").arg(timeOfDay(unknown->at), next),
                      {},
                      {}};
}

std::vector<QStringList> keyRows(const KeySnapshot &keys, TimePoint now)
{
    std::vector<QStringList> rows;
    for (const identity::KeptKey &key : keys.keys)
        rows.push_back({visible(key.keyId), visible(key.description),
                        key.algorithm.isEmpty() ? Texts::tr("none", "no algorithm stated") : visible(key.algorithm),
                        relativeText(key.firstSeen, now), key.lastUsed ? timeOfDay(*key.lastUsed) : Texts::tr("never"),
                        key.lastUsed ? Texts::tr("in use") : Texts::tr("ready")});
    return rows;
}

std::vector<QStringList> leftOutRows(const KeySnapshot &keys)
{
    std::vector<QStringList> rows;
    for (const jose::LeftOutKey &key : keys.leftOut)
        rows.push_back({key.keyId.isEmpty() ? Texts::tr("none", "no key ID") : visible(key.keyId),
                        visible(key.description), visible(key.why)});
    return rows;
}

QString keysHistory(const KeySnapshot &keys)
{
    QStringList events;
    for (const KeyEvent &event : keys.history)
        events += eventText(event);
    return events.join(u" › "_s);
}

QString keysReport(const QString &connection, const KeySnapshot &keys, TimePoint now)
{
    QStringList lines{withoutIsolates(isolated(connection)), visible(keys.source.issuer), keysStateName(keys.state)};
    for (const KeysFigure &figure : keysFigures(keys, now))
        lines += figure.name + u'\t' + figure.value + u'\t' + figure.note;
    for (const QStringList &row : keyRows(keys, now))
        lines += row.join(u'\t');
    for (const QStringList &row : leftOutRows(keys))
        lines += row.join(u'\t');
    return lines.join(u'\n') + u'\n';
}

} // namespace bookdesk::pages
