/// valueOf: what a Result holds, where a test cannot go on without it.
#pragma once

#include "core/result.h"

#include <utility>

namespace bookdesk::test {

/// Ends the program with the error's text if there is no value.
template <class T> T valueOf(Result<T> result)
{
    if (!result)
        qFatal("%s (%s)", qPrintable(result.error().message), qPrintable(factLines(result.error().facts)));
    return *std::move(result);
}

} // namespace bookdesk::test
