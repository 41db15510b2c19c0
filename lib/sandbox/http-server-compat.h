/// HttpServer: Qt's HTTP server with one handler for everything; hides the differences between Qt's releases.
#pragma once

#include "sandbox/http.h"

#include <functional>
#include <memory>

class QTcpServer;

namespace bookdesk::sandbox {

/// One thread. Every request reaches the handler, whatever its method and path. An answer to HEAD is sent without its
/// body; a late one is lost if the server ends before.
class HttpServer
{
public:
    using Handler = std::function<Response(const Request &)>;

    explicit HttpServer(Handler handler);
    ~HttpServer();

    /// Serves the connections of @p listener, which is already listening.
    bool bind(std::unique_ptr<QTcpServer> listener);

private:
    class Server;

    std::unique_ptr<Server> m_server;
};

} // namespace bookdesk::sandbox
