#include "core/errors.h"
#include "core/json-names.h"
#include "core/json.h"

#include <QCoreApplication>
#include <QSet>

#include <simdjson.h>

#include <algorithm>
#include <bitset>
#include <optional>

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
    /// True where @p name is one of @p members, which are all that were asked about before.
    bool contains(const QString &name, std::uint32_t hash, const std::vector<JsonMember> &members)
    {
        // Nearly every name of a small object is the first with its mark, and need not be compared.
        const std::size_t mark = hash % m_marks.size();
        if (!m_marks.test(mark)) {
            m_marks.set(mark);
            return false;
        }
        return members.size() > few ? isAmongMany(name, members)
                                    : std::ranges::find(members, name, &JsonMember::first) != members.end();
    }

private:
    static constexpr std::size_t few = 48;

    bool isAmongMany(const QString &name, const std::vector<JsonMember> &members)
    {
        for (auto i = static_cast<std::size_t>(m_many.size()); i < members.size(); ++i)
            m_many.insert(members[i].first);
        return m_many.contains(name);
    }

    std::bitset<512> m_marks;
    QSet<QString> m_many; ///< The members' names, only where they are many.
};

/// Turns simdjson's document into our value; the first trouble ends it.
class Converter
{
public:
    /// @param textSize of the JSON text, which has room for all the texts in it: each stands between two quotes.
    explicit Converter(qsizetype textSize)
    {
        if (textSize <= largestShared)
            m_texts.emplace(textSize);
    }

    /// Hands the value to @p take as what it is, so that it is made where it will stand.
    template <class Take> void convert(dom::element element, const Take &take)
    {
        switch (element.type()) {
        case dom::element_type::ARRAY:
            return take(converted(element.get_array().value_unsafe()));
        case dom::element_type::OBJECT:
            return take(converted(element.get_object().value_unsafe()));
        case dom::element_type::INT64:
            return take(element.get_int64().value_unsafe());
        case dom::element_type::UINT64:
            return take(element.get_uint64().value_unsafe());
        case dom::element_type::DOUBLE:
            return take(element.get_double().value_unsafe());
        case dom::element_type::STRING:
            return take(text(view(element.get_string().value_unsafe())));
        case dom::element_type::BOOL:
            return take(element.get_bool().value_unsafe());
        case dom::element_type::NULL_VALUE:
            return take(nullptr);
        }
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
        JsonObject result;
        result.reserve(object.size());
        SeenNames seen;
        for (const dom::key_value_pair member : object) {
            const HashedName hashed(view(member.key));
            QString name = jsonName(hashed);
            if (seen.contains(name, hashed.hash(), result.members())) {
                m_duplicate = name;
                break;
            }
            convert(member.value, [&result, &name](auto &&value) {
                result.emplace(std::move(name), std::forward<decltype(value)>(value));
            });
        }
        return result;
    }

    QString text(QByteArrayView utf8) { return m_texts ? m_texts->add(utf8) : unicodeText(utf8); }

    std::optional<SharedTexts> m_texts;
    std::optional<QString> m_duplicate;
};

Error invalid(const QString &why)
{
    return {errors::jsonInvalid, Texts::tr("This is not valid JSON."), {}, {{facts::reason, why}}};
}

Error invalid(simdjson::error_code code) { return invalid(QString::fromLatin1(simdjson::error_message(code))); }

/// The four hexadecimal digits behind `\u`; nothing where there is no such escape at the beginning.
std::optional<char16_t> escapedUnit(QByteArrayView text)
{
    if (text.size() < 6 || text[0] != '\\' || text[1] != 'u')
        return std::nullopt;
    bool isNumber = false;
    const ushort unit = text.sliced(2, 4).toByteArray().toUShort(&isNumber, 16);
    return isNumber ? std::optional<char16_t>(unit) : std::nullopt;
}

/// Whether a `\u` escape is half of a surrogate pair, which no UTF-8 can hold; simdjson makes other characters of some.
/// @param text is valid JSON otherwise, so backslashes stand in strings only.
bool hasHalfAPair(QByteArrayView text)
{
    for (qsizetype i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', i)) {
        const std::optional<char16_t> unit = escapedUnit(text.sliced(i));
        if (!unit || !QChar::isSurrogate(*unit)) {
            i += 2; // past what is escaped, which may be a backslash
            continue;
        }
        const std::optional<char16_t> next = escapedUnit(text.sliced(i + 6));
        if (!QChar::isHighSurrogate(*unit) || !next || !QChar::isLowSurrogate(*next))
            return true;
        i += 12;
    }
    return false;
}

/// Where the token of JSON at @p begin ends that is a number, or begins like one.
qsizetype endOfNumber(QByteArrayView text, qsizetype begin)
{
    static constexpr QByteArrayView letters = "0123456789+-.eE";
    qsizetype end = begin;
    while (end < text.size() && letters.contains(text[end]))
        ++end;
    return end;
}

/// Past the closing quote of the string that begins at @p begin.
qsizetype endOfString(QByteArrayView text, qsizetype begin)
{
    for (qsizetype i = begin + 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            return i + 1;
    }
    return text.size();
}

bool isInteger(QByteArrayView number)
{
    return std::ranges::all_of(number, [](char c) { return c == '-' || (c >= '0' && c <= '9'); });
}

/// The text with "e0" behind each integer that may not fit into 64 bits, so that it is read as a double (RFC 8259
/// section 6); simdjson would refuse the whole text.
QByteArray withHugeIntegersAsDoubles(QByteArrayView text)
{
    constexpr qsizetype fewestDigits = 19;
    QByteArray result;
    for (qsizetype i = 0; i < text.size();) {
        const bool isNumber = text[i] == '-' || (text[i] >= '0' && text[i] <= '9');
        const qsizetype end = text[i] == '"' ? endOfString(text, i) : isNumber ? endOfNumber(text, i) : i + 1;
        const QByteArrayView token = text.sliced(i, end - i);
        result += token;
        if (isNumber && token.size() >= fewestDigits && isInteger(token))
            result += "e0";
        i = end;
    }
    return result;
}

/// Keeps its buffers for the thread's next text, unless they are unusually large.
class Parser
{
public:
    simdjson::simdjson_result<dom::element> parse(QByteArrayView text, int depth)
    {
        const auto size = static_cast<std::size_t>(text.size());
        if (m_parser.capacity() < size || m_parser.capacity() > largestKept ||
            m_parser.max_depth() != static_cast<std::size_t>(depth)) {
            m_parser = dom::parser();
            if (const auto error = m_parser.allocate(std::max(size, usual), static_cast<std::size_t>(depth));
                error != simdjson::SUCCESS)
                return error;
        }
        // Copied, because simdjson reads a few bytes past the end.
        return m_parser.parse(text.data(), size, true);
    }

private:
    static constexpr std::size_t usual = 16 * 1024;
    static constexpr std::size_t largestKept = 256 * 1024;
    dom::parser m_parser;
};

simdjson::simdjson_result<dom::element> read(QByteArrayView text, int depth, Parser &parser)
{
    const auto element = parser.parse(text, depth);
    if (element.error() == simdjson::SUCCESS)
        return element;
    // Which error says that it was such an integer differs between simdjson's releases.
    const QByteArray rewritten = withHugeIntegersAsDoubles(text);
    return rewritten.size() == text.size() ? element : parser.parse(rewritten, depth);
}

} // namespace

Result<Json> parseJson(QByteArrayView text, JsonLimits limits)
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
    thread_local Parser parser;
    dom::element element;
    if (const auto error = read(text, limits.depth, parser).get(element); error != simdjson::SUCCESS)
        return failure(invalid(error));
    if (hasHalfAPair(text))
        return failure(invalid(Texts::tr("half of a surrogate pair")));
    Converter converter(text.size());
    Json value;
    converter.convert(element,
                      [&value](auto &&converted) { value = Json(std::forward<decltype(converted)>(converted)); });
    if (converter.duplicate())
        return failure(errors::jsonDuplicateMember,
                       Texts::tr("A member stands twice in this JSON text, so its value is in doubt."), {},
                       {foreignFact(facts::member, *converter.duplicate())});
    return value;
}

Result<JsonObject> parseJsonObject(QByteArrayView text, JsonLimits limits)
{
    Result<Json> value = parseJson(text, limits);
    if (!value)
        return failure(value.error());
    if (JsonObject *object = value->asObject())
        return std::move(*object);
    return failure(errors::jsonWrongType, Texts::tr("This JSON text must be an object."), {},
                   {{facts::got, value->typeName()}});
}

} // namespace bookdesk
