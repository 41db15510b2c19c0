/// OpenApiRules: the access rules that an API's own `/openapi.json` states.
#pragma once

#include "core/result.h"
#include "lab/endpoint-result.h"

#include <QByteArrayView>
#include <QString>

#include <cstddef>
#include <vector>

namespace bookdesk::lab {

/// A path or an operation of the document that is not used. Plain text, safe to show.
struct LeftOut
{
    QString what; ///< "GET /files/../secret"
    QString why;

    friend bool operator==(const LeftOut &, const LeftOut &) = default;
};

/// A plain value. Any thread.
struct OpenApiRules
{
    std::vector<LabRule> rules;   ///< In the document's order.
    std::vector<LeftOut> leftOut; ///< The first of them.
    std::size_t moreLeftOut = 0;  ///< Those beyond, and operations beyond the limit.
};

/// How many operations are read; a table of more helps nobody.
inline constexpr std::size_t mostOperations = 500;
/// How many that are left out are named.
inline constexpr std::size_t mostLeftOut = 100;

/// Reads an untrusted document of OpenAPI 3.0 or 3.1. Only paths, methods and the names of scopes are used; `servers`
/// and the addresses of security schemes are ignored, so that a document cannot send anything elsewhere. Scopes lose
/// their resource (`api://…/`). Takes time, so it is for another thread than the GUI. Errors: lab.document-invalid. Any
/// thread. Source: OpenAPI 3.1.1, "Paths Object", "Security Requirement Object".
Result<OpenApiRules> readOpenApi(QByteArrayView document);

} // namespace bookdesk::lab
