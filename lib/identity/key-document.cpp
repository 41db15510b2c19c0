#include "identity/key-document.h"

#include "core/errors.h"
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

constexpr qsizetype longestShownUrl = 300;

Error unavailable(const QString &reason, const QString &details)
{
    return {errors::keysUnavailable,
            Texts::tr("The sign-in server's keys are not available, so no token can be verified: %1").arg(reason),
            details};
}

QString detailsOf(const net::HttpResponse &response, const QUrl &url)
{
    return u"%1: HTTP %2"_s.arg(url.toString(QUrl::FullyEncoded)).arg(response.status);
}

net::HttpRequest requestFor(const KeySource &source, const KeyDocument &known, net::AnswerBounds bounds)
{
    net::HttpRequest request;
    request.url = source.jwksUri;
    request.headers = {{"Accept"_ba, "application/json"_ba}};
    if (known.keys && !known.headers.entityTag.isEmpty())
        request.headers.emplace_back("If-None-Match"_ba, known.headers.entityTag);
    request.bounds = bounds;
    return request;
}

/// What an answer that brings no document says; nothing for one that does.
std::optional<Error> refusal(const net::HttpResponse &response, const QString &details)
{
    if (response.redirectTarget.isValid()) {
        const QString target = response.redirectTarget.toString(QUrl::FullyEncoded);
        return unavailable(Texts::tr("their address redirects elsewhere, and Bookdesk does not follow."),
                           details + u"\nLocation: "_s + visible(shortened(target, longestShownUrl)));
    }
    if (response.status != 200)
        return unavailable(Texts::tr("the server answered with HTTP %1. Try again later.").arg(response.status),
                           details);
    return std::nullopt;
}

/// A 304 is an answer to our question about what we have; to another it would let nobody know which keys are meant.
Result<KeyDocument> confirmed(const net::HttpResponse &response, KeyDocument known, const QString &details)
{
    const CacheHeaders headers = readCacheHeaders(response.headers);
    const bool wasAsked = known.keys && !known.headers.entityTag.isEmpty();
    const bool isMeant = headers.entityTag.isEmpty() || areSameEntity(headers.entityTag, known.headers.entityTag);
    if (!wasAsked || !isMeant)
        return failure(unavailable(
            Texts::tr("the server says that they have not changed, but not which ones. Try again later."), details));
    if (headers.lifetime)
        known.headers.lifetime = headers.lifetime;
    return known;
}

/// Runs off the caller's thread.
Result<KeyDocument> read(const net::HttpResponse &response, KeyFormat format, const QString &details)
{
    Result<jose::JwkSet> keys = format == KeyFormat::certificateMap ? jose::parseCertificateMap(response.body)
                                                                    : jose::parseJwkSet(response.body);
    if (!keys)
        return failure(unavailable(keys.error().message, details + u'\n' + keys.error().details));
    if (keys->keys.empty())
        return failure(unavailable(Texts::tr("the answer holds no usable key."),
                                   (details + u'\n' + keys->findings.join(u'\n')).trimmed()));
    return KeyDocument{std::make_shared<const jose::JwkSet>(std::move(*keys)), readCacheHeaders(response.headers)};
}

} // namespace

Task<KeyDocument> fetchKeys(net::HttpClient &http, KeySource source, KeyDocument known, net::AnswerBounds bounds,
                            std::stop_token stop)
{
    const Result<net::HttpResponse> response = co_await http.send(requestFor(source, known, bounds), stop);
    // An end that we made says nothing about the server.
    if (!response && response.error().code == net::errors::stopped)
        co_return failure(fetchingStopped());
    if (!response)
        co_return failure(unavailable(response.error().message, response.error().details));
    const QString details = detailsOf(*response, source.jwksUri);
    if (response->status == 304)
        co_return confirmed(*response, std::move(known), details);
    if (const std::optional<Error> refused = refusal(*response, details))
        co_return failure(*refused);

    std::function<Result<KeyDocument>()> reading = [answer = *response, format = source.format, details] {
        return read(answer, format, details);
    };
    std::optional<Result<KeyDocument>> document = co_await offThread(std::move(reading), stop);
    if (!document)
        co_return failure(fetchingStopped());
    co_return std::move(*document);
}

Error fetchingStopped() { return {bookdesk::errors::stopped, Texts::tr("Fetching the keys was stopped."), {}}; }

} // namespace bookdesk::identity
