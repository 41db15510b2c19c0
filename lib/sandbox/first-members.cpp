#include "sandbox/first-members.h"

#include <QByteArrayList>
#include <QSet>

namespace bookdesk::sandbox {
namespace {

/// The texts between the commas of the outermost object.
QByteArrayList membersOf(const QByteArray &inside)
{
    QByteArrayList members(1);
    bool isInString = false;
    int depth = 0;
    for (qsizetype i = 0; i < inside.size(); ++i) {
        const char character = inside.at(i);
        if (character == '\\') {
            members.back() += inside.mid(i++, 2);
            continue;
        }
        if (character == '"')
            isInString = !isInString;
        if (!isInString && (character == '{' || character == '['))
            ++depth;
        if (!isInString && (character == '}' || character == ']'))
            --depth;
        if (character == ',' && depth == 0 && !isInString)
            members.emplace_back();
        else
            members.back() += character;
    }
    return members;
}

} // namespace

QByteArray firstMembers(const QByteArray &json)
{
    if (!json.startsWith('{') || !json.endsWith('}'))
        return json;
    QSet<QByteArray> names;
    QByteArrayList kept;
    for (const QByteArray &member : membersOf(json.mid(1, json.size() - 2))) {
        const QByteArray name = member.left(member.indexOf(':')).trimmed();
        if (names.contains(name))
            continue;
        names.insert(name);
        kept += member;
    }
    return '{' + kept.join(',') + '}';
}

} // namespace bookdesk::sandbox
