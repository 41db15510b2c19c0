#include "jose/claim-path.h"

#include "core/text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

constexpr qsizetype longestText = 256;
constexpr qsizetype mostNames = 8;

bool isPlainCharacter(QChar character)
{
    const char16_t c = character.unicode();
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_' || c == u'-' ||
           c == u':' || c == u'$';
}

bool isPlainName(const QString &name) { return !name.isEmpty() && std::ranges::all_of(name, isPlainCharacter); }

/// Takes names off the front of a text.
class PathReader
{
public:
    explicit PathReader(QStringView text)
        : m_rest(text)
    {}

    std::optional<QStringList> names()
    {
        QStringList names;
        do {
            const std::optional<QString> name = nextName(names.isEmpty());
            if (!name || name->isEmpty() || names.size() == mostNames)
                return std::nullopt;
            names += *name;
        } while (!m_rest.isEmpty());
        return names;
    }

private:
    std::optional<QString> nextName(bool isFirst)
    {
        if (m_rest.startsWith(u'['))
            return bracketed();
        if (!isFirst && !take(u'.'))
            return std::nullopt;
        const auto *end = std::ranges::find_if_not(m_rest, isPlainCharacter);
        const qsizetype size = end - m_rest.begin();
        const QString name = m_rest.first(size).toString();
        m_rest = m_rest.sliced(size);
        return name;
    }

    std::optional<QString> bracketed()
    {
        QString name;
        if (!take(u'[') || !take(u'"'))
            return std::nullopt;
        while (!m_rest.isEmpty() && m_rest.front() != u'"') {
            if (take(u'\\') && !m_rest.startsWith(u'"') && !m_rest.startsWith(u'\\'))
                return std::nullopt;
            if (m_rest.isEmpty())
                return std::nullopt;
            name += m_rest.front();
            m_rest = m_rest.sliced(1);
        }
        return take(u'"') && take(u']') ? std::optional(name) : std::nullopt;
    }

    bool take(QChar character)
    {
        if (!m_rest.startsWith(character))
            return false;
        m_rest = m_rest.sliced(1);
        return true;
    }

    QStringView m_rest;
};

QString bracketedName(QString name)
{
    name.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return u"[\"%1\"]"_s.arg(name);
}

void putAt(JsonObject &object, QStringList names, Json value)
{
    const QString name = names.takeFirst();
    if (names.isEmpty())
        return object.set(name, std::move(value));
    const Json *there = object.find(name);
    JsonObject inner = there && there->asObject() ? *there->asObject() : JsonObject();
    putAt(inner, std::move(names), std::move(value));
    object.set(name, std::move(inner));
}

/// Nothing where an entry is no string: then nobody knows what the list means.
QStringList listed(const JsonArray &entries)
{
    QStringList names;
    names.reserve(static_cast<qsizetype>(entries.size()));
    for (const Json &entry : entries) {
        const QString *name = entry.asString();
        if (!name)
            return {};
        names += *name;
    }
    return names;
}

QStringList keysOf(const JsonObject &object)
{
    QStringList names;
    for (const JsonMember &member : object.members())
        names += member.first;
    return names;
}

QStringList readNames(const Json &value, const ClaimPlaces &places)
{
    if (const QString *text = value.asString()) {
        if (places.allows(ClaimForm::words))
            return text->split(u' ', Qt::SkipEmptyParts);
        return places.allows(ClaimForm::text) && !text->isEmpty() ? QStringList{*text} : QStringList();
    }
    if (const JsonArray *entries = value.asArray())
        return places.allows(ClaimForm::list) ? listed(*entries) : QStringList();
    if (const JsonObject *object = value.asObject())
        return places.allows(ClaimForm::keys) ? keysOf(*object) : QStringList();
    return {};
}

} // namespace

std::optional<ClaimPath> ClaimPath::parse(const QString &text)
{
    if (text.isEmpty() || text.size() > longestText || visible(text) != text)
        return std::nullopt;
    std::optional<QStringList> names = PathReader(text).names();
    if (!names)
        return std::nullopt;
    return ClaimPath(*std::move(names));
}

QString ClaimPath::text() const
{
    QString text;
    for (const QString &name : m_names) {
        if (isPlainName(name))
            text += (text.isEmpty() ? QString() : u"."_s) + name;
        else
            text += bracketedName(name);
    }
    return text;
}

const Json *ClaimPath::in(const JsonObject &claims) const
{
    const Json *value = claims.find(m_names.front());
    for (qsizetype i = 1; value && i < m_names.size(); ++i)
        value = value->asObject() ? value->asObject()->find(m_names[i]) : nullptr;
    return value;
}

void ClaimPath::put(JsonObject &claims, Json value) const { putAt(claims, m_names, std::move(value)); }

QStringList ClaimPlaces::pathTexts() const
{
    QStringList texts;
    for (const ClaimPath &path : paths)
        texts += path.text();
    return texts;
}

bool ClaimPlaces::allows(ClaimForm form) const { return std::ranges::find(forms, form) != forms.end(); }

bool ClaimPlaces::areIn(QStringView name) const
{
    return std::ranges::any_of(paths, [name](const ClaimPath &path) { return path.names().front() == name; });
}

QStringList namesIn(const JsonObject &claims, const ClaimPlaces &places)
{
    QStringList names;
    for (const ClaimPath &path : places.paths) {
        if (const Json *value = path.in(claims))
            names += readNames(*value, places);
    }
    if (places.paths.size() > 1)
        names.removeDuplicates();
    return names;
}

QString firstTextIn(const JsonObject &claims, const std::vector<ClaimPath> &paths)
{
    for (const ClaimPath &path : paths) {
        const Json *value = path.in(claims);
        if (const QString *text = value ? value->asString() : nullptr; text && !text->isEmpty())
            return *text;
    }
    return {};
}

} // namespace bookdesk::jose
