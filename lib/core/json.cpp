#include "core/json.h"

#include "core/errors.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSet>

#include <simdjson.h>

#include <cmath>

namespace bookdesk {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Json)
};

namespace dom = simdjson::dom;

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Turns simdjson's document into our value; the first trouble ends it.
class Converter
{
public:
    Json convert(dom::element element)
    {
        switch (element.type()) {
        case dom::element_type::ARRAY: return convertArray(element.get_array().value_unsafe());
        case dom::element_type::OBJECT: return convertObject(element.get_object().value_unsafe());
        case dom::element_type::INT64: return Json(element.get_int64().value_unsafe());
        case dom::element_type::UINT64: return Json(element.get_uint64().value_unsafe());
        case dom::element_type::DOUBLE: return Json(element.get_double().value_unsafe());
        case dom::element_type::STRING: return Json(toQString(element.get_string().value_unsafe()));
        case dom::element_type::BOOL: return Json(element.get_bool().value_unsafe());
        case dom::element_type::NULL_VALUE: break;
        }
        return Json();
    }

    const QString &duplicate() const { return m_duplicate; }

private:
    Json convertArray(dom::array array)
    {
        JsonArray values;
        values.reserve(array.size());
        for (const dom::element element : array)
            values.push_back(convert(element));
        return Json(std::move(values));
    }

    Json convertObject(dom::object object)
    {
        JsonObject result;
        QSet<QString> seen;
        for (const dom::key_value_pair member : object) {
            const QString name = toQString(member.key);
            if (seen.contains(name)) {
                m_duplicate = name;
                continue;
            }
            seen.insert(name);
            result.append(name, convert(member.value));
        }
        return Json(std::move(result));
    }

    QString m_duplicate;
};

QByteArray numberText(double value)
{
    QByteArray text = QByteArray::number(value, 'g', QLocale::FloatingPointShortest);
    if (!text.contains('.') && !text.contains('e') && std::isfinite(value))
        text += ".0";
    return text;
}

QByteArray quoted(const QString &text)
{
    QByteArray out = "\"";
    for (const char c : text.toUtf8()) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20)
                out += "\\u00" + QByteArray::number(static_cast<unsigned char>(c), 16).rightJustified(2, '0');
            else
                out += c;
        }
    }
    return out + '"';
}

/// Writes compactly, or with each member and element on a line of its own where an indentation is given.
class Writer
{
public:
    explicit Writer(int indentation) : m_indentation(indentation) {}

    QByteArray write(const Json &value) const { return text(value, 0); }

private:
    QByteArray text(const Json &json, int level) const
    {
        struct Visitor
        {
            const Writer &writer;
            int level;
            QByteArray operator()(std::nullptr_t) const { return "null"; }
            QByteArray operator()(bool value) const { return value ? "true" : "false"; }
            QByteArray operator()(std::int64_t value) const { return QByteArray::number(qlonglong{value}); }
            QByteArray operator()(std::uint64_t value) const { return QByteArray::number(qulonglong{value}); }
            QByteArray operator()(double value) const { return numberText(value); }
            QByteArray operator()(const QString &value) const { return quoted(value); }
            QByteArray operator()(const JsonArray &array) const
            {
                QByteArrayList items;
                for (const Json &item : array)
                    items += writer.text(item, level + 1);
                return writer.enclosed('[', items, ']', level);
            }
            QByteArray operator()(const JsonObject &object) const
            {
                QByteArrayList items;
                for (const auto &[name, value] : object.members())
                    items += quoted(name) + (writer.m_indentation > 0 ? ": " : ":") +
                             writer.text(value, level + 1);
                return writer.enclosed('{', items, '}', level);
            }
        };
        return std::visit(Visitor{*this, level}, json.value());
    }

    QByteArray enclosed(char open, const QByteArrayList &items, char close, int level) const
    {
        if (m_indentation == 0 || items.isEmpty())
            return open + items.join(',') + close;
        const QByteArray inner = '\n' + QByteArray((level + 1) * m_indentation, ' ');
        const QByteArray outer = '\n' + QByteArray(level * m_indentation, ' ');
        return open + inner + items.join(',' + inner) + outer + close;
    }

    int m_indentation;
};

Error invalid(simdjson::error_code code)
{
    return {errors::jsonInvalid, Texts::tr("This is not valid JSON."),
            QString::fromLatin1(simdjson::error_message(code))};
}

} // namespace

JsonObject::JsonObject(std::initializer_list<JsonMember> members)
{
    for (const JsonMember &member : members)
        set(member.first, member.second);
}

const Json *JsonObject::find(QStringView name) const
{
    for (const auto &[memberName, value] : m_members) {
        if (memberName == name)
            return &value;
    }
    return nullptr;
}

void JsonObject::set(QString name, Json value)
{
    for (JsonMember &member : m_members) {
        if (member.first == name) {
            member.second = std::move(value);
            return;
        }
    }
    append(std::move(name), std::move(value));
}

void JsonObject::append(QString name, Json value) { m_members.emplace_back(std::move(name), std::move(value)); }

void JsonObject::remove(QStringView name)
{
    std::erase_if(m_members, [name](const JsonMember &member) { return member.first == name; });
}

bool operator==(const JsonObject &left, const JsonObject &right) { return left.m_members == right.m_members; }

bool operator==(const Json &left, const Json &right) { return left.m_value == right.m_value; }

bool Json::isNumber() const
{
    return std::holds_alternative<std::int64_t>(m_value) || std::holds_alternative<std::uint64_t>(m_value) ||
           std::holds_alternative<double>(m_value);
}

double Json::toDouble() const
{
    if (const auto *value = std::get_if<std::int64_t>(&m_value))
        return static_cast<double>(*value);
    if (const auto *value = std::get_if<std::uint64_t>(&m_value))
        return static_cast<double>(*value);
    if (const auto *value = std::get_if<double>(&m_value))
        return *value;
    return 0;
}

QString Json::typeName() const
{
    struct Visitor
    {
        QString operator()(std::nullptr_t) const { return Texts::tr("null"); }
        QString operator()(bool) const { return Texts::tr("a boolean"); }
        QString operator()(std::int64_t) const { return Texts::tr("a number"); }
        QString operator()(std::uint64_t) const { return Texts::tr("a number"); }
        QString operator()(double) const { return Texts::tr("a number"); }
        QString operator()(const QString &) const { return Texts::tr("a string"); }
        QString operator()(const JsonArray &) const { return Texts::tr("an array"); }
        QString operator()(const JsonObject &) const { return Texts::tr("an object"); }
    };
    return std::visit(Visitor{}, m_value);
}

Result<Json> parseJson(QByteArrayView text, JsonLimits limits)
{
    if (text.size() > limits.bytes)
        return failure(errors::jsonTooLarge, Texts::tr("This JSON text is larger than Bookdesk accepts."),
                       Texts::tr("%1 bytes, at most %2").arg(text.size()).arg(limits.bytes));
    if (text.isEmpty())
        return failure(invalid(simdjson::EMPTY)); // Its address may be null, which simdjson would copy from.
    thread_local dom::parser parser;
    if (const auto error = parser.allocate(static_cast<std::size_t>(text.size()) + 1,
                                           static_cast<std::size_t>(limits.depth));
        error != simdjson::SUCCESS)
        return failure(invalid(error));
    dom::element element;
    // Copied, because simdjson reads a few bytes past the end.
    if (const auto error = parser.parse(text.data(), static_cast<std::size_t>(text.size()), true).get(element);
        error != simdjson::SUCCESS)
        return failure(invalid(error));
    Converter converter;
    Json value = converter.convert(element);
    if (!converter.duplicate().isNull())
        return failure(errors::jsonDuplicateMember,
                       Texts::tr("A member stands twice in this JSON text, so its value is in doubt."),
                       converter.duplicate());
    return value;
}

Result<JsonObject> parseJsonObject(QByteArrayView text, JsonLimits limits)
{
    Result<Json> value = parseJson(text, limits);
    if (!value)
        return failure(value.error());
    if (const JsonObject *object = value->asObject())
        return *object;
    return failure(errors::jsonWrongType, Texts::tr("This JSON text must be an object."),
                   Texts::tr("got %1").arg(value->typeName()));
}

QByteArray toCompactJson(const Json &value) { return Writer(0).write(value); }

QByteArray toPrettyJson(const Json &value) { return Writer(2).write(value); }

} // namespace bookdesk
