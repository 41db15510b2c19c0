#include "identity/gate.h"

#include "core/text.h"
#include "net/errors.h"

#include <QCoreApplication>

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Gate)
};

constexpr qsizetype longestValue = 120;

QString shown(const QString &value) { return shortened(visible(value), longestValue); }

QString whyOf(const jose::Check &check)
{
    const bool isIssuer = check.kind == jose::CheckKind::issuer;
    if (check.got.isEmpty())
        return isIssuer ? Texts::tr("The access token was not sent, because it does not say who issued it.")
                        : Texts::tr("The access token was not sent, because it does not say which API it is for.");
    return isIssuer ? Texts::tr("The access token was not sent, because it was issued by “%1”, not by this "
                                "connection's authority. The API could use it elsewhere in your name.")
                          .arg(shown(check.got))
                    : Texts::tr("The access token was not sent, because it is meant for “%1”, not for this "
                                "connection's API. The API could use it there in your name.")
                          .arg(shown(check.got));
}

Error withheld(const jose::Check &check)
{
    return {net::errors::tokenWithheld, whyOf(check),
            Texts::tr("Check the scopes and the audience of the connection. Only if you trust the API with this token, "
                      "send it anyway (on the command line with --send-anyway)."),
            jose::checkFacts(check)};
}

} // namespace

bool isForAnotherAudience(const jose::InspectedToken &token)
{
    const jose::Check *check = token.verification.find(jose::CheckKind::audience);
    return check && check->result == jose::CheckResult::failed;
}

std::optional<Error> whyWithheld(const Connection &connection, const jose::InspectedToken &token)
{
    if (!token.decoded || isLoopbackOnly(connection))
        return std::nullopt;
    for (const jose::CheckKind kind : {jose::CheckKind::audience, jose::CheckKind::issuer}) {
        const jose::Check *check = token.verification.find(kind);
        if (check && check->result == jose::CheckResult::failed)
            return withheld(*check);
    }
    return std::nullopt;
}

} // namespace bookdesk::identity
