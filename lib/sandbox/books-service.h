/// BooksService: the books API, byte for byte as a FastAPI app answers.
#pragma once

#include "core/clock.h"
#include "sandbox/bearer-check.h"
#include "sandbox/catalogue.h"
#include "sandbox/http.h"
#include "sandbox/sandbox-state.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace bookdesk::sandbox {

/// One thread; @p state outlives it. Source: the books API's contract, Starlette's routing.
class BooksService
{
public:
    struct Settings
    {
        QString baseUrl;   ///< `http://localhost:PORT`
        QString authority; ///< The tenant, without `/v2.0`.
        Clock clock;
    };

    BooksService(SandboxState &state, Catalogue catalogue, Settings settings);

    /// Answers every path.
    Response answer(const Request &request);

private:
    enum class Route { openApi, list, remove };
    struct Match
    {
        Route route;
        QString bookId;
    };

    static std::optional<Match> match(const QString &path);
    std::optional<Response> redirectedSlash(const Request &request, const QString &path) const;
    Response openApi(const Request &request) const;
    Response list(const Request &request);
    Response remove(const Request &request, const QString &bookId);
    /// The claims of the token, or the answer to a request that is refused.
    std::variant<BearerClaims, Response> admit(const Request &request, const QByteArray &method);

    SandboxState &m_state;
    Catalogue m_catalogue;
    Settings m_settings;
};

} // namespace bookdesk::sandbox
