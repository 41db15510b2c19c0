/// The books API's OpenAPI document, as FastAPI generates it.
#pragma once

#include "core/json.h"

#include <QString>

namespace bookdesk::sandbox {

/// OpenAPI 3.1.0 with its members in FastAPI's order. @param authority the tenant, without `/v2.0`. Any thread.
JsonObject openApiDocument(const QString &authority, const QString &apiId);

} // namespace bookdesk::sandbox
