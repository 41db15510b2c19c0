#include "identity/token-request.h"

namespace bookdesk::identity {

using namespace Qt::StringLiterals;

net::HttpRequest formRequest(const QUrl &endpoint, const net::FormFields &fields)
{
    net::HttpRequest request;
    request.kind = net::RequestKind::tokens;
    request.method = "POST"_ba;
    request.url = endpoint;
    request.headers = {{"Content-Type"_ba, "application/x-www-form-urlencoded"_ba},
                       {"Accept"_ba, "application/json"_ba}};
    request.body = net::encodeForm(fields);
    return request;
}

net::FormFields clientFields(const Connection &connection, const ClaimsRequest &proof)
{
    net::FormFields fields{{"client_id"_ba, Secret(connection.clientId.toUtf8())}};
    if (const QByteArray claims = claimsParameter(proof, connection.provider.capabilities); !claims.isEmpty())
        fields.emplace_back("claims"_ba, Secret(claims));
    return fields;
}

net::FormFields authorizeParameters(const Connection &connection)
{
    net::FormFields fields;
    const bool isNamed = connection.audience != connection.clientId;
    for (const auto &[name, value] : connection.provider.authorizeParameters) {
        if (value == u"{audience}" && !isNamed && connection.provider.audienceRule == AudienceRule::client)
            continue;
        const QString meant = value == u"{audience}" ? connection.audience : value;
        fields.emplace_back(name.toLatin1(), Secret(meant.toUtf8()));
    }
    return fields;
}

net::FormFields refreshFields(const Connection &connection, const Secret &refreshToken, const QStringList &scopes,
                              const ClaimsRequest &proof)
{
    net::FormFields fields = clientFields(connection, proof);
    fields.emplace_back("grant_type"_ba, Secret("refresh_token"));
    fields.emplace_back("refresh_token"_ba, refreshToken);
    fields.emplace_back("scope"_ba, Secret(scopes.join(u' ').toUtf8()));
    return fields;
}

Result<TokenSet> readTokenAnswer(const net::HttpResponse &response, const QStringList &scopes, TimePoint now,
                                 const Redactor &redactor)
{
    Result<TokenSet> tokens =
        readTokenResponse(response.status, response.body, scopes, now, {}, response.redirectTarget);
    if (tokens) {
        tokens->serverDate = response.serverDate;
        redactor.learn(tokens->secrets());
    }
    return tokens;
}

} // namespace bookdesk::identity
