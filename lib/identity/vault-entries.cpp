#include "identity/vault-entries.h"

#include "core/json.h"
#include "core/object-reader.h"
#include "identity/errors.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(VaultEntries)
};

Json written(const Account &account)
{
    return JsonObject{{u"connection"_s, account.connectionId}, {u"issuer"_s, account.issuer},
                      {u"clientId"_s, account.clientId},       {u"apiOrigin"_s, account.apiOrigin},
                      {u"subject"_s, account.subject},         {u"tenant"_s, account.tenant},
                      {u"objectId"_s, account.objectId},       {u"name"_s, account.name},
                      {u"userName"_s, account.userName},       {u"binding"_s, account.binding}};
}

Result<Account> readAccount(const JsonObject &object)
{
    ObjectReader reader(object, Texts::tr("A stored account"));
    Account account;
    account.connectionId = reader.string(u"connection"_s);
    account.issuer = reader.string(u"issuer"_s);
    account.clientId = reader.string(u"clientId"_s);
    account.apiOrigin = reader.string(u"apiOrigin"_s);
    account.subject = reader.string(u"subject"_s);
    account.tenant = reader.string(u"tenant"_s);
    account.objectId = reader.string(u"objectId"_s);
    account.name = reader.string(u"name"_s);
    account.userName = reader.string(u"userName"_s);
    account.binding = reader.string(u"binding"_s);
    if (const Result<void> read = reader.finish(); !read)
        return failure(read.error());
    return account;
}

/// The scopes are as the server names them, and nothing that ends a name or the line may be part of one.
QString writtenScopes(QStringList scopes)
{
    const auto endsName = [](QChar character) { return character.isSpace() || !character.isPrint(); };
    scopes.removeIf([&endsName](const QString &scope) { return std::ranges::any_of(scope, endsName); });
    return scopes.join(u' ');
}

} // namespace

Error damagedList(const Error &cause)
{
    return {errors::vaultDamaged, Texts::tr("The list of stored sign-ins cannot be read."),
            Texts::tr("Turn off Keep me signed in, which removes it, and turn it on again."), factsOfCause(cause)};
}

Secret writtenList(const std::vector<Account> &accounts)
{
    JsonArray list;
    for (const Account &account : accounts)
        list.push_back(written(account));
    return Secret(toCompactJson(JsonObject{{u"accounts"_s, std::move(list)}}));
}

Result<std::vector<Account>> readList(const Secret &text)
{
    const Result<JsonObject> object = parseJsonObject(text.reveal());
    if (!object)
        return failure(damagedList(object.error()));
    ObjectReader reader(*object, Texts::tr("The list of stored sign-ins"));
    const JsonArray *list = reader.array(u"accounts"_s);
    if (const Result<void> read = reader.finish(); !read)
        return failure(damagedList(read.error()));
    std::vector<Account> accounts;
    for (const Json &entry : *list) {
        const JsonObject *member = entry.asObject();
        Result<Account> account = readAccount(member ? *member : JsonObject());
        if (!account)
            return failure(damagedList(account.error()));
        accounts.push_back(*std::move(account));
    }
    return accounts;
}

/// The nonce and the scopes in the first line, and the token after it, so that the token never becomes text.
Secret writtenEntry(const KeptSignIn &signIn)
{
    const QByteArray line = (signIn.nonce + u'\t' + writtenScopes(signIn.scopes)).toUtf8() + '\n';
    const QByteArrayView token = signIn.refreshToken.reveal();
    return Secret::written(line.size() + token.size(), [&](char *to) {
        to = std::copy(line.begin(), line.end(), to);
        std::copy(token.begin(), token.end(), to);
        return line.size() + token.size();
    });
}

Result<KeptSignIn> readEntry(const Secret &entry)
{
    const QByteArrayView bytes = entry.reveal();
    const qsizetype lineEnd = bytes.indexOf('\n');
    if (lineEnd < 0 || lineEnd + 1 == bytes.size())
        return failure(errors::vaultDamaged, Texts::tr("A stored sign-in cannot be read."),
                       Texts::tr("Sign in again."));
    const QString line = QString::fromUtf8(bytes.first(lineEnd));
    return KeptSignIn{Secret(bytes.sliced(lineEnd + 1)), line.section(u'\t', 0, 0),
                      line.section(u'\t', 1).split(u' ', Qt::SkipEmptyParts)};
}

} // namespace bookdesk::identity
