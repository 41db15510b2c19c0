// The look-up of a tenant, at a Sandbox over real sockets.
#include "core/json.h"
#include "identity/connection.h"
#include "identity/errors.h"
#include "jose/issuer.h"
#include "sandbox/sandbox-server.h"
#include "workspace/tenant-search.h"

#include <QTcpServer>
#include <QTest>

#include <memory>
#include <optional>

using namespace bookdesk;
using namespace Qt::StringLiterals;
using workspace::TenantSearch;

class TenantSearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTenantIsFound()
    {
        const auto server = QCoro::waitFor(sandbox::SandboxServer::start({}));
        QVERIFY(server);
        const Result<identity::Connection> connection =
            identity::readConnection(toCompactJson((*server)->connectionFile()));
        QVERIFY(connection);
        TenantSearch search(*connection, {});
        const Result<QString> found = QCoro::waitFor(search.find());
        QVERIFY2(found, found ? "" : qPrintable(found.error().message));
        QCOMPARE(u'/' + *found, connection->authority.path());
    }

    void anotherTenantIsNot()
    {
        const auto server = QCoro::waitFor(sandbox::SandboxServer::start({}));
        QVERIFY(server);
        Result<identity::Connection> connection = identity::readConnection(toCompactJson((*server)->connectionFile()));
        QVERIFY(connection);
        connection->authority.setPath(u"/11111111-2222-3333-4444-555555555555"_s);
        TenantSearch search(*connection, {});
        const Result<QString> found = QCoro::waitFor(search.find());
        QVERIFY(!found);
        QVERIFY2(found.error().code.toString().startsWith(u"discovery."_s), qPrintable(found.error().code.toString()));
    }

    /// The server accepts and never answers.
    void itEndsWhenNobodyWantsToKnow()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const auto server = QCoro::waitFor(sandbox::SandboxServer::start({}));
        QVERIFY(server);
        Result<identity::Connection> connection = identity::readConnection(toCompactJson((*server)->connectionFile()));
        QVERIFY(connection);
        connection->authority.setHost(u"127.0.0.1"_s);
        connection->authority.setPort(silent.serverPort());
        auto search = std::make_unique<TenantSearch>(*connection, workspace::Surroundings());
        std::optional<Result<QString>> ended;
        QCoro::connect(search->find(), this, [&ended](const Result<QString> &found) { ended = found; });
        QTRY_VERIFY(silent.hasPendingConnections());
        QVERIFY(!ended);
        search.reset();
        QTRY_VERIFY(ended);
        QVERIFY(!*ended);
        QCOMPARE(ended->error().code.kind(), ErrorKind::stopped);
    }
};

QTEST_GUILESS_MAIN(TenantSearchTest)
#include "tenant-search-test.moc"
