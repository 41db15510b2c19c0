/// Client: what an application does at the tenant, without sockets, for tests of the Sandbox's parts.
#pragma once

#include "core/clock.h"
#include "core/json.h"
#include "core/secret.h"
#include "sandbox/http.h"
#include "sandbox/sandbox-state.h"
#include "sandbox/tenant.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace bookdesk::test {

using Fields = std::vector<std::pair<QByteArray, QByteArray>>;

/// Made once for a test program: making keys is slow.
const std::vector<jose::SigningKey> &spareKeys();

QByteArray encodedForm(const Fields &fields);
sandbox::Request getRequest(const QByteArray &path, const QByteArray &query = {}, sandbox::Headers headers = {});
sandbox::Request formRequest(const QByteArray &path, const Fields &fields);
sandbox::Headers bearer(const QByteArray &token);

/// The members of a JSON answer; an empty object where it is none.
JsonObject bodyOf(const sandbox::Response &response);
QString textIn(const JsonObject &object, QStringView name);

/// A tenant with a clock of its own and a client that signs in at it. One thread.
class Client
{
public:
    explicit Client(sandbox::TokenMint::Settings minting = {});

    sandbox::SandboxState state;
    TimePoint now = TimePoint(std::chrono::seconds(1'790'000'000));
    std::vector<Secret> secrets; ///< All that were made.
    sandbox::Tenant tenant;

    QByteArray path(const char *endpoint) const;
    /// The parameters of a good authorization request; @p changes replace those of the same name; one without a value
    /// removes them.
    Fields authorizeFields(const Fields &changes = {}) const;
    sandbox::Response authorize(const Fields &changes = {});
    /// Chooses @p personaId on the sign-in page that @p page is, or declines where it is empty.
    sandbox::Response choose(const sandbox::Response &page, const QString &personaId);
    /// Signs in and gives the answer that the browser brings to the client.
    QHash<QString, QString> signIn(const QString &personaId, const Fields &changes = {});
    sandbox::Response redeem(const QString &code, const Fields &changes = {});
    sandbox::Response refresh(const QString &refreshToken, const Fields &changes = {});
    /// From sign-in to the token response.
    JsonObject tokensFor(const QString &personaId, const Fields &changes = {});

    QByteArray verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    QByteArray challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    QByteArray redirectUri = "http://localhost:12345" + tenant.redirectPath().toLatin1();

private:
    sandbox::TokenMint::Settings completed(sandbox::TokenMint::Settings minting);
};

/// The query of a redirect's target, or the fields of a page that posts itself.
QHash<QString, QString> answerIn(const sandbox::Response &response);

} // namespace bookdesk::test
