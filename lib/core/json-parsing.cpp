#include "core/errors.h"
#include "core/json-names.h"
#include "core/json-parser.h"
#include "core/json-text.h"
#include "core/json.h"
#include "core/redaction.h"
#include "core/shared-texts.h"

#include <QCoreApplication>
#include <QScopeGuard>
#include <QSet>

#include <simdjson.h>

#include <bitset>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Json)
};

namespace dom = simdjson::dom;

QByteArrayView view(std::string_view text) { return {text.data(), static_cast<qsizetype>(text.size())}; }

/// Tells names that stand twice in one object.
class SeenNames
{
public:
    /// Whether the name of that number was asked about before.
    bool containsKnown(std::size_t number)
    {
        const bool isSeen = m_known.test(number);
        m_known.set(number);
        return isSeen;
    }

    /// Whether @p name is one of @p object's, all of whose names were asked about before.
    bool contains(const QString &name, const JsonObject &object)
    {
        return object.members().size() > few ? isAmongMany(name, object.members()) : object.find(name) != nullptr;
    }

private:
    static constexpr std::size_t few = 48;

    bool isAmongMany(const QString &name, const std::vector<JsonMember> &members)
    {
        for (auto i = static_cast<std::size_t>(m_many.size()); i < members.size(); ++i)
            m_many.insert(members[i].first);
        return m_many.contains(name);
    }

    std::bitset<JsonNames::most> m_known;
    QSet<QString> m_many; ///< The members' names, only where they are many.
};

/// Turns simdjson's document into our value; the first trouble ends it.
class Converter
{
public:
    /// @param text the JSON text, as long as all the texts in it: each is between two quotes. Must outlive it.
    Converter(QByteArrayView text, const JsonNames &names)
        : m_names(names)
        , m_numbers(text)
        , m_mayHaveNegativeZero(mayHaveNegativeZero(text))
    {
        if (text.size() <= largestShared)
            m_texts.emplace(text.size());
    }

    /// Hands the value to @p take as what it is, so that it is made in its place.
    template <class Take> void convert(dom::element element, const Take &take)
    {
        switch (element.type()) {
        case dom::element_type::ARRAY:
            return take(converted(element.get_array().value_unsafe()));
        case dom::element_type::OBJECT:
            return take(converted(element.get_object().value_unsafe()));
        case dom::element_type::INT64:
            if (m_mayHaveNegativeZero && element.get_int64().value_unsafe() == 0)
                return take(zero());
            ++m_passed;
            return take(element.get_int64().value_unsafe());
        case dom::element_type::UINT64:
            ++m_passed;
            return take(element.get_uint64().value_unsafe());
        case dom::element_type::DOUBLE:
            return take(number(element.get_double().value_unsafe()));
        case dom::element_type::STRING:
            return take(text(view(element.get_string().value_unsafe())));
        case dom::element_type::BOOL:
            return take(element.get_bool().value_unsafe());
        case dom::element_type::NULL_VALUE:
            return take(nullptr);
        }
    }

    Json whole(dom::element root)
    {
        Json value;
        convert(root, [&value](auto &&made) { value = Json(std::forward<decltype(made)>(made)); });
        return value;
    }

    ObjectWithSecrets withSecretsApart(dom::object object)
    {
        std::map<QString, Secret> secrets;
        const auto readValue = [this, &secrets](const QString &name, dom::element value, const auto &take) {
            if (!isSecretMember(name) || !value.is_string())
                return convert(value, take);
            secrets.emplace(name, Secret(view(value.get_string().value_unsafe())));
            take(removedMark());
        };
        JsonObject shown = members(object, readValue);
        return {std::move(shown), std::move(secrets)};
    }

    const std::optional<QString> &duplicate() const { return m_duplicate; }

private:
    // One text that is kept of a large document must not keep the memory of all of them.
    static constexpr qsizetype largestShared = 4 * 1024;

    JsonArray converted(dom::array array)
    {
        JsonArray values;
        values.reserve(array.size());
        const auto append = [&values](auto &&value) { values.emplace_back(std::forward<decltype(value)>(value)); };
        for (const dom::element element : array)
            convert(element, append);
        return values;
    }

    JsonObject converted(dom::object object)
    {
        return members(object, [this](const QString &, dom::element value, const auto &take) { convert(value, take); });
    }

    /// @param readValue hands a member's value to what it is given.
    template <class ReadValue> JsonObject members(dom::object object, const ReadValue &readValue)
    {
        JsonObject result;
        result.reserve(object.size());
        SeenNames seen;
        for (const dom::key_value_pair member : object) {
            const JsonNames::Known *known = m_names.find(member.key);
            QString name = known ? known->text : unicodeText(view(member.key));
            if (known ? seen.containsKnown(known->number) : seen.contains(name, result)) {
                m_duplicate = name;
                break;
            }
            readValue(name, member.value, [&result, &name](auto &&value) {
                result.emplace(std::move(name), std::forward<decltype(value)>(value));
            });
        }
        return result;
    }

    /// As it is written, where writing @p value would not give that text.
    Json number(double value)
    {
        const QByteArrayView written = m_numbers.after(std::exchange(m_passed, 0));
        return toCompactJson(Json(value)) == written ? Json(value) : Json(WrittenNumber{written.toByteArray()});
    }

    Json zero()
    {
        const QByteArrayView written = m_numbers.after(std::exchange(m_passed, 0));
        return written.startsWith('-') ? Json(WrittenNumber{written.toByteArray()}) : Json(0);
    }

    QString text(QByteArrayView utf8) { return m_texts ? m_texts->add(utf8) : unicodeText(utf8); }

    const JsonNames &m_names;
    NumberTexts m_numbers;
    bool m_mayHaveNegativeZero;
    qsizetype m_passed = 0; ///< Numbers since the last one that was looked up.
    std::optional<SharedTexts> m_texts;
    std::optional<QString> m_duplicate;
};

Error invalid(const QString &why)
{
    return {errors::jsonInvalid, Texts::tr("This is not valid JSON."), {}, {{facts::reason, why}}};
}

Error invalid(simdjson::error_code code) { return invalid(QString::fromLatin1(simdjson::error_message(code))); }

simdjson::simdjson_result<dom::element> read(QByteArrayView text, int depth, JsonParser &parser)
{
    const auto element = parser.parse(text, depth);
    if (element.error() == simdjson::SUCCESS)
        return element;
    // Which error says that it was such an integer differs between simdjson's releases.
    const CleansedVector<char> rewritten = withHugeIntegersAsDoubles(text);
    return static_cast<qsizetype>(rewritten.size()) == text.size() ? element : parser.parse(rewritten, depth);
}

/// Reads @p text and gives its root and a Converter for it to @p convert, which makes a Result of them.
template <class Convert>
auto parsed(QByteArrayView text, JsonLimits limits, const JsonNames &names, const Convert &convert)
    -> decltype(convert(dom::element(), std::declval<Converter &>()))
{
    if (text.size() > limits.bytes)
        return failure(
            errors::jsonTooLarge, Texts::tr("This JSON text is larger than Bookdesk accepts."), {},
            {{facts::bytes, QString::number(text.size())}, {facts::mostBytes, QString::number(limits.bytes)}});
    if (text.isEmpty())
        return failure(invalid(simdjson::EMPTY)); // Its address may be null, which simdjson would copy from.
    // RFC 8259 section 8.1; some of simdjson's releases pass over it.
    if (text.startsWith("\xef\xbb\xbf"))
        return failure(invalid(Texts::tr("a byte order mark")));
    thread_local JsonParser parser;
    const auto wiped = qScopeGuard([] { parser.wipe(); });
    dom::element root;
    if (const auto error = read(text, limits.depth, parser).get(root); error != simdjson::SUCCESS)
        return failure(invalid(error));
    if (hasHalfAPair(text))
        return failure(invalid(Texts::tr("half of a surrogate pair")));
    Converter converter(text, names);
    auto converted = convert(root, converter);
    if (converter.duplicate())
        return failure(errors::jsonDuplicateMember,
                       Texts::tr("A member stands twice in this JSON text, so its value is in doubt."), {},
                       {foreignFact(facts::member, *converter.duplicate())});
    return converted;
}

tl::unexpected<Error> notAnObject(const QString &typeName)
{
    return failure(errors::jsonWrongType, Texts::tr("This JSON text must be an object."), {}, {{facts::got, typeName}});
}

} // namespace

Result<Json> parseJson(QByteArrayView text, JsonLimits limits)
{
    return parsed(text, limits, {},
                  [](dom::element root, Converter &converter) -> Result<Json> { return converter.whole(root); });
}

Result<JsonObject> parseJsonObject(QByteArrayView text, JsonLimits limits, const JsonNames &names)
{
    return parsed(text, limits, names, [](dom::element root, Converter &converter) -> Result<JsonObject> {
        Json value = converter.whole(root);
        if (JsonObject *object = value.asObject())
            return std::move(*object);
        return notAnObject(value.typeName());
    });
}

Result<ObjectWithSecrets> parseObjectWithSecrets(const Secret &text, JsonLimits limits)
{
    return parsed(text.reveal(), limits, {}, [](dom::element root, Converter &converter) -> Result<ObjectWithSecrets> {
        if (root.is_object())
            return converter.withSecretsApart(root.get_object().value_unsafe());
        return notAnObject(converter.whole(root).typeName());
    });
}

} // namespace bookdesk
