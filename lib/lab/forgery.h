/// Forgery: one forged token, and how it is sent.
#pragma once

#include "core/secret.h"
#include "lab/probe-result.h"

#include <QString>

#include <tl/expected.hpp>

#include <vector>

namespace bookdesk::lab {

/// Where a token is put in the request.
enum class Carrier {
    header,       ///< `Authorization: Bearer …`
    secondHeader, ///< As header, behind another Authorization header with a text that is no token.
    query,        ///< `?access_token=…`
    body,         ///< A form field, likewise.
    nothing,      ///< There is no token.
};

/// A plain value. Any thread.
struct Forgery
{
    Secret token;
    std::vector<ProbeDetail> details;
    Carrier carrier = Carrier::header;
    int expected = 401;
    std::vector<int> refusals{}; ///< Statuses other than `expected` and 401 that refuse it, too.
};

/// A value, or why there can be none here: a whole sentence for people.
template <class T> using Possible = tl::expected<T, QString>;

inline tl::unexpected<QString> notPossible(QString why) { return tl::unexpected<QString>(std::move(why)); }

} // namespace bookdesk::lab
