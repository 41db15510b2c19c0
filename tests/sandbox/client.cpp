#include "sandbox/client.h"

#include "sandbox/html-forms.h"

#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::test {

using sandbox::Request;
using sandbox::Response;

namespace {

Fields changed(Fields fields, const Fields &changes)
{
    for (const auto &[name, value] : changes) {
        std::erase_if(fields, [&name = name](const auto &field) { return field.first == name; });
        if (!value.isNull())
            fields.emplace_back(name, value);
    }
    return fields;
}

std::vector<jose::SigningKey> twoKeys() { return {spareKeys()[0], spareKeys()[1]}; }

} // namespace

const std::vector<jose::SigningKey> &spareKeys()
{
    static const std::vector<jose::SigningKey> keys = [] {
        std::vector<jose::SigningKey> made;
        while (made.size() < 3) {
            Result<jose::SigningKey> key = jose::SigningKey::generateRsa();
            if (!key)
                qFatal("%s", qPrintable(factLines(key.error().facts)));
            made.push_back(*key);
        }
        return made;
    }();
    return keys;
}

QByteArray encodedForm(const Fields &fields)
{
    QByteArrayList all;
    for (const auto &[name, value] : fields)
        all += sandbox::formField(name, value);
    return all.join('&');
}

Request getRequest(const QByteArray &path, const QByteArray &query, sandbox::Headers headers)
{
    return {"GET", path, query, std::move(headers), {}};
}

Request formRequest(const QByteArray &path, const Fields &fields)
{
    return {"POST", path, {}, {{"Content-Type", "application/x-www-form-urlencoded"}}, encodedForm(fields)};
}

sandbox::Headers bearer(const QByteArray &token) { return {{"Authorization", "Bearer " + token}}; }

JsonObject bodyOf(const Response &response)
{
    const Result<JsonObject> object = parseJsonObject(response.body);
    return object ? *object : JsonObject();
}

QString textIn(const JsonObject &object, QStringView name)
{
    const Json *value = object.find(name);
    const QString *text = value ? value->asString() : nullptr;
    return text ? *text : QString();
}

Client::Client(sandbox::TokenMint::Settings minting)
    : state(sandbox::TenantKeys(twoKeys()))
    , tenant(state, {u"http://localhost:8080"_s}, completed(std::move(minting)))
{}

sandbox::TokenMint::Settings Client::completed(sandbox::TokenMint::Settings minting)
{
    minting.clock = [this] { return now; };
    minting.onSecretMade = [this](const Secret &secret) { secrets.push_back(secret); };
    return minting;
}

QByteArray Client::path(const char *endpoint) const
{
    return '/' + state.registrations().tenantId.toLatin1() + endpoint;
}

Fields Client::authorizeFields(const Fields &changes) const
{
    const QByteArray api = "api://" + state.registrations().apiId.toLatin1();
    return changed({{"client_id", state.registrations().clientId.toLatin1()},
                    {"response_type", "code"},
                    {"redirect_uri", redirectUri},
                    {"scope", "openid profile offline_access " + api + "/Books.Read " + api + "/Books.Write"},
                    {"state", "s t&a=te"},
                    {"nonce", "n-1"},
                    {"code_challenge", challenge},
                    {"code_challenge_method", "S256"}},
                   changes);
}

Response Client::authorize(const Fields &changes)
{
    return *tenant.answer(getRequest(path("/oauth2/v2.0/authorize"), encodedForm(authorizeFields(changes))));
}

Response Client::choose(const Response &page, const QString &personaId)
{
    const std::vector<sandbox::HtmlForm> forms = sandbox::readForms(QString::fromUtf8(page.body));
    if (forms.empty())
        return page;
    Fields fields;
    for (const auto &[name, value] : forms.front().fields)
        fields.emplace_back(name.toUtf8(), value.toUtf8());
    if (personaId.isEmpty())
        fields.emplace_back("decline", "1");
    else
        fields.emplace_back("persona", personaId.toUtf8());
    return *tenant.answer(formRequest(forms.front().action.toUtf8(), fields));
}

QHash<QString, QString> Client::signIn(const QString &personaId, const Fields &changes)
{
    return answerIn(choose(authorize(changes), personaId));
}

Response Client::redeem(const QString &code, const Fields &changes)
{
    return *tenant.answer(
        formRequest(path("/oauth2/v2.0/token"), changed({{"client_id", state.registrations().clientId.toLatin1()},
                                                         {"grant_type", "authorization_code"},
                                                         {"code", code.toUtf8()},
                                                         {"redirect_uri", redirectUri},
                                                         {"code_verifier", verifier}},
                                                        changes)));
}

Response Client::refresh(const QString &refreshToken, const Fields &changes)
{
    return *tenant.answer(
        formRequest(path("/oauth2/v2.0/token"), changed({{"client_id", state.registrations().clientId.toLatin1()},
                                                         {"grant_type", "refresh_token"},
                                                         {"refresh_token", refreshToken.toUtf8()}},
                                                        changes)));
}

JsonObject Client::tokensFor(const QString &personaId, const Fields &changes)
{
    return bodyOf(redeem(signIn(personaId, changes).value(u"code"_s)));
}

QHash<QString, QString> answerIn(const Response &response)
{
    QHash<QString, QString> answer;
    for (const auto &[name, value] : response.headers) {
        if (name != "location")
            continue;
        const QUrlQuery query(QUrl::fromEncoded(value).query(QUrl::FullyEncoded));
        for (const auto &[key, text] : query.queryItems(QUrl::FullyDecoded))
            answer.insert(key, text);
        return answer;
    }
    for (const sandbox::HtmlForm &form : sandbox::readForms(QString::fromUtf8(response.body))) {
        for (const auto &[name, value] : form.fields)
            answer.insert(name, value);
    }
    return answer;
}

} // namespace bookdesk::test
