#include "core/json.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace bookdesk {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Json)
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
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
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
    explicit Writer(int indentation)
        : m_indentation(indentation)
    {}

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
            QByteArray operator()(const WrittenNumber &number) const { return number.text; }
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
                    items += quoted(name) + (writer.m_indentation > 0 ? ": " : ":") + writer.text(value, level + 1);
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

} // namespace

JsonObject::JsonObject(std::initializer_list<JsonMember> members)
{
    for (const JsonMember &member : members)
        set(member.first, member.second);
}

const Json *JsonObject::find(QStringView name) const
{
    const auto hasThatName = [name](const JsonMember &member) {
        return member.first.size() == name.size() && std::equal(name.begin(), name.end(), member.first.begin());
    };
    const auto found = std::ranges::find_if(m_members, hasThatName);
    return found != m_members.end() ? &found->second : nullptr;
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

void JsonObject::append(const JsonObject &other)
{
    m_members.insert(m_members.end(), other.m_members.begin(), other.m_members.end());
}

void JsonObject::remove(QStringView name)
{
    std::erase_if(m_members, [name](const JsonMember &member) { return member.first == name; });
}

bool operator==(const JsonObject &left, const JsonObject &right) { return left.m_members == right.m_members; }

bool operator==(const Json &left, const Json &right) { return left.m_value == right.m_value; }

bool Json::isNumber() const
{
    return std::holds_alternative<std::int64_t>(m_value) || std::holds_alternative<std::uint64_t>(m_value) ||
           std::holds_alternative<double>(m_value) || std::holds_alternative<WrittenNumber>(m_value);
}

double Json::toDouble() const
{
    if (const auto *value = std::get_if<std::int64_t>(&m_value))
        return static_cast<double>(*value);
    if (const auto *value = std::get_if<std::uint64_t>(&m_value))
        return static_cast<double>(*value);
    if (const auto *value = std::get_if<double>(&m_value))
        return *value;
    if (const auto *number = std::get_if<WrittenNumber>(&m_value))
        return number->toDouble();
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
        QString operator()(const WrittenNumber &) const { return Texts::tr("a number"); }
        QString operator()(const QString &) const { return Texts::tr("a string"); }
        QString operator()(const JsonArray &) const { return Texts::tr("an array"); }
        QString operator()(const JsonObject &) const { return Texts::tr("an object"); }
    };
    return std::visit(Visitor{}, m_value);
}

QByteArray toCompactJson(const Json &value) { return Writer(0).write(value); }

QByteArray toPrettyJson(const Json &value) { return Writer(2).write(value); }

} // namespace bookdesk
