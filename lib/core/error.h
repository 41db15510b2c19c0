/// What went wrong, as a value: a stable code for programs, sentences for people, facts for support.
#pragma once

#include "core/fact.h"
#include "core/literal-name.h"

#include <QString>

#include <cstdint>

namespace bookdesk {

/// What a failure is about, for callers that treat many codes alike.
enum class ErrorKind {
    other,
    network, ///< A server could not be reached, was too slow, or broke off.
    tls,     ///< A server's certificate is not trusted.
    stopped, ///< Ended on purpose: nothing is broken.
};

/// The stable name of a failure, such as `token.signature-invalid`. Made from string literals only, listed in each
/// library's `errors.h` and documented in the README. Any thread.
class ErrorCode : public LiteralName<ErrorCode>
{
public:
    template <std::size_t N>
    consteval ErrorCode(const char (&text)[N], ErrorKind kind = ErrorKind::other)
        : LiteralName(text)
        , m_kind(kind)
    {}

    constexpr ErrorKind kind() const { return m_kind; }

private:
    ErrorKind m_kind;
};

/// An expected failure. Never holds a token, code or verifier. Any thread.
struct Error
{
    ErrorCode code;
    QString message;             ///< What happened: translated whole sentences.
    QString remedy = {};         ///< What to do about it, likewise; empty where nothing can be done.
    Facts facts = {};            ///< For support: values expected and got, numbers, the library's own words.
    std::int64_t exchangeId = 0; ///< In the ExchangeLog, of the request that failed; 0 where none was sent.

    friend bool operator==(const Error &, const Error &) = default;
};

/// What happened and what to do, for people.
inline QString advised(const Error &error)
{
    return error.remedy.isEmpty() ? error.message : error.message + QLatin1Char(' ') + error.remedy;
}

/// The facts of an error that @p cause led to: the cause's code, its message as the reason, and its facts.
inline Facts factsOfCause(const Error &cause)
{
    return merged({{facts::cause, cause.code.toString()}, {facts::reason, cause.message}}, cause.facts);
}

} // namespace bookdesk
