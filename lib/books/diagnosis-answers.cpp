#include "books/diagnosis-rows.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::books::rows {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Diagnosis)
};

} // namespace

Diagnosis noToken()
{
    return {.code = u"no-token"_s,
            .headline = Texts::tr("The API received no token"),
            .why = Texts::tr("The API found no bearer token in the request."),
            .remedy = Texts::tr("Sign in again. If it happens again, a proxy or gateway on the way removes the "
                                "Authorization header: tell the administrator of your network."),
            .actor = Actor::user};
}

Diagnosis apiNamesNoAlgorithm()
{
    return {.code = u"api-misconfigured"_s,
            .headline = Texts::tr("The API refuses every token"),
            .why = Texts::tr("The API refuses every token: its code does not name the algorithm that it accepts, and "
                             "the provider's keys do not name one either."),
            .remedy = Texts::tr("Signing in again does not help. The API's owner must name the algorithm where the "
                                "token is decoded: algorithms=[\"RS256\"]."),
            .actor = Actor::apiOwner};
}

Diagnosis apiLacksKeys()
{
    return {.code = u"api-keys-unreachable"_s,
            .headline = Texts::tr("The API cannot check any token"),
            .why = Texts::tr("The API could not fetch the tenant's keys, so it cannot check any token."),
            .remedy = Texts::tr("Try again later. If it happens again, tell the API's owner that the API cannot reach "
                                "its identity provider."),
            .actor = Actor::apiOwner};
}

Diagnosis noReason()
{
    return {.code = u"no-reason"_s,
            .headline = Texts::tr("The API does not accept the token"),
            .why = Texts::tr("The API does not accept the token and gives no reason that Bookdesk knows."),
            .remedy = Texts::tr("Get a fresh token, or sign in again. If it happens again, tell the API's owner what "
                                "the API said."),
            .actor = Actor::user,
            .freshTokenMayHelp = true};
}

} // namespace bookdesk::books::rows
