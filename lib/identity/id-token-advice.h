/// IdTokenAdvice: why an ID token is refused and what helps, for people.
#pragma once

#include "jose/verification.h"

#include <QString>

#include <functional>

namespace bookdesk::identity {

/// A plain value; whole sentences, translated. Any thread.
struct IdTokenAdvice
{
    QString why;
    QString remedy;
};

/// Given in from above, where the diagnosis of tokens is made. Without it people see the failed check alone.
using AdviseOnIdToken = std::function<IdTokenAdvice(const jose::Verification &)>;

} // namespace bookdesk::identity
