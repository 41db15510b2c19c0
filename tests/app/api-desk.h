/// ApiDesk: a desk on a real Sandbox whose API is a FakeServer, so that a test decides what the API answers.
#pragma once

#include "core/json.h"
#include "net/fake-server.h"
#include "sandbox/sandbox-server.h"
#include "workspace/desk.h"
#include "workspace/persona-browser.h"

#include <QCoroTask>
#include <QSslConfiguration>
#include <QString>

#include <algorithm>
#include <chrono>
#include <memory>

namespace bookdesk::test {

inline QByteArray listOfBooks()
{
    return httpAnswer("200 OK", {}, R"({"books":[{"id":"b1","title":"Emma"},{"id":"b2","title":"Evelina"}]})");
}

/// Every request is sent once, and pauses are short.
inline workspace::Surroundings quickSurroundings()
{
    workspace::Surroundings surroundings;
    surroundings.netLimits.retries.tries = 1;
    surroundings.retryPlan.firstPause = std::chrono::milliseconds{200};
    return surroundings;
}

/// One thread.
class ApiDesk
{
public:
    explicit ApiDesk(workspace::Surroundings surroundings = quickSurroundings()) { start(std::move(surroundings)); }

    /// Its API is served over TLS.
    explicit ApiDesk(const QSslConfiguration &tls)
        : api([this](const SeenRequest &) { return answer; }, tls)
    {
        start(quickSurroundings());
    }

    bool signIn() { return QCoro::waitFor(desk->signIn({})).has_value(); }
    /// How often the API was asked to do this.
    int count(const QByteArray &method) const
    {
        return static_cast<int>(std::ranges::count(api.requests(), method, &SeenRequest::method));
    }

    QByteArray answer = listOfBooks(); ///< Empty for none.
    FakeServer api{[this](const SeenRequest &) { return answer; }};
    std::shared_ptr<sandbox::SandboxServer> sandbox;
    std::unique_ptr<workspace::Desk> desk;

private:
    void start(workspace::Surroundings surroundings)
    {
        auto started = QCoro::waitFor(sandbox::SandboxServer::start({}));
        if (!started)
            qFatal("%s", qPrintable(started.error().message));
        sandbox = *started;
        JsonObject file = sandbox->connectionFile();
        file.set(QStringLiteral("apiBaseUrl"), api.url().toString());
        const Result<identity::Connection> connection = identity::readConnection(toCompactJson(file));
        if (!connection)
            qFatal("%s", qPrintable(connection.error().message));
        surroundings.open = workspace::personaBrowser({QStringLiteral("ada"), false}, {});
        desk = std::make_unique<workspace::Desk>(*connection, surroundings);
    }
};

} // namespace bookdesk::test
