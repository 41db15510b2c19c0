/// IdTokenAdvice: why an ID token is refused and what to do about it, for people.
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

/// Passed in by the library that diagnoses tokens. Without it, people only see the failed check.
using AdviseOnIdToken = std::function<IdTokenAdvice(const jose::Verification &)>;

} // namespace bookdesk::identity
