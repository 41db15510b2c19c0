/// Faults: what the Sandbox does wrong on request, so that people can see how the client reacts.
#pragma once

#include <QString>

#include <array>
#include <map>
#include <optional>

namespace bookdesk::sandbox {

/// Something that the Sandbox can be told to do wrong.
enum class Fault {
    accessTokenExpired,
    accessTokenWrongAudience,
    accessTokenSignatureBroken,
    consentDeclined,
    consentNeedsAdmin,     ///< Nobody else may consent.
    deviceCodeExpired,     ///< The code for another device, whatever time is left.
    deviceCodeSlowsDown,   ///< A client that asks for its tokens is told to ask less often.
    redirectNotRegistered, ///< These four stay on the tenant's page: the client is not told.
    clientUnknown,
    tenantUnknown,
    personNotAssigned,
    accessBlocked,   ///< By Conditional Access: at a sign-in, or at a refresh.
    tokensAnswer429, ///< The token endpoint.
    apiAnswers429,
    apiAnswers500,
    apiLosesToken,          ///< A proxy on the way has taken the Authorization header.
    apiNamesNoAlgorithm,    ///< It accepts no token, because the keys carry no `alg`.
    apiAsksForClaims,       ///< Entra's claims challenge; a refresh can meet it.
    apiAsksForPerson,       ///< The same for what only the person can prove, in the browser.
    apiAsksForRecentSignIn, ///< RFC 9470: the person, not long ago.
    apiAsksForScope,        ///< RFC 6750's `insufficient_scope`.
    apiGivesNoReason,       ///< A 403 without a reason.
    gatewayForbids,         ///< A 403 as a web page.
    apiRedirects,           ///< To another host.
    apiAnswers405,
    apiAnswersTooMuch, ///< More than any client reads.
    apiAnswersWebPage, ///< A 200 that is no JSON.
    gatewayTimesOut,   ///< A 504: nobody knows what became of the request.
    bookNotFound,      ///< A deletion is answered by 404.
    bookOnLoan,        ///< A deletion is answered by 409.
    bookIdRefused,     ///< A deletion is answered by 422 and FastAPI's list.
};

inline constexpr std::array allFaults{Fault::accessTokenExpired,
                                      Fault::accessTokenWrongAudience,
                                      Fault::accessTokenSignatureBroken,
                                      Fault::consentDeclined,
                                      Fault::consentNeedsAdmin,
                                      Fault::deviceCodeExpired,
                                      Fault::deviceCodeSlowsDown,
                                      Fault::redirectNotRegistered,
                                      Fault::clientUnknown,
                                      Fault::tenantUnknown,
                                      Fault::personNotAssigned,
                                      Fault::accessBlocked,
                                      Fault::tokensAnswer429,
                                      Fault::apiAnswers429,
                                      Fault::apiAnswers500,
                                      Fault::apiLosesToken,
                                      Fault::apiNamesNoAlgorithm,
                                      Fault::apiAsksForClaims,
                                      Fault::apiAsksForPerson,
                                      Fault::apiAsksForRecentSignIn,
                                      Fault::apiAsksForScope,
                                      Fault::apiGivesNoReason,
                                      Fault::gatewayForbids,
                                      Fault::apiRedirects,
                                      Fault::apiAnswers405,
                                      Fault::apiAnswersTooMuch,
                                      Fault::apiAnswersWebPage,
                                      Fault::gatewayTimesOut,
                                      Fault::bookNotFound,
                                      Fault::bookOnLoan,
                                      Fault::bookIdRefused};

/// A stable name for forms and programs: "access-token-expired", ….
QString faultCode(Fault fault);
std::optional<Fault> faultFromCode(const QString &code);

enum class FaultSpan { once, untilCleared };

/// Which faults are armed. A plain value. One thread.
class Faults
{
public:
    void arm(Fault fault, FaultSpan span) { m_armed[fault] = span; }
    void clear() { m_armed.clear(); }
    const std::map<Fault, FaultSpan> &armed() const { return m_armed; }

    /// True if the fault is due now; a fault that was armed once is then used up.
    bool take(Fault fault)
    {
        const auto found = m_armed.find(fault);
        if (found == m_armed.end())
            return false;
        if (found->second == FaultSpan::once)
            m_armed.erase(found);
        return true;
    }

private:
    std::map<Fault, FaultSpan> m_armed;
};

} // namespace bookdesk::sandbox
