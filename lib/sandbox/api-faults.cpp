#include "sandbox/api-faults.h"

#include "sandbox/bearer-check.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

constexpr qsizetype tooMuch = 65 * 1024 * 1024;

Response refusal(int status, const QString &detail, Headers headers = {})
{
    return jsonResponse(status, {{u"detail"_s, detail}}, std::move(headers));
}

Response webPage(int status, const QByteArray &title)
{
    return {status,
            {{"content-type", "text/html"}},
            "<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>"};
}

/// As pydantic 2 words it.
Response validationFault(const QString &bookId)
{
    const JsonObject fault{{u"type"_s, u"string_pattern_mismatch"_s},
                           {u"loc"_s, JsonArray{Json(u"path"_s), Json(u"book_id"_s)}},
                           {u"msg"_s, u"String should match pattern '^[0-9]+$'"_s},
                           {u"input"_s, bookId},
                           {u"ctx"_s, JsonObject{{u"pattern"_s, u"^[0-9]+$"_s}}}};
    return jsonResponse(422, {{u"detail"_s, JsonArray{fault}}});
}

Response answerOf(Fault fault, const Request &request)
{
    switch (fault) {
    case Fault::apiAnswers429:
        return refusal(429, u"Too Many Requests"_s, {{"retry-after", "12"}});
    case Fault::apiLosesToken:
        return refusal(401, u"Not authenticated"_s, {{"www-authenticate", "Bearer"}});
    case Fault::apiNamesNoAlgorithm:
        return refusal(401, u"Invalid token: It is required that you pass in a value for the \"algorithms\" argument "
                            "when calling decode()."_s);
    case Fault::apiGivesNoReason:
        return refusal(403, u"Forbidden"_s);
    case Fault::gatewayForbids:
        return webPage(403, "Access denied by the gateway");
    case Fault::apiRedirects:
        return redirectTo(307, "https://books.example.invalid" + request.path);
    case Fault::apiAnswers405:
        return methodNotAllowed("OPTIONS");
    case Fault::apiAnswersTooMuch:
        return {200, {{"content-type", "application/json"}}, QByteArray(tooMuch, ' ')};
    case Fault::apiAnswersWebPage:
        return webPage(200, "Welcome to the guest network");
    case Fault::gatewayTimesOut:
        return webPage(504, "Gateway Time-out");
    default:
        return internalServerError();
    }
}

constexpr std::array faultsOfCalls{Fault::apiAnswers429,    Fault::apiAnswers500,     Fault::apiLosesToken,
                                   Fault::apiGivesNoReason, Fault::gatewayForbids,    Fault::apiRedirects,
                                   Fault::apiAnswers405,    Fault::apiAnswersTooMuch, Fault::apiAnswersWebPage,
                                   Fault::gatewayTimesOut};

} // namespace

std::optional<Response> faultyAnswer(SandboxState &state, const Request &request)
{
    for (const Fault fault : faultsOfCalls) {
        if (state.take(fault))
            return answerOf(fault, request);
    }
    // Only a request with a token comes to the verifier.
    if (request.header("authorization") && state.take(Fault::apiNamesNoAlgorithm))
        return answerOf(Fault::apiNamesNoAlgorithm, request);
    return std::nullopt;
}

std::optional<Response> faultyDeletion(SandboxState &state, const QString &bookId)
{
    if (state.take(Fault::bookNotFound))
        return refusal(404, u"Book not found"_s);
    if (state.take(Fault::bookOnLoan))
        return refusal(409, u"The book is on loan until Friday"_s);
    if (state.take(Fault::bookIdRefused))
        return validationFault(bookId);
    return std::nullopt;
}

} // namespace bookdesk::sandbox
