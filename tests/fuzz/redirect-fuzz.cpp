// What browsers, and whoever else finds the port, send to the redirect listener: any bytes, in any pieces.
#include "fuzz/target.h"
#include "identity/redirect.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <algorithm>
#include <optional>

namespace bookdesk::fuzz {
namespace {

using namespace identity;

const QByteArray ownState("Hd5NFnQGJ1yhRf3U2aWz0A");

/// The listener's own, and ones that short inputs reach.
constexpr RequestReader::Limits usual{};
constexpr RequestReader::Limits narrow{100, 30, 200};

/// The bytes in pieces of the sizes that @p sizeOf gives for each place.
template <class SizeOf> RequestReader read(QByteArrayView input, RequestReader::Limits limits, SizeOf sizeOf)
{
    RequestReader reader(limits);
    for (qsizetype begin = 0; begin < input.size();) {
        const qsizetype size = std::min<qsizetype>(sizeOf(begin), input.size() - begin);
        const bool wasReading = reader.state() == RequestReader::State::reading;
        const RequestReader::State state = reader.feed(input.sliced(begin, size));
        require(wasReading || state == reader.state(), "what is decided stays decided");
        begin += size;
        require(state != RequestReader::State::reading || begin <= limits.headBytes + limits.bodyBytes + 4,
                "no more than the limits allow is waited for");
    }
    return reader;
}

qsizetype keptHeadBytes(const RedirectRequest &request)
{
    qsizetype size = request.method.size() + request.path.size() + request.query.size();
    for (const auto &[name, value] : request.headers)
        size += name.size() + value.size();
    return size;
}

void requireBounded(const RedirectRequest &request, RequestReader::Limits limits)
{
    require(keptHeadBytes(request) <= limits.headerBytes, "no more of a head is kept than its limit");
    require(request.body.size() <= limits.bodyBytes, "no more of a body is kept than its limit");
    require(request.cookies.size() <= 16, "few cookies are kept");
    for (const Secret &cookie : request.cookies)
        require(cookie.size() <= 128, "no long cookie is kept");
}

void requireSaneState(const RequestReader &reader)
{
    const int refusal = reader.refusal();
    require((reader.state() == RequestReader::State::refused) == (refusal != 0), "what is refused has a status");
    require(refusal == 0 || refusal == 400 || refusal == 413 || refusal == 431, "the status is a documented one");
    if (reader.state() != RequestReader::State::complete)
        return;
    require(!reader.request().method.isEmpty(), "a request has a method");
    require(reader.request().path.startsWith('/') && !reader.request().path.contains('?'), "a request has a path");
}

void requireSame(const RequestReader &left, const RequestReader &right)
{
    const RedirectRequest &one = left.request();
    const RedirectRequest &other = right.request();
    require(left.state() == right.state() && left.refusal() == right.refusal(), "pieces change no verdict");
    require(one.method == other.method && one.path == other.path && one.query == other.query &&
                one.body == other.body && one.headers == other.headers && one.cookies == other.cookies,
            "pieces change nothing that is read");
}

QByteArray written(const FormParameters &parameters)
{
    QByteArrayList pairs;
    for (const auto &[name, value] : parameters)
        pairs += name.toPercentEncoding() + '=' + value.reveal().toByteArray().toPercentEncoding();
    return pairs.join('&');
}

void requireFaithfulForm(const Secret &encoded)
{
    const std::optional<FormParameters> parameters = readForm(encoded);
    if (!parameters)
        return;
    require(parameters->size() <= 64, "few parameters are kept");
    require(readForm(Secret(written(*parameters))) == parameters, "a form survives being written and read");
}

/// Whether a name of this kind stands in @p encoded, looked for in another way.
bool holds(const Secret &encoded, const QByteArray &name, const QByteArray &value)
{
    const QList<QByteArray> pairs = encoded.reveal().toByteArray().replace('+', ' ').split('&');
    return std::any_of(pairs.begin(), pairs.end(), [&](const QByteArray &pair) {
        const qsizetype equals = pair.indexOf('=');
        const QByteArray own = equals < 0 ? QByteArray() : QByteArray::fromPercentEncoding(pair.sliced(equals + 1));
        return QByteArray::fromPercentEncoding(pair.first(std::max<qsizetype>(equals, 0))) == name &&
               (value.isEmpty() ? !own.isEmpty() : own == value);
    });
}

void tryAsRedirect(const RedirectRequest &request, ResponseMode mode)
{
    const Secret &encoded = request.method == "POST" ? request.body : request.query;
    const RedirectReading reading = readRedirect(request, ownState, mode);
    const bool isOurs = reading.kind == RedirectKind::ours;
    require(!isOurs || holds(encoded, "state", ownState), "nothing without our state is accepted");
    require(!isOurs || holds(encoded, "code", {}) || holds(encoded, "error", {}), "a redirect has a code or an error");
    require(!isOurs || request.method == "GET" || (request.method == "POST" && mode == ResponseMode::formPost),
            "only the methods that were asked for are accepted");
    require(isOurs || (reading.redirect.code.isEmpty() && reading.redirect.parameters.isEmpty()),
            "nothing is taken from what is not ours");
    require(!reading.redirect.parameters.contains(QStringLiteral("code")) &&
                !reading.redirect.parameters.contains(QStringLiteral("state")),
            "neither code nor state is among the parameters");
    require(readRedirect(request, QByteArray(), mode).kind != RedirectKind::ours, "an empty state is nobody's");
}

void tryWithin(QByteArrayView input, RequestReader::Limits limits)
{
    const RequestReader whole = read(input, limits, [&input](qsizetype) { return input.size(); });
    requireSaneState(whole);
    requireBounded(whole.request(), limits);
    requireSame(whole, read(input, limits, [](qsizetype) { return 1; }));
    const std::size_t seed = qHash(input);
    const auto anySize = [seed](qsizetype place) { return 1 + static_cast<qsizetype>(qHash(place, seed) % 40); };
    requireSame(whole, read(input, limits, anySize));
    if (whole.state() != RequestReader::State::complete)
        return;
    requireFaithfulForm(whole.request().query);
    requireFaithfulForm(whole.request().body);
    tryAsRedirect(whole.request(), ResponseMode::formPost);
    tryAsRedirect(whole.request(), ResponseMode::query);
}

} // namespace

void tryInput(QByteArrayView input)
{
    tryWithin(input, usual);
    tryWithin(input, narrow);
}

} // namespace bookdesk::fuzz
