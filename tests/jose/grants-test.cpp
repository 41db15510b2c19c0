#include "jose/entra-names.h"
#include "jose/grants.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {

class GrantsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("claims");
        QTest::addColumn<Grants>("grants");
        const auto row = [](const char *name, const QByteArray &claims, QStringList scopes, QStringList roles,
                            QString userName = {}) {
            QTest::newRow(name) << claims << Grants{true, std::move(scopes), std::move(roles), std::move(userName)};
        };
        row("nothing", "{}", {}, {});
        row("one scope", R"({"scp":"Books.Read"})", {u"Books.Read"_s}, {});
        row("scopes in their order", R"({"scp":"b a  c "})", {u"b"_s, u"a"_s, u"c"_s}, {});
        row("an empty scope string", R"({"scp":""})", {}, {});
        row("only blanks are separators", R"({"scp":"a\tb,c"})", {u"a\tb,c"_s}, {});
        row("scopes as an array count as absent", R"({"scp":["Books.Read"]})", {}, {});
        row("roles", R"({"roles":["Books.Reader","Books.Admin"]})", {}, {u"Books.Reader"_s, u"Books.Admin"_s});
        row("a role as a string counts as absent", R"({"roles":"Books.Admin"})", {}, {});
        row("roles with a number among them count as absent", R"({"roles":["Books.Admin",1]})", {}, {});
        row("null counts as absent", R"({"roles":null,"scp":null,"preferred_username":null})", {}, {});
        row("the user's name", R"({"preferred_username":"riley@example.test"})", {}, {}, u"riley@example.test"_s);
        row("other names are not the user's", R"({"name":"Riley","upn":"x"})", {}, {});
    }

    void reads()
    {
        QFETCH(QByteArray, claims);
        QFETCH(Grants, grants);
        DecodedToken token;
        const Result<JsonObject> object = parseJsonObject(claims);
        QVERIFY(object);
        token.claims = *object;
        QVERIFY(readGrants(token, entraNames()) == grants);
    }

    void itsOwnServersScopesLoseTheServer()
    {
        DecodedToken token;
        token.claims = *parseJsonObject(
            R"({"scp":"openid books/Books.Read shop/Books.Write books2/a books/ https:\/\/a/books/b"})");
        ClaimNames names = entraNames();
        QCOMPARE(readGrants(token, names).scopes.at(1), u"books/Books.Read"_s);
        names.scopeServer = u"books"_s;
        QCOMPARE(readGrants(token, names).scopes, (QStringList{u"openid"_s, u"Books.Read"_s, u"shop/Books.Write"_s,
                                                               u"books2/a"_s, QString(), u"https://a/books/b"_s}));
    }

    void areUnknownUntilRead() { QVERIFY(!Grants().isKnown); }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::GrantsTest)
#include "grants-test.moc"
