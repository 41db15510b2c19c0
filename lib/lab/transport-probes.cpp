// Tokens that are sent in a wrong way, or not at all.
#include "lab/forger.h"
#include "lab/probe-rows.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::lab::rows {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TransportProbes)
};

/// A 403 is no sign of having got through: FastAPI's HTTPBearer answered so for years, and without a token there is
/// nobody whose permissions could be missing.
Possible<Forgery> nothing(const Forger &)
{
    return Forgery{.token = {}, .details = {}, .carrier = Carrier::nothing, .refusals = {403}};
}

Possible<Forgery> garbage(const Forger &)
{
    return Forgery{.token = Secret("this-is-not-a-token"), .details = {{u"token"_s, u"this-is-not-a-token"_s, {}}}};
}

/// A token that is accepted in the header, somewhere else. RFC 6750 section 3.1 has 400 for that. A 403 is that of a
/// request without a token: where it is read, the token gets what it gets in the header.
Possible<Forgery> elsewhere(const Forger &forger, Carrier carrier, const QString &place)
{
    const Possible<Secret> token = forger.accepted();
    if (!token)
        return notPossible(token.error());
    return Forgery{.token = *token,
                   .details = {{place, Texts::tr("a genuine token"), Texts::tr("one Authorization header")}},
                   .carrier = carrier,
                   .refusals = {400, 403}};
}

Possible<Forgery> inSecondHeader(const Forger &forger)
{
    return elsewhere(forger, Carrier::secondHeader, Texts::tr("second Authorization header"));
}

Possible<Forgery> inQuery(const Forger &forger) { return elsewhere(forger, Carrier::query, u"query"_s); }

Possible<Forgery> inBody(const Forger &forger) { return elsewhere(forger, Carrier::body, u"body"_s); }

} // namespace

std::vector<ProbeRow> transport()
{
    constexpr ProbeGroup group = ProbeGroup::transport;
    return {
        {noTokenId, group, QT_TRANSLATE_NOOP("Probe", "No token"),
         QT_TRANSLATE_NOOP("Probe", "a request without any token"), "RFC 6750, section 3", "token-required", nothing},
        {"not-a-token", group, QT_TRANSLATE_NOOP("Probe", "Not a token"),
         QT_TRANSLATE_NOOP("Probe", "a text that is no token"), "RFC 8725, section 3.3, RFC 7519, section 7.2",
         "signature", garbage},
        {"second-header", group, QT_TRANSLATE_NOOP("Probe", "Two Authorization headers"),
         QT_TRANSLATE_NOOP("Probe", "a token in the second of two Authorization headers"), "RFC 9110, section 5.3",
         "bearer-header", inSecondHeader},
        {"token-in-query", group, QT_TRANSLATE_NOOP("Probe", "Token in the query"),
         QT_TRANSLATE_NOOP("Probe", "a token in the query, from where it gets into logs"), "RFC 9700, section 4.3.2",
         "bearer-header", inQuery},
        {"token-in-body", group, QT_TRANSLATE_NOOP("Probe", "Token in the body"),
         QT_TRANSLATE_NOOP("Probe", "a token in the body of a GET"), "RFC 6750, section 2.2", "bearer-header", inBody},
    };
}

} // namespace bookdesk::lab::rows
