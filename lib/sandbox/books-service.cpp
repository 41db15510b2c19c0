#include "sandbox/books-service.h"

#include "sandbox/api-faults.h"
#include "sandbox/careless-check.h"
#include "sandbox/openapi.h"
#include "sandbox/proof-challenges.h"

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

constexpr QLatin1StringView openApiPath{"/openapi.json"};
constexpr QLatin1StringView booksPath{"/api/v1/books"};
constexpr QLatin1StringView bookPrefix{"/api/v1/books/"};

Json orNull(const std::optional<QString> &text) { return text ? Json(*text) : Json(); }

Response forbidden(const QString &detail) { return jsonResponse(403, {{u"detail"_s, detail}}); }

} // namespace

BooksService::BooksService(SandboxState &state, Catalogue catalogue, Settings settings)
    : m_state(state)
    , m_catalogue(std::move(catalogue))
    , m_settings(std::move(settings))
{}

Response BooksService::answer(const Request &request)
{
    const QString path = request.decodedPath();
    const std::optional<Match> matched = match(path);
    if (!matched)
        return redirectedSlash(request, path).value_or(notFound());
    switch (matched->route) {
    case Route::openApi:
        return openApi(request);
    case Route::list:
        return list(request);
    case Route::remove:
        return remove(request, matched->bookId);
    }
    return notFound();
}

std::optional<BooksService::Match> BooksService::match(const QString &path)
{
    if (path == openApiPath)
        return Match{Route::openApi, {}};
    if (path == booksPath)
        return Match{Route::list, {}};
    if (!path.startsWith(bookPrefix))
        return std::nullopt;
    const QString bookId = path.sliced(bookPrefix.size());
    // A percent-encoded slash counts too: the path is matched after decoding.
    if (bookId.isEmpty() || bookId.contains(u'/'))
        return std::nullopt;
    return Match{Route::remove, bookId};
}

std::optional<Response> BooksService::redirectedSlash(const Request &request, const QString &path) const
{
    if (path == "/"_L1)
        return std::nullopt;
    QString other = path;
    if (path.endsWith(u'/')) {
        while (other.endsWith(u'/'))
            other.chop(1);
    } else {
        other += u'/';
    }
    if (!match(other))
        return std::nullopt;
    // The characters that Starlette does not encode in a Location.
    QByteArray location = m_settings.baseUrl.toLatin1();
    if (const auto host = request.header("host"))
        location = location.first(location.indexOf("://") + 3) + *host;
    location += other.toUtf8().toPercentEncoding(":/%#?=@[]!$&'()*+,;");
    if (!request.query.isEmpty())
        location += '?' + request.query;
    return redirectTo(307, location);
}

Response BooksService::openApi(const Request &request) const
{
    if (!request.isRead())
        return methodNotAllowed("GET, HEAD");
    return jsonResponse(200, openApiDocument(m_settings.authority, m_state.registrations().apiId));
}

Response BooksService::list(const Request &request)
{
    const auto checked = admit(request, "GET");
    if (const auto *refusal = std::get_if<Response>(&checked))
        return *refusal;
    const auto &claims = std::get<BearerClaims>(checked);
    if (!claims.scopes.contains(u"Books.Read"_s))
        return forbidden(u"Missing scopes: Books.Read"_s);
    return jsonResponse(200, {{u"books"_s, m_catalogue.books()}, {u"user"_s, orNull(claims.userName)}});
}

Response BooksService::remove(const Request &request, const QString &bookId)
{
    const auto checked = admit(request, "DELETE");
    if (const auto *refusal = std::get_if<Response>(&checked))
        return *refusal;
    const auto &claims = std::get<BearerClaims>(checked);
    if (!claims.roles.contains(u"Books.Admin"_s))
        return forbidden(u"Role 'Books.Admin' required"_s);
    if (const std::optional<Response> faulty = faultyDeletion(m_state, bookId))
        return *faulty;
    m_catalogue.remove(bookId);
    return jsonResponse(200, {{u"deleted"_s, bookId}, {u"by"_s, orNull(claims.userName)}});
}

std::variant<BearerClaims, Response> BooksService::admit(const Request &request, const QByteArray &method)
{
    if (request.method != method)
        return methodNotAllowed(method);
    if (const std::optional<Response> faulty = faultyAnswer(m_state, request))
        return *faulty;
    const Registrations &registrations = m_state.registrations();
    const BearerTrust trust{m_settings.authority + "/v2.0"_L1, registrations.apiId, m_state.keys().current(),
                            m_settings.clock()};
    const CarelessnessSet &carelessness = m_state.carelessness();
    std::variant<BearerClaims, Response> checked = carelessness.empty()
                                                       ? checkBearer(request, trust)
                                                       : checkCarelessly(request, trust, registrations, carelessness);
    const auto *claims = std::get_if<BearerClaims>(&checked);
    if (const std::optional<Response> challenge = claims ? challengeTo(m_state, *claims, trust.now) : std::nullopt)
        return *challenge;
    return checked;
}

} // namespace bookdesk::sandbox
