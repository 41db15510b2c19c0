/// What the Keys tab says of an issuer's keys. Texts are safe to show.
#pragma once

#include "identity/key-snapshot.h"
#include "widgets/banner.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace bookdesk::pages {

/// A figure: what it is, its value, what qualifies it.
struct KeysFigure
{
    QString name;
    QString value;
    QString note;
};

/// "current", "kept", "fetching", "none".
QString keysStateName(identity::KeysState state);
QString keysStateIcon(identity::KeysState state);
widgets::Kind keysStateKind(identity::KeysState state);
/// "2 keys, fetched 8 min ago".
QString keysSummary(const identity::KeySnapshot &keys, TimePoint now);
/// Last refresh, next hourly refresh, next forced refresh, used.
std::vector<KeysFigure> keysFigures(const identity::KeySnapshot &keys, TimePoint now);
/// What people have to know; nothing where all is well.
std::optional<widgets::BannerText> keysNews(const identity::KeySnapshot &keys, TimePoint now);
std::vector<QStringList> keyRows(const identity::KeySnapshot &keys, TimePoint now);
std::vector<QStringList> leftOutRows(const identity::KeySnapshot &keys);
/// "12:58 fetched, 5 keys › 13:58 no change".
QString keysHistory(const identity::KeySnapshot &keys);
/// All of it in lines, for the clipboard.
QString keysReport(const QString &connection, const identity::KeySnapshot &keys, TimePoint now);

} // namespace bookdesk::pages
