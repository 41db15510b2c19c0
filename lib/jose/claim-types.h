/// ClaimTypes: the types that claims must have for the API that reads them.
#pragma once

#include <QString>

#include <vector>

namespace bookdesk::jose {

/// A type that a claim may be required to have.
enum class ClaimType {
    text,
    textOrNull,
    texts,         ///< An array of strings.
    single,        ///< Neither an array nor an object.
    singleNotNull, ///< As single, and not null.
};

/// A claim that is absent has no type. A plain value. Any thread.
struct TypedClaim
{
    QString name;
    ClaimType type;

    friend bool operator==(const TypedClaim &, const TypedClaim &) = default;
};

/// In the order in which they are read.
using ClaimTypes = std::vector<TypedClaim>;

} // namespace bookdesk::jose
