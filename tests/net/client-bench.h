/// ClientBench: a client with its manager and log, ready to be used against a FakeServer.
#pragma once

#include "core/clock.h"
#include "core/redaction.h"
#include "net/access-manager.h"
#include "net/exchange-log.h"
#include "net/http-client.h"

#include <QCoroTask>

#include <memory>

namespace bookdesk::test {

/// Limits so generous that only the test's own matter, unless it says otherwise.
inline net::Limits patientLimits()
{
    return {.transfer = std::chrono::seconds{60}, .bounds = [](net::RequestKind) {
                return net::AnswerBounds{1024 * 1024, std::chrono::seconds{90}};
            }};
}

/// As patientLimits, but every request is sent once.
inline net::Limits limitsWithoutRetries()
{
    net::Limits limits = patientLimits();
    limits.retries.tries = 1;
    return limits;
}

/// As patientLimits, but for all bounds on answers.
inline net::Limits limitsWith(net::AnswerBounds bounds)
{
    net::Limits limits = patientLimits();
    limits.bounds = [bounds](net::RequestKind) { return bounds; };
    return limits;
}

struct ClientBench
{
    explicit ClientBench(net::Limits limits = patientLimits(), net::OwnAuthorities authorities = {},
                         net::ProxyRules proxies = {})
        : manager(log, redactor, systemNow, std::move(authorities), limits, std::move(proxies))
        , client(std::make_unique<net::HttpClient>(manager))
    {}

    Result<net::HttpResponse> send(net::HttpRequest request)
    {
        return QCoro::waitFor(client->send(std::move(request)));
    }

    Result<net::HttpResponse> get(const QUrl &url)
    {
        net::HttpRequest request;
        request.url = url;
        return send(std::move(request));
    }

    Redactor redactor;
    net::ExchangeLog log;
    net::AccessManager manager;
    std::unique_ptr<net::HttpClient> client;
};

inline net::HttpRequest requestTo(const QUrl &url, const QByteArray &method = QByteArrayLiteral("GET"))
{
    net::HttpRequest request;
    request.method = method;
    request.url = url;
    return request;
}

/// The status or the error's code.
inline QString codeOf(const Result<net::HttpResponse> &result)
{
    return result ? QStringLiteral("status %1").arg(result->status) : result.error().code.toString();
}

/// A request under way, with its result once it has come.
class Pending
{
public:
    Pending(net::HttpClient &client, const QUrl &url, std::stop_token stop = {})
        : m_task(keep(client.send(requestTo(url), std::move(stop)), m_code))
    {}

    QString code() const { return *m_code; }

private:
    static QCoro::Task<> keep(Task<net::HttpResponse> task, std::shared_ptr<QString> code)
    {
        const Result<net::HttpResponse> result = co_await task;
        *code = codeOf(result);
    }

    std::shared_ptr<QString> m_code = std::make_shared<QString>();
    QCoro::Task<> m_task;
};

} // namespace bookdesk::test
