/// Result<T>: a value or the Error that explains why there is none.
#pragma once

#include "core/error.h"

#include <tl/expected.hpp>

#include <utility>

namespace bookdesk {

/// A class and not an alias, so that a dropped result warns on every compiler. Any thread.
template <class T> class [[nodiscard]] Result : public tl::expected<T, Error>
{
public:
    using tl::expected<T, Error>::expected;
};

/// An error on its way into any Result: `return failure(codes::timedOut, tr("What happened."), tr("What to do."));`
inline tl::unexpected<Error> failure(Error error) { return tl::unexpected<Error>(std::move(error)); }

inline tl::unexpected<Error> failure(ErrorCode code, QString message, QString remedy = {}, Facts facts = {})
{
    return failure(Error{code, std::move(message), std::move(remedy), std::move(facts)});
}

} // namespace bookdesk
