#include "identity/cache-headers.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

using Seconds = std::chrono::seconds;

constexpr qsizetype longestEntityTag = 512;

/// The text up to the next comma that is not quoted; removes both from @p rest.
QByteArrayView nextElement(QByteArrayView &rest)
{
    bool isQuoted = false;
    qsizetype end = 0;
    for (; end < rest.size() && (isQuoted || rest[end] != ','); ++end) {
        if (rest[end] == '"')
            isQuoted = !isQuoted;
        else if (isQuoted && rest[end] == '\\')
            ++end;
    }
    end = std::min(end, rest.size());
    const QByteArrayView element = rest.first(end).trimmed();
    rest = rest.sliced(std::min(end + 1, rest.size()));
    return element;
}

QByteArrayView unquoted(QByteArrayView value)
{
    const bool isQuoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    return isQuoted ? value.sliced(1, value.size() - 2) : value;
}

/// `delta-seconds`: digits only. A number that is too large becomes the largest one.
std::optional<Seconds> readSeconds(QByteArrayView digits)
{
    constexpr Seconds::rep most = std::numeric_limits<qint32>::max();
    if (digits.isEmpty())
        return std::nullopt;
    Seconds::rep value = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9')
            return std::nullopt;
        value = std::min(most, value * 10 + (digit - '0'));
    }
    return Seconds(value);
}

/// The lifetime that one directive allows; nothing if it is malformed or about something else.
std::optional<Seconds> lifetimeFrom(QByteArrayView directive)
{
    const qsizetype equals = directive.indexOf('=');
    const QByteArray name = directive.first(equals < 0 ? directive.size() : equals).toByteArray().toLower();
    // With a value, no-cache only concerns the headers that it names.
    if (equals < 0)
        return name == "no-store"_ba || name == "no-cache"_ba ? std::optional(Seconds{0}) : std::nullopt;
    return name == "max-age"_ba ? readSeconds(unquoted(directive.sliced(equals + 1))) : std::nullopt;
}

std::optional<Seconds> shortestLifetime(const net::Headers &headers)
{
    std::optional<Seconds> shortest;
    for (const auto &[name, value] : headers) {
        if (name.compare("Cache-Control", Qt::CaseInsensitive) != 0)
            continue;
        for (QByteArrayView rest = value; !rest.isEmpty();) {
            const std::optional<Seconds> lifetime = lifetimeFrom(nextElement(rest));
            if (lifetime)
                shortest = std::min(*lifetime, shortest.value_or(*lifetime));
        }
    }
    return shortest;
}

/// How long caches on the way have kept the answer. The first of several values counts.
Seconds ageOf(const net::Headers &headers)
{
    const QByteArray value = net::headerValue(headers, "Age").value_or(QByteArray());
    QByteArrayView rest = value;
    return readSeconds(nextElement(rest)).value_or(Seconds{0});
}

QByteArrayView opaquePart(QByteArrayView entityTag)
{
    return entityTag.startsWith("W/") ? entityTag.sliced(2) : entityTag;
}

/// Only a well-formed entity tag is sent back.
bool isEntityTag(QByteArrayView text)
{
    const QByteArrayView quoted = opaquePart(text);
    if (text.size() > longestEntityTag || quoted.size() < 2 || quoted.front() != '"' || quoted.back() != '"')
        return false;
    const QByteArrayView inner = quoted.sliced(1, quoted.size() - 2);
    return std::all_of(inner.begin(), inner.end(), [](char character) {
        const auto byte = static_cast<unsigned char>(character);
        return byte == 0x21 || (byte >= 0x23 && byte != 0x7f);
    });
}

} // namespace

CacheHeaders readCacheHeaders(const net::Headers &headers)
{
    CacheHeaders read;
    if (const std::optional<Seconds> lifetime = shortestLifetime(headers))
        read.lifetime = std::max(Seconds{0}, *lifetime - ageOf(headers));
    const QByteArray entityTag = net::headerValue(headers, "ETag").value_or(QByteArray()).trimmed();
    if (isEntityTag(entityTag))
        read.entityTag = entityTag;
    return read;
}

bool areSameEntity(QByteArrayView left, QByteArrayView right) { return opaquePart(left) == opaquePart(right); }

} // namespace bookdesk::identity
