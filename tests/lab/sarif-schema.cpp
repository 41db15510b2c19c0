#include "lab/sarif-schema.h"

#include <QDateTime>
#include <QHash>
#include <QSet>
#include <QStringList>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace bookdesk::lab {
namespace {

/// An object's members by name: `name!` must be there. Types are `string`, `boolean`, `integer`, `uri`, `date-time`,
/// `bag`, `strings` (an object of strings), `enum a|b`, `[type]`, or an object's name.
using Members = QHash<QString, QString>;

const QHash<QString, Members> &objects()
{
    static const QHash<QString, Members> known{
        {u"document"_s, {{u"$schema"_s, u"uri"_s}, {u"version!"_s, u"enum 2.1.0"_s}, {u"runs!"_s, u"[run]"_s}}},
        {u"run"_s,
         {{u"tool!"_s, u"tool"_s},
          {u"invocations"_s, u"[invocation]"_s},
          {u"automationDetails"_s, u"runAutomationDetails"_s},
          {u"columnKind"_s, u"enum utf16CodeUnits|unicodeCodePoints"_s},
          {u"results"_s, u"[result]"_s},
          {u"properties"_s, u"bag"_s}}},
        {u"tool"_s, {{u"driver!"_s, u"toolComponent"_s}, {u"properties"_s, u"bag"_s}}},
        {u"toolComponent"_s,
         {{u"name!"_s, u"string"_s},
          {u"version"_s, u"string"_s},
          {u"informationUri"_s, u"uri"_s},
          {u"rules"_s, u"[reportingDescriptor]"_s},
          {u"properties"_s, u"bag"_s}}},
        {u"reportingDescriptor"_s,
         {{u"id!"_s, u"string"_s},
          {u"name"_s, u"string"_s},
          {u"shortDescription"_s, u"multiformatMessageString"_s},
          {u"fullDescription"_s, u"multiformatMessageString"_s},
          {u"help"_s, u"multiformatMessageString"_s},
          {u"defaultConfiguration"_s, u"reportingConfiguration"_s},
          {u"properties"_s, u"bag"_s}}},
        {u"multiformatMessageString"_s, {{u"text!"_s, u"string"_s}, {u"markdown"_s, u"string"_s}}},
        {u"reportingConfiguration"_s, {{u"enabled"_s, u"boolean"_s}, {u"level"_s, u"enum none|note|warning|error"_s}}},
        {u"runAutomationDetails"_s, {{u"id"_s, u"string"_s}}},
        {u"invocation"_s,
         {{u"executionSuccessful!"_s, u"boolean"_s},
          {u"startTimeUtc"_s, u"date-time"_s},
          {u"endTimeUtc"_s, u"date-time"_s},
          {u"toolExecutionNotifications"_s, u"[notification]"_s}}},
        {u"notification"_s, {{u"message!"_s, u"message"_s}, {u"level"_s, u"enum none|note|warning|error"_s}}},
        {u"result"_s,
         {{u"message!"_s, u"message"_s},
          {u"ruleId"_s, u"string"_s},
          {u"ruleIndex"_s, u"integer"_s},
          {u"kind"_s, u"enum notApplicable|pass|fail|review|open|informational"_s},
          {u"level"_s, u"enum none|note|warning|error"_s},
          {u"locations"_s, u"[location]"_s},
          {u"partialFingerprints"_s, u"strings"_s},
          {u"properties"_s, u"bag"_s}}},
        {u"message"_s, {{u"text!"_s, u"string"_s}, {u"markdown"_s, u"string"_s}}},
        {u"location"_s,
         {{u"physicalLocation"_s, u"physicalLocation"_s}, {u"logicalLocations"_s, u"[logicalLocation]"_s}}},
        {u"physicalLocation"_s, {{u"artifactLocation!"_s, u"artifactLocation"_s}}},
        {u"artifactLocation"_s, {{u"uri"_s, u"uri"_s}}},
        {u"logicalLocation"_s,
         {{u"name"_s, u"string"_s}, {u"fullyQualifiedName"_s, u"string"_s}, {u"kind"_s, u"string"_s}}},
    };
    return known;
}

QString fault(const Json &value, const QString &type, const QString &path);

QString objectFault(const Json &value, const Members &members, const QString &path)
{
    const JsonObject *object = value.asObject();
    if (!object)
        return path + u": no object"_s;
    for (auto member = members.begin(); member != members.end(); ++member) {
        if (member.key().endsWith(u'!') && !object->find(member.key().chopped(1)))
            return path + u": has no "_s + member.key();
    }
    for (const auto &[name, child] : object->members()) {
        const QString type = members.value(name, members.value(name + u'!'));
        if (type.isEmpty())
            return path + u": may not have "_s + name;
        if (const QString found = fault(child, type, path + u'/' + name); !found.isEmpty())
            return found;
    }
    return {};
}

QString arrayFault(const Json &value, const QString &type, const QString &path)
{
    const JsonArray *array = value.asArray();
    if (!array)
        return path + u": no array"_s;
    for (std::size_t i = 0; i < array->size(); ++i) {
        const QString found = fault(array->at(i), type, path + u'/' + QString::number(i));
        if (!found.isEmpty())
            return found;
    }
    return {};
}

/// A property bag may have any members; its tags are different strings.
QString bagFault(const Json &value, const QString &path)
{
    const JsonObject *object = value.asObject();
    if (!object)
        return path + u": no object"_s;
    const Json *tags = object->find(u"tags");
    if (!tags)
        return {};
    if (const QString found = arrayFault(*tags, u"string"_s, path + u"/tags"_s); !found.isEmpty())
        return found;
    QSet<QString> different;
    for (const Json &tag : *tags->asArray())
        different += *tag.asString();
    return std::size_t(different.size()) == tags->asArray()->size() ? QString() : path + u": tags twice"_s;
}

QString stringsFault(const Json &value, const QString &path)
{
    const JsonObject *object = value.asObject();
    if (!object)
        return path + u": no object"_s;
    for (const auto &[name, child] : object->members()) {
        if (!child.asString())
            return path + u'/' + name + u": no string"_s;
    }
    return {};
}

QString textFault(const Json &value, const QString &type, const QString &path)
{
    const QString *text = value.asString();
    if (!text)
        return path + u": no string"_s;
    if (type.startsWith("enum "_L1))
        return type.mid(5).split(u'|').contains(*text) ? QString() : path + u": "_s + *text + u" is none of "_s + type;
    if (type == "uri"_L1)
        return QUrl(*text, QUrl::StrictMode).isValid() ? QString() : path + u": no URI: "_s + *text;
    if (type == "date-time"_L1)
        return text->endsWith(u'Z') && QDateTime::fromString(*text, Qt::ISODate).isValid() ? QString()
                                                                                           : path + u": no time"_s;
    return {};
}

QString fault(const Json &value, const QString &type, const QString &path)
{
    if (type.startsWith(u'['))
        return arrayFault(value, type.mid(1).chopped(1), path);
    if (type == "bag"_L1)
        return bagFault(value, path);
    if (type == "strings"_L1)
        return stringsFault(value, path);
    if (type == "boolean"_L1)
        return value.asBool() ? QString() : path + u": no boolean"_s;
    if (type == "integer"_L1) // All of them are indexes, of which -1 means that there is none.
        return std::holds_alternative<std::int64_t>(value.value()) && value.toDouble() >= -1 ? QString()
                                                                                             : path + u": no index"_s;
    if (const auto members = objects().find(type); members != objects().end())
        return objectFault(value, *members, path);
    return textFault(value, type, path);
}

} // namespace

QString sarifFault(const Json &document) { return fault(document, u"document"_s, {}); }

} // namespace bookdesk::lab
