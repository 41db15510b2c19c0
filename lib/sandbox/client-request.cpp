#include "sandbox/client-request.h"

#include "sandbox/authorize-request.h"

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

bool presentsASecret(const Request &request, const FormFields &fields)
{
    return !fields.secret("client_secret").isEmpty() || fields.has("client_assertion") ||
           request.header("authorization").has_value();
}

bool isForm(const Request &request)
{
    const QByteArray type = request.header("content-type").value_or(QByteArray());
    return type.split(';').first().trimmed().compare("application/x-www-form-urlencoded", Qt::CaseInsensitive) == 0;
}

QString correlationIdOf(const Request &request, const FormFields &fields)
{
    if (QString id = fields.text("client-request-id"); !id.isEmpty())
        return id;
    return QString::fromLatin1(request.header("client-request-id").value_or(QByteArray()));
}

} // namespace

FormFields postedFields(const Request &request)
{
    return isForm(request) ? FormFields::parse(request.body) : FormFields();
}

std::optional<OAuthFailure> wrongForm(const Request &request, const FormFields &fields)
{
    if (request.method != "POST")
        return OAuthFailure{u"invalid_request"_s,
                            900561,
                            u"The endpoint only accepts POST requests. Received a %1 request."_s.arg(
                                QString::fromLatin1(request.method)),
                            {}};
    if (const QByteArray repeated = fields.repeated(); !repeated.isEmpty())
        return OAuthFailure{u"invalid_request"_s,
                            9000411,
                            u"The request is not properly formatted. The parameter '%1' is duplicated."_s.arg(
                                QString::fromUtf8(repeated)),
                            {}};
    return std::nullopt;
}

std::optional<OAuthFailure> wrongClient(const Request &request, const FormFields &fields,
                                        const Registrations &registrations)
{
    if (!fields.has("client_id"))
        return parameterMissing(u"client_id"_s);
    if (fields.text("client_id") != registrations.clientId)
        return unknownClient(fields.text("client_id"));
    if (presentsASecret(request, fields))
        return OAuthFailure{
            u"invalid_client"_s,
            700025,
            u"Client is public so neither 'client_assertion' nor 'client_secret' should be presented."_s,
            {},
            401};
    return std::nullopt;
}

Response clientAnswer(int status, const JsonObject &body)
{
    return jsonResponse(status, body, {{"cache-control", "no-store"}, {"pragma", "no-cache"}});
}

Response clientRefusal(const OAuthFailure &failure, const Request &request, const FormFields &fields, TimePoint now)
{
    return clientAnswer(failure.status, failureBody(failure, makeTrace(now, correlationIdOf(request, fields))));
}

} // namespace bookdesk::sandbox
