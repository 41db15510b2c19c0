/// Makes Checks; for this folder's .cpp files only.
#pragma once

#include "core/json.h"
#include "jose/token-policy.h"
#include "jose/verification.h"

namespace bookdesk::jose {

inline Check passed(CheckKind kind, QString expected = {}, QString got = {})
{
    return {kind, CheckResult::passed, std::move(expected), std::move(got), {}, CheckFault::none};
}

inline Check failed(CheckKind kind, CheckFault fault, QString expected = {}, QString got = {})
{
    return {kind, CheckResult::failed, std::move(expected), std::move(got), {}, fault};
}

inline Check notApplicable(CheckKind kind, QString expected = {})
{
    return {kind, CheckResult::notApplicable, std::move(expected), {}, {}, CheckFault::none};
}

/// The check, failed by a rule that the API does not have.
inline Check byOwnRule(Check check, TokenUse use)
{
    check.isOwnRule = use == TokenUse::api;
    return check;
}

/// A string as it is, anything else as JSON; empty for nullptr.
inline QString rawText(const Json *value)
{
    if (!value)
        return {};
    if (const QString *text = value->asString())
        return *text;
    if (const auto *number = std::get_if<std::int64_t>(&value->value()))
        return QString::number(*number);
    return QString::fromUtf8(toCompactJson(*value));
}

/// Something of a wrong type, as JSON: a string keeps its quotes, so that it is not taken for what it spells.
inline QString jsonText(const Json &value)
{
    return value.asString() ? QString::fromUtf8(toCompactJson(value)) : rawText(&value);
}

/// A check that failed because of a type.
inline Check ofWrongType(CheckKind kind, QString expected, const Json &value)
{
    return failed(kind, CheckFault::wrongType, std::move(expected), jsonText(value));
}

} // namespace bookdesk::jose
