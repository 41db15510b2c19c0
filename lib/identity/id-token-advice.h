/// IdTokenAdvice: what people are told of an ID token that is refused.
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

/// Given in by whoever makes sign-ins and sessions, because the diagnosis of tokens is made above this library. Where
/// it is empty, the failed check alone is told.
using AdviseOnIdToken = std::function<IdTokenAdvice(const jose::Verification &)>;

} // namespace bookdesk::identity
