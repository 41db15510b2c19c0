#include "identity/key-document.h"

#include "core/errors.h"
#include "core/json.h"
#include "core/off-thread.h"
#include "core/text.h"
#include "identity/errors.h"
#include "jose/certificate-map.h"
#include "net/errors.h"

#include <QCoreApplication>

#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(KeyDocument)
};

/// @param why a whole sentence.
Error unavailable(const QString &why, const QString &remedy, Facts facts)
{
    return {errors::keysUnavailable,
            Texts::tr("The sign-in server's keys are not available, so no token can be verified. %1").arg(why), remedy,
            std::move(facts)};
}

Facts factsOf(const net::HttpResponse &response, const QUrl &url)
{
    return {{facts::url, url.toString(QUrl::FullyEncoded)}, {facts::httpStatus, QString::number(response.status)}};
}

QString tryLater() { return Texts::tr("Try again later."); }

// The same limit that the network applies, so parseJwkSet and parseCertificateMap read whatever arrives.
static_assert(net::usualBounds(net::RequestKind::keys).bytes <= JsonLimits().bytes);

net::HttpRequest requestFor(const KeySource &source, const KeyDocument &known)
{
    net::HttpRequest request;
    request.kind = net::RequestKind::keys;
    request.url = source.jwksUri;
    request.headers = {{"Accept"_ba, "application/json"_ba}};
    if (known.keys && !known.headers.entityTag.isEmpty())
        request.headers.emplace_back("If-None-Match"_ba, known.headers.entityTag);
    return request;
}

/// Why an answer has no document; nothing if it has one.
std::optional<Error> refusal(const net::HttpResponse &response, const Facts &asked)
{
    if (response.redirectTarget.isValid()) {
        const QString target = response.redirectTarget.toString(QUrl::FullyEncoded);
        return unavailable(Texts::tr("Their address redirects elsewhere, and Bookdesk does not follow redirects."),
                           Texts::tr("Check the connection's authority, or tell the sign-in server's administrator."),
                           merged(asked, {foreignFact(facts::location, target)}));
    }
    if (response.status != 200)
        return unavailable(Texts::tr("The server answered with HTTP %1.").arg(response.status), tryLater(), asked);
    return std::nullopt;
}

/// A 304 only answers a request with our entity tag; to any other request it would not say which keys it means.
Result<KeyDocument> confirmed(const net::HttpResponse &response, KeyDocument known, const Facts &asked)
{
    const CacheHeaders headers = readCacheHeaders(response.headers);
    const bool wasAsked = known.keys && !known.headers.entityTag.isEmpty();
    const bool isMeant = headers.entityTag.isEmpty() || areSameEntity(headers.entityTag, known.headers.entityTag);
    if (!wasAsked || !isMeant)
        return failure(unavailable(Texts::tr("The server says that they have not changed, but not which ones."),
                                   tryLater(), asked));
    if (headers.lifetime)
        known.headers.lifetime = headers.lifetime;
    return known;
}

/// Runs on another thread than the caller's.
Result<KeyDocument> read(const net::HttpResponse &response, KeyFormat format, const Facts &asked)
{
    Result<jose::JwkSet> keys = format == KeyFormat::certificateMap ? jose::parseCertificateMap(response.body.reveal())
                                                                    : jose::parseJwkSet(response.body.reveal());
    if (!keys)
        return failure(unavailable(Texts::tr("The answer is not a key set."), tryLater(),
                                   merged(asked, factsOfCause(keys.error()))));
    if (keys->keys.empty())
        return failure(unavailable(Texts::tr("The answer contains no usable key."),
                                   Texts::tr("Tell the sign-in server's administrator."),
                                   merged(asked, {{facts::keysLeftOut, keys->findings.join(u'\n')}})));
    return KeyDocument{std::make_shared<const jose::JwkSet>(std::move(*keys)), readCacheHeaders(response.headers)};
}

/// Documents are read on another thread.
Task<KeyDocument> readAnswer(Task<net::HttpResponse> sending, KeySource source, KeyDocument known, std::stop_token stop)
{
    const Result<net::HttpResponse> response = co_await std::move(sending);
    // A stop of our own says nothing about the server.
    if (!response && response.error().code == net::errors::stopped)
        co_return failure(fetchingStopped());
    if (!response)
        co_return failure(
            unavailable(response.error().message, response.error().remedy,
                        merged({{facts::cause, response.error().code.toString()}}, response.error().facts)));
    const Facts asked = factsOf(*response, source.jwksUri);
    if (response->status == 304)
        co_return confirmed(*response, std::move(known), asked);
    if (const std::optional<Error> refused = refusal(*response, asked))
        co_return failure(*refused);

    std::function<Result<KeyDocument>()> reading = [answer = *response, format = source.format, asked] {
        return read(answer, format, asked);
    };
    std::optional<Result<KeyDocument>> document = co_await offThread(std::move(reading), stop);
    if (!document)
        co_return failure(fetchingStopped());
    co_return std::move(*document);
}

} // namespace

Task<KeyDocument> fetchKeys(net::HttpClient &http, KeySource source, KeyDocument known, std::stop_token stop)
{
    Task<net::HttpResponse> sending = http.send(requestFor(source, known), stop);
    return readAnswer(std::move(sending), std::move(source), std::move(known), std::move(stop));
}

Error fetchingStopped() { return {bookdesk::errors::stopped, Texts::tr("Fetching the keys was stopped.")}; }

} // namespace bookdesk::identity
