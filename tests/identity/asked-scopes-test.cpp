#include "identity/asked-scopes.h"
#include "identity/sample-connection.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace bookdesk::identity;

namespace {

const QString readScope = u"api://6f1c/Books.Read"_s;
const QString writeScope = u"api://6f1c/Books.Write"_s;
const QStringList openId{u"openid"_s, u"profile"_s, u"offline_access"_s};

Connection connectionWith(const QStringList &scopes)
{
    Connection connection =
        sampleConnection(u"https://login.microsoftonline.com/c6b1a2d3-0f5e-4a7b-9c8d-1e2f3a4b5c6d"_s);
    connection.scopes = scopes + openId;
    return connection;
}

} // namespace

/// Which scopes are asked for.
class AskedScopesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noMoreIsAskedForThanIsNeeded_data()
    {
        QTest::addColumn<QStringList>("listed");
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QStringList>("asked");
        const QString graph = u"https://graph.microsoft.com/Mail.Read"_s;
        QTest::newRow("the scope for reading")
            << QStringList{readScope, writeScope} << QStringList{u"Books.Read"_s} << QStringList{readScope};
        QTest::newRow("in the connection's order")
            << QStringList{writeScope, readScope} << QStringList{u"Books.Read"_s, u"Books.Write"_s}
            << QStringList{writeScope, readScope};
        QTest::newRow("named with a resource")
            << QStringList{readScope, writeScope} << QStringList{writeScope} << QStringList{writeScope};
        QTest::newRow("the only one that is listed")
            << QStringList{u"api://6f1c/Library"_s} << QStringList{u"Books.Read"_s}
            << QStringList{u"api://6f1c/Library"_s};
        QTest::newRow("several of which none is for reading")
            << QStringList{u"api://6f1c/A"_s, u"api://6f1c/B"_s} << QStringList{u"Books.Read"_s}
            << QStringList{u"api://6f1c/A"_s, u"api://6f1c/B"_s};
        QTest::newRow("nothing is named")
            << QStringList{readScope, writeScope} << QStringList() << QStringList{readScope, writeScope};
        QTest::newRow("what is not listed")
            << QStringList{readScope, writeScope} << QStringList{u"Books.Read"_s, graph, u"Books.Export"_s}
            << QStringList{readScope};
        QTest::newRow("OpenID Connect's names are no scopes of the API")
            << QStringList{readScope, writeScope} << QStringList{u"Books.Read"_s, u"openid"_s}
            << QStringList{readScope};
    }

    void noMoreIsAskedForThanIsNeeded()
    {
        QFETCH(const QStringList, listed);
        QFETCH(const QStringList, names);
        QFETCH(const QStringList, asked);
        QCOMPARE(scopesFor(connectionWith(listed), names), asked + openId);
    }

    void whatWasAskedForOrGrantedIsHeld()
    {
        TokenSet tokens;
        tokens.askedScopes = QStringList{readScope} + openId;
        tokens.grantedScopes = {readScope, writeScope};
        QCOMPARE(heldScopes(tokens), (QStringList{u"Books.Read"_s} + openId + QStringList{u"Books.Write"_s}));
    }

    void onlyTheApisScopesAreListed()
    {
        QCOMPARE(listedScopes(connectionWith({readScope, writeScope})),
                 (QStringList{u"Books.Read"_s, u"Books.Write"_s}));
    }
};

QTEST_GUILESS_MAIN(AskedScopesTest)
#include "asked-scopes-test.moc"
