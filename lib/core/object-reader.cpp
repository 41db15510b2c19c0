#include "core/object-reader.h"

#include "core/errors.h"
#include "core/text.h"

#include <QCoreApplication>

namespace bookdesk {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ObjectReader)
};

std::optional<QStringList> stringsIn(const Json &value)
{
    const JsonArray *array = value.asArray();
    if (!array)
        return std::nullopt;
    QStringList strings;
    for (const Json &item : *array) {
        const QString *string = item.asString();
        if (!string)
            return std::nullopt;
        strings += *string;
    }
    return strings;
}

} // namespace

ObjectReader::ObjectReader(const JsonObject &object, QString what)
    : m_object(object)
    , m_what(std::move(what))
{}

const Json *ObjectReader::optionalMember(const QString &name)
{
    m_asked += name;
    const Json *value = m_object.find(name);
    return value && !value->isNull() ? value : nullptr;
}

const Json *ObjectReader::member(const QString &name)
{
    m_asked += name;
    const Json *value = m_object.find(name);
    if (!value)
        fail(errors::jsonMemberMissing, Texts::tr("%1: the member \"%2\" is missing.").arg(m_what, name),
             {{facts::member, name}});
    return value;
}

void ObjectReader::fail(ErrorCode code, const QString &message, const Facts &facts)
{
    if (!m_error)
        m_error = Error{code, message, {}, facts};
}

void ObjectReader::failType(const QString &name, const QString &expected, const Json &got)
{
    fail(errors::jsonWrongType,
         Texts::tr("%1: the member \"%2\" has the wrong type. Expected: %3. Found: %4.")
             .arg(m_what, name, expected, got.typeName()),
         {{facts::member, name}, {facts::expected, expected}, {facts::got, got.typeName()}});
}

QString ObjectReader::string(const QString &name)
{
    const Json *value = member(name);
    if (!value)
        return {};
    if (const QString *string = value->asString())
        return *string;
    failType(name, Texts::tr("a string"), *value);
    return {};
}

QStringList ObjectReader::strings(const QString &name)
{
    const Json *value = member(name);
    if (!value)
        return {};
    if (const std::optional<QStringList> strings = stringsIn(*value))
        return *strings;
    failType(name, Texts::tr("an array of strings"), *value);
    return {};
}

const JsonObject *ObjectReader::object(const QString &name)
{
    const Json *value = member(name);
    if (value && !value->asObject())
        failType(name, Texts::tr("an object"), *value);
    return value ? value->asObject() : nullptr;
}

const JsonArray *ObjectReader::array(const QString &name)
{
    const Json *value = member(name);
    if (value && !value->asArray())
        failType(name, Texts::tr("an array"), *value);
    return value ? value->asArray() : nullptr;
}

std::optional<QString> ObjectReader::optionalString(const QString &name)
{
    if (!optionalMember(name))
        return std::nullopt;
    return string(name);
}

Result<void> ObjectReader::finish() const
{
    if (m_error)
        return failure(*m_error);
    return {};
}

Result<void> ObjectReader::finishStrictly() const
{
    if (m_error)
        return failure(*m_error);
    for (const auto &[name, value] : m_object.members()) {
        if (!m_asked.contains(name))
            return failure(errors::jsonMemberUnknown,
                           Texts::tr("%1: Bookdesk does not know the member \"%2\".").arg(m_what, visible(name)), {},
                           {foreignFact(facts::member, name)});
    }
    return {};
}

} // namespace bookdesk
