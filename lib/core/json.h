/// JSON values as they were written: members keep their order, duplicate members are refused.
#pragma once

#include "core/json-names.h"
#include "core/result.h"
#include "core/secret.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <cstdint>
#include <initializer_list>
#include <map>
#include <utility>
#include <variant>
#include <vector>

namespace bookdesk {

class Json;
using JsonArray = std::vector<Json>;
using JsonMember = std::pair<QString, Json>;

/// An object whose members keep their order.
class JsonObject
{
public:
    JsonObject() = default;
    JsonObject(std::initializer_list<JsonMember> members);

    /// The member's value, or nullptr.
    const Json *find(QStringView name) const;
    void reserve(std::size_t size);
    /// Adds a member whose name is known to be new.
    void append(QString name, Json value);
    /// Adds all members of @p other, whose names are known to be new.
    void append(const JsonObject &other);
    /// As append, but constructs the value in place. @param value anything that a Json can be made from.
    template <class Value> void emplace(QString name, Value &&value)
    {
        m_members.emplace_back(std::move(name), std::forward<Value>(value));
    }
    /// Replaces the member in its place, or appends it.
    void set(QString name, Json value);
    void remove(QStringView name);

    const std::vector<JsonMember> &members() const { return m_members; }
    bool isEmpty() const;

    friend bool operator==(const JsonObject &, const JsonObject &);

private:
    std::vector<JsonMember> m_members;
};

/// A number as it was written that would be another text if it were read and written again: an integer beyond 64 bits,
/// a long fraction, "1e5", "1.50", "-0". A plain value, equal to those of the same text.
struct WrittenNumber
{
    QByteArray text;

    double toDouble() const { return text.toDouble(); }
    friend bool operator==(const WrittenNumber &, const WrittenNumber &) = default;
};

/// One JSON value (RFC 8259). Plain and comparable. Any thread.
class Json
{
public:
    using Value = std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, double, WrittenNumber, QString,
                               JsonArray, JsonObject>;

    Json() = default;
    Json(std::nullptr_t) {}
    Json(bool value)
        : m_value(value)
    {}
    Json(int value)
        : m_value(std::int64_t{value})
    {}
    Json(std::int64_t value)
        : m_value(value)
    {}
    Json(std::uint64_t value)
        : m_value(value)
    {}
    Json(double value)
        : m_value(value)
    {}
    Json(WrittenNumber value)
        : m_value(std::move(value))
    {}
    Json(QString value)
        : m_value(std::move(value))
    {}
    Json(JsonArray value)
        : m_value(std::move(value))
    {}
    Json(JsonObject value)
        : m_value(std::move(value))
    {}
    Json(const char *) = delete; // would convert to bool

    const Value &value() const { return m_value; }
    bool isNull() const { return std::holds_alternative<std::nullptr_t>(m_value); }
    /// The value where it is of that type, else nullptr.
    const bool *asBool() const { return std::get_if<bool>(&m_value); }
    const QString *asString() const { return std::get_if<QString>(&m_value); }
    const JsonArray *asArray() const { return std::get_if<JsonArray>(&m_value); }
    const JsonObject *asObject() const { return std::get_if<JsonObject>(&m_value); }
    JsonObject *asObject() { return std::get_if<JsonObject>(&m_value); }
    /// Any number, as a double (whole numbers are exact up to 2^53).
    bool isNumber() const;
    double toDouble() const;
    /// The type's name in plain English: "a string", "a number", …
    QString typeName() const;

    friend bool operator==(const Json &, const Json &);

private:
    Value m_value = nullptr;
};

// Defined here, because Clang needs the complete Json for the vector of it.
inline bool JsonObject::isEmpty() const { return m_members.empty(); }
inline void JsonObject::reserve(std::size_t size) { m_members.reserve(size); }

/// How much JSON text is read at most, and how deeply it may be nested.
struct JsonLimits
{
    qsizetype bytes = 1024 * 1024;
    int depth = 32;
};

/// Reads one JSON text within @p limits. Refuses invalid UTF-8, unpaired surrogates, duplicate members and anything
/// after the text. Numbers are written again as they were read. Errors: json.invalid, json.too-large,
/// json.duplicate-member.
Result<Json> parseJson(QByteArrayView text, JsonLimits limits = {});

/// As parseJson, and the text must be an object. @p names are those that it probably has. Errors: also json.wrong-type.
Result<JsonObject> parseJsonObject(QByteArrayView text, JsonLimits limits = {}, const JsonNames &names = {});

/// An object whose secrets were set apart while it was read, so that they never became text.
struct ObjectWithSecrets
{
    JsonObject shown;                  ///< With a mark (`‹removed›`) in place of each secret.
    std::map<QString, Secret> secrets; ///< By the member's name.
};

/// As parseJsonObject. A member's string is a secret if isSecretMember says so of its name; objects in the object are
/// read as they are. Leaves no copy of the text.
Result<ObjectWithSecrets> parseObjectWithSecrets(const Secret &text, JsonLimits limits = {});

/// Compact UTF-8 with members in their order, as Python's `json.dumps(…, separators=(",", ":"), ensure_ascii=False)`.
QByteArray toCompactJson(const Json &value);

/// Indented by two spaces, for people.
QByteArray toPrettyJson(const Json &value);

} // namespace bookdesk
