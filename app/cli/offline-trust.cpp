#include "cli/offline-trust.h"

#include "books/claim-types.h"
#include "cli/errors.h"
#include "cli/input-file.h"
#include "jose/algorithm.h"
#include "jose/jwk-set.h"

#include <QCoreApplication>
#include <QLocale>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(OfflineTrust)
};

QString knownAlgorithms()
{
    QStringList names;
    for (const jose::Algorithm algorithm : jose::allAlgorithms)
        names += jose::algorithmName(algorithm);
    return QLocale().createSeparatedList(names);
}

/// Empty names give the API's own.
Result<std::vector<jose::Algorithm>> allowList(const QStringList &names)
{
    if (names.isEmpty())
        return jose::TokenPolicy().algorithms;
    std::vector<jose::Algorithm> allowed;
    for (const QString &name : names) {
        const std::optional<jose::Algorithm> algorithm = jose::algorithmFrom(name);
        if (!algorithm)
            return failure(errors::usage,
                           Texts::tr("\"%1\" is not an algorithm that tokens can be verified with.").arg(name),
                           Texts::tr("Choose from %1.").arg(knownAlgorithms()));
        allowed.push_back(*algorithm);
    }
    return allowed;
}

Result<identity::SharedKeys> readKeys(const QString &file)
{
    const Result<QByteArray> document = readInputFile(file);
    if (!document)
        return failure(document.error());
    Result<jose::JwkSet> keys = jose::parseJwkSet(*document);
    if (!keys)
        return failure(keys.error());
    return std::make_shared<const jose::JwkSet>(*std::move(keys));
}

/// Without a connection, tokens are assumed to use the claims of Entra.
Result<identity::Trust> trustFor(const OfflineTrust &options)
{
    const Result<identity::Provider> entra = identity::findProvider(u"entra"_s);
    if (!entra)
        return failure(entra.error());
    identity::Connection api;
    api.provider = *entra;
    api.audience = options.audience;
    identity::Trust trust = identity::makeTrust(api, options.issuer, {books::claimTypes()});
    // The client is unknown, so none of these can be recognized as its ID tokens.
    trust.idTokens = trust.accessTokens;
    return trust;
}

} // namespace

Result<identity::Trust> readOfflineTrust(const OfflineTrust &options)
{
    Result<std::vector<jose::Algorithm>> algorithms = allowList(options.algorithms);
    if (!algorithms)
        return failure(algorithms.error());
    Result<identity::SharedKeys> keys = readKeys(options.jwksFile);
    if (!keys)
        return failure(keys.error());
    Result<identity::Trust> trust = trustFor(options);
    if (!trust)
        return trust;
    trust->keys = *std::move(keys);
    trust->accessTokens.algorithms = *algorithms;
    trust->idTokens.algorithms = *std::move(algorithms);
    return trust;
}

} // namespace bookdesk::cli
