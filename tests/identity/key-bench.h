/// KeyBench: an issuer that publishes its keys over a real socket, and a store with a clock of the test's own.
#pragma once

#include "identity/errors.h"
#include "identity/key-store.h"
#include "jose/signing-key.h"
#include "net/fake-server.h"

#include <QCoroTask>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace bookdesk::test {

/// Real keys, made once because that takes long.
const jose::SigningKey &issuerKey(std::size_t index);
inline const QString &firstId() { return issuerKey(0).keyId(); }
inline const QString &secondId() { return issuerKey(1).keyId(); }

QByteArray keySetDocument(const std::vector<std::size_t> &keys);
/// An answer with the JWKS of these keys.
QByteArray keySetOf(const std::vector<std::size_t> &keys, const net::Headers &headers = {});

QString codeOf(const Result<identity::IssuerKeys> &keys);
inline QString keysUnavailable() { return identity::errors::keysUnavailable.toString(); }

class KeyBench
{
public:
    explicit KeyBench(identity::KeyStoreLimits limits = {}, net::Limits netLimits = {});

    identity::KeySource source(const QString &issuer = QStringLiteral("https://issuer.example")) const
    {
        return {issuer, server.url(QStringLiteral("/keys"))};
    }

    Result<identity::IssuerKeys> keysFor(const QString &keyId)
    {
        return QCoro::waitFor(store->keysFor(source(), keyId));
    }
    Result<identity::IssuerKeys> prefetch() { return QCoro::waitFor(store->prefetch(source())); }
    identity::IssuerKeys cached() const { return store->cached(source().issuer); }
    std::optional<identity::KeyState> state() const { return store->state(source().issuer); }

    /// Asks without waiting; the answer comes into `answers`.
    void ask(const QString &keyId, std::stop_token stop = {});
    bool haveAllAnswers() const;

    int fetches() const { return static_cast<int>(server.requests().size()); }
    /// What the last request says in a header; nothing where it has none.
    std::optional<QByteArray> lastHeader(QByteArrayView name) const;

    QByteArray answer = keySetOf({0});
    /// Where set, it answers instead.
    std::function<QByteArray(const SeenRequest &)> onRequest;
    FakeServer server{[this](const SeenRequest &request) { return onRequest ? onRequest(request) : answer; }};
    TimePoint now{std::chrono::seconds{1'800'000'000}};
    net::ExchangeLog log;
    net::AccessManager manager;
    std::unique_ptr<net::HttpClient> http = std::make_unique<net::HttpClient>(manager);
    std::unique_ptr<identity::KeyStore> store;

    using Answers = std::vector<std::optional<Result<identity::IssuerKeys>>>;
    std::shared_ptr<Answers> answers = std::make_shared<Answers>();
};

} // namespace bookdesk::test
