/// HttpServer: Qt's HTTP server with one handler for everything; what differs between Qt's releases ends here.
#pragma once

#include "sandbox/http.h"

#include <functional>
#include <memory>

class QHttpServer;
class QTcpServer;

namespace bookdesk::sandbox {

/// One thread. Every request comes to the handler, whatever its method and path: routes of Qt's own do not match HEAD,
/// wrong methods and `%2F`. An answer to HEAD goes out without its body.
class HttpServer
{
public:
    using Handler = std::function<Response(const Request &)>;

    explicit HttpServer(Handler handler);
    ~HttpServer();

    /// Serves what @p listener, which is listening already, accepts.
    bool bind(std::unique_ptr<QTcpServer> listener);

private:
    std::unique_ptr<QHttpServer> m_server;
};

} // namespace bookdesk::sandbox
