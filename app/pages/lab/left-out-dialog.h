/// What of an API's /openapi.json is not used, and why.
#pragma once

#include "lab/openapi-rules.h"

class QWidget;

namespace bookdesk::pages {

void showLeftOut(const lab::OpenApiRules &rules, QWidget *parent);

} // namespace bookdesk::pages
