/// Paths of endpoints, from documents and from people: which may be called, and how their placeholders are filled in.
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

namespace bookdesk::lab {

/// Why @p path is never called; empty where it may be. A path that could leave the API's own address is refused,
/// however it is encoded: `//`, a scheme, dot segments, backslashes, control characters. Untrusted. Any thread.
/// Source: RFC 3986 sections 3.3 and 5.2.4.
QString refusedPathReason(const QString &path);

/// The names in braces, in their order: `/books/{book_id}` has `book_id`. @p path must not be refused.
QStringList placeholdersOf(const QString &path);

/// Why a placeholder cannot have this value: it is empty, or a dot segment. Empty where it can.
QString refusedValueReason(const QString &value);

/// The path percent-encoded, each placeholder replaced by its value as one segment. Neither may be refused.
QString filledPath(const QString &path, const QMap<QString, QString> &values);

} // namespace bookdesk::lab
