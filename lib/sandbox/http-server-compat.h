/// HttpServer: Qt's HTTP server with one handler for everything; hides the differences between Qt's releases.
#pragma once

#include "sandbox/http.h"

#include <functional>
#include <memory>

class QHttpServer;
class QTcpServer;

namespace bookdesk::sandbox {

/// One thread. Every request reaches the handler, whatever its method and path: Qt's own routes do not match HEAD,
/// wrong methods and `%2F`. An answer to HEAD is sent without its body.
class HttpServer
{
public:
    using Handler = std::function<Response(const Request &)>;

    explicit HttpServer(Handler handler);
    ~HttpServer();

    /// Serves the connections of @p listener, which is already listening.
    bool bind(std::unique_ptr<QTcpServer> listener);

private:
    std::unique_ptr<QHttpServer> m_server;
};

} // namespace bookdesk::sandbox
