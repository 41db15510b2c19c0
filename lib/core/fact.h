/// Fact: a named value that explains a failure, such as the AADSTS number or the host.
#pragma once

#include "core/literal-name.h"

#include <QString>

#include <array>
#include <vector>

namespace bookdesk {

/// The stable name of a fact: the member that `--json` prints it as. Made from string literals only, listed below and
/// documented in the README. Any thread.
class FactName : public LiteralName<FactName>
{
public:
    template <std::size_t N>
    consteval FactName(const char (&text)[N])
        : LiteralName(text)
    {}
};

/// Plain text. Never holds a token, code or verifier. Any thread.
struct Fact
{
    FactName name;
    QString value; ///< Several values of one name are on separate lines.

    friend bool operator==(const Fact &, const Fact &) = default;
};

/// In the order in which they are shown; each name occurs once.
using Facts = std::vector<Fact>;

namespace facts {

inline constexpr FactName aadsts{"aadsts"};
inline constexpr FactName oauthError{"oauthError"};
inline constexpr FactName suberror{"suberror"};
inline constexpr FactName correlationId{"correlationId"};
inline constexpr FactName traceId{"traceId"};
inline constexpr FactName timestamp{"timestamp"};
inline constexpr FactName redirectUri{"redirectUri"};
inline constexpr FactName check{"check"};
inline constexpr FactName claim{"claim"};
inline constexpr FactName expected{"expected"};
inline constexpr FactName got{"got"};
inline constexpr FactName url{"url"};
inline constexpr FactName host{"host"};
inline constexpr FactName httpStatus{"httpStatus"};
inline constexpr FactName location{"location"};
inline constexpr FactName networkError{"networkError"};
inline constexpr FactName proxy{"proxy"};
inline constexpr FactName proxyVariable{"proxyVariable"};
inline constexpr FactName proxySaid{"proxySaid"};
inline constexpr FactName certificateError{"certificateError"};
inline constexpr FactName certificateSubject{"certificateSubject"};
inline constexpr FactName certificateIssuer{"certificateIssuer"};
inline constexpr FactName certificateNames{"certificateNames"};
inline constexpr FactName certificateValidFrom{"certificateValidFrom"};
inline constexpr FactName certificateValidUntil{"certificateValidUntil"};
inline constexpr FactName file{"file"};
inline constexpr FactName member{"member"};
inline constexpr FactName bytes{"bytes"};
inline constexpr FactName mostBytes{"mostBytes"};
inline constexpr FactName keysLeftOut{"keysLeftOut"};
inline constexpr FactName portsTried{"portsTried"};
inline constexpr FactName cause{"cause"};
inline constexpr FactName reason{"reason"};
inline constexpr FactName serverSaid{"serverSaid"};

inline constexpr std::array all{aadsts,
                                oauthError,
                                suberror,
                                correlationId,
                                traceId,
                                timestamp,
                                redirectUri,
                                check,
                                claim,
                                expected,
                                got,
                                url,
                                host,
                                httpStatus,
                                location,
                                networkError,
                                proxy,
                                proxyVariable,
                                proxySaid,
                                certificateError,
                                certificateSubject,
                                certificateIssuer,
                                certificateNames,
                                certificateValidFrom,
                                certificateValidUntil,
                                file,
                                member,
                                bytes,
                                mostBytes,
                                keysLeftOut,
                                portsTried,
                                cause,
                                reason,
                                serverSaid};

} // namespace facts

/// The label that people see before the value: "AADSTS number", "Correlation ID", …
QString factLabel(FactName name);

/// A fact from a server, token or file: without secrets, visible and shortened.
Fact foreignFact(FactName name, const QString &text);

/// The value of that name, or an empty string.
QString factValue(const Facts &facts, FactName name);

/// The facts of both. Values of the same name are put on separate lines; empty values are left out.
Facts merged(Facts facts, const Facts &more);

/// "Label: value" for each, for reports in plain text. A value's further lines are indented.
QString factLines(const Facts &facts);

} // namespace bookdesk
