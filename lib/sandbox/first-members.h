/// firstMembers: a JSON object as parsers read it that believe the first of two members with one name.
#pragma once

#include <QByteArray>

namespace bookdesk::sandbox {

/// The object's text without the members whose name was there before; @p json unchanged where it is no object. Any
/// thread.
QByteArray firstMembers(const QByteArray &json);

} // namespace bookdesk::sandbox
