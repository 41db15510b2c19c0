#include "identity/key-bench.h"

#include "core/json.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::test {
namespace {

QCoro::Task<void> collect(Task<identity::IssuerKeys> task, std::shared_ptr<KeyBench::Answers> answers,
                          std::size_t place)
{
    Result<identity::IssuerKeys> result = co_await std::move(task);
    answers->at(place) = std::move(result);
}

/// So that each fetch is one request.
net::Limits withoutRetries(net::Limits limits)
{
    limits.retries.tries = 1;
    return limits;
}

} // namespace

const jose::SigningKey &issuerKey(std::size_t index)
{
    static const std::vector<Result<jose::SigningKey>> keys = [] {
        std::vector<Result<jose::SigningKey>> made;
        for (int i = 0; i < 2; ++i)
            made.push_back(jose::SigningKey::generateRsa());
        return made;
    }();
    return *keys.at(index);
}

QByteArray keySetDocument(const std::vector<std::size_t> &keys)
{
    JsonArray published;
    for (const std::size_t key : keys)
        published.push_back(issuerKey(key).publicJwk());
    return toCompactJson(JsonObject{{u"keys"_s, published}});
}

QByteArray keySetOf(const std::vector<std::size_t> &keys, const net::Headers &headers)
{
    return httpAnswer("200 OK", headers, keySetDocument(keys));
}

QString codeOf(const Result<identity::IssuerKeys> &keys) { return keys ? u"no error"_s : keys.error().code.toString(); }

KeyBench::KeyBench(identity::KeyStoreLimits limits, net::Limits netLimits)
    : manager(log, Redactor(), systemNow, {}, withoutRetries(std::move(netLimits)))
    , store(std::make_unique<identity::KeyStore>(
          *http, [this] { return now; }, limits))
{}

void KeyBench::ask(const QString &keyId, std::stop_token stop)
{
    answers->emplace_back();
    collect(store->keysFor(source(), keyId, std::move(stop)), answers, answers->size() - 1);
}

bool KeyBench::haveAllAnswers() const
{
    return std::all_of(answers->begin(), answers->end(), [](const auto &got) { return got.has_value(); });
}

std::optional<QByteArray> KeyBench::lastHeader(QByteArrayView name) const
{
    return net::headerValue(server.requests().back().headers, name);
}

} // namespace bookdesk::test
