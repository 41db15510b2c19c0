/// The rules of the SARIF 2.1.0 schema for the objects that our reports have: which members they must and may have, and
/// of which type. Objects that we never write are not known, so that they are faults as well.
///
/// Source: sarif-schema-2.1.0.json (OASIS, errata 01).
#pragma once

#include "core/json.h"

#include <QString>

namespace bookdesk::lab {

/// The first fault with the path to it, "/runs/0/results/2/kind: ok is none of pass|open|…", or nothing.
QString sarifFault(const Json &document);

} // namespace bookdesk::lab
