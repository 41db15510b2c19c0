#include "books/api-outcome.h"
#include "books/token-facts.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::books;
using namespace Qt::StringLiterals;

namespace {

const QByteArray rolesRefused = R"({"detail":"Role 'Books.Admin' required"})";
const QByteArray scopesRefused = R"({"detail":"Missing scopes: Books.Read"})";

} // namespace

class MissingGrantTest : public QObject
{
    Q_OBJECT

private:
    FactsMaker m_facts;

    ApiOutcome deleting(const net::HttpResponse &response, const QByteArray &claims = "{}") const
    {
        return explain(deleteRule(), u"DELETE /api/v1/books/bk-3"_s, response, m_facts.of(claims));
    }

    ApiOutcome listing(const net::HttpResponse &response, const QByteArray &claims = "{}") const
    {
        return explain(listRule(), u"GET /api/v1/books"_s, response, m_facts.of(claims));
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_facts.isReady()); }

    void aMissingRoleIsThePersons()
    {
        const ApiOutcome outcome = deleting(answer(403, rolesRefused));
        QCOMPARE(outcome.kind, OutcomeKind::roleMissing);
        QCOMPARE(outcome.code, u"books.role-missing"_s);
        QCOMPARE(outcome.status, 403);
        QCOMPARE(outcome.headline, u"403 Forbidden: you lack a role"_s);
        QCOMPARE(outcome.explanation, u"The API knows who you are, but deleting needs the app role Books.Admin. Your "
                                      "token carries Books.Reader only."_s);
        QVERIFY(outcome.remedy.contains(u"Enterprise applications"_s));
        QVERIFY(outcome.remedy.contains(u"Users and groups. Then get a fresh token."_s));
        QVERIFY(!outcome.remedy.contains(u"consent"_s));
        QCOMPARE(outcome.missing, QStringList{u"Books.Admin"_s});
        QVERIFY(outcome.freshTokenMayHelp);
        QCOMPARE(outcome.serverSaid, QString::fromUtf8(rolesRefused));
    }

    void aMissingScopeIsTheApps()
    {
        const ApiOutcome outcome = listing(answer(403, scopesRefused), R"({"scp":""})");
        QCOMPARE(outcome.kind, OutcomeKind::scopeMissing);
        QCOMPARE(outcome.code, u"books.scope-missing"_s);
        QCOMPARE(outcome.headline, u"403 Forbidden: the app lacks a permission"_s);
        QVERIFY2(outcome.explanation.contains(u"scope Books.Read for this app. Your token carries no scope"_s),
                 qPrintable(outcome.explanation));
        QVERIFY(outcome.remedy.contains(u"consent"_s));
        QVERIFY(!outcome.remedy.contains(u"Enterprise applications"_s));
        QCOMPARE(outcome.missing, QStringList{u"Books.Read"_s});
    }

    void aWebPageSaysNothingAboutThePerson()
    {
        const ApiOutcome outcome = deleting(answer(403, "<!DOCTYPE html><title>Blocked</title>"));
        QCOMPARE(outcome.kind, OutcomeKind::forbidden);
        QVERIFY2(outcome.headline.contains(u"web page"_s), qPrintable(outcome.headline));
        const QString all = outcome.headline + outcome.explanation + outcome.remedy;
        QVERIFY2(!all.contains(u"knows who you are"_s) && !all.contains(u"Books.Admin"_s), qPrintable(all));
        QVERIFY(outcome.missing.isEmpty());
    }

    void aReasonThatNobodyKnowsIsQuoted()
    {
        const ApiOutcome outcome = listing(answer(403, R"({"title":"Forbidden","detail":["Only on Mondays"]})"));
        QCOMPARE(outcome.kind, OutcomeKind::forbidden);
        QVERIFY2(outcome.explanation.contains(u"“Only on Mondays”"_s), qPrintable(outcome.explanation));
        QVERIFY(!outcome.headline.contains(u"no reason"_s));
    }

    void severalScopesAreListed()
    {
        const ApiOutcome outcome = listing(answer(403, R"({"detail":"Missing scopes: Books.Read, Books.Write"})"));
        QCOMPARE(outcome.missing, (QStringList{u"Books.Read"_s, u"Books.Write"_s}));
        QVERIFY(outcome.explanation.contains(u"Books.Read, Books.Write"_s));
    }

    void aRoleThatTheTokenCarriesIsSaidToBeThere()
    {
        const ApiOutcome outcome = deleting(answer(403, rolesRefused), R"({"roles":["Books.Admin"]})");
        QCOMPARE(outcome.kind, OutcomeKind::roleMissing);
        QVERIFY2(outcome.explanation.contains(u"which your token does carry"_s), qPrintable(outcome.explanation));
        QVERIFY(outcome.remedy.contains(u"API's owner"_s));
        QVERIFY(!outcome.remedy.contains(u"Enterprise applications"_s));
    }

    void aScopeThatTheTokenCarriesIsSaidToBeThere()
    {
        const ApiOutcome outcome = listing(answer(403, scopesRefused));
        QCOMPARE(outcome.kind, OutcomeKind::scopeMissing);
        QVERIFY2(outcome.explanation.contains(u"which your token does carry"_s), qPrintable(outcome.explanation));
        QVERIFY(outcome.freshTokenMayHelp);
    }

    void theClaimIsNamedAsTheProviderNamesIt()
    {
        const auto remedyOf = [this](const AccessRule &rule, const QByteArray &body, TokenFacts facts) {
            facts.scopeClaims = QStringList{u"scope"_s};
            facts.roleClaims = QStringList{u"roles"_s, u"realm_access.roles"_s};
            return explain(rule, u"GET /api/v1/books"_s, answer(403, body), facts).remedy;
        };
        const QString scope = remedyOf(listRule(), scopesRefused, m_facts.of("{}"));
        QVERIFY2(scope.contains(u"the token's \"scope\" claim"_s), qPrintable(scope));
        const QString role = remedyOf(deleteRule(), rolesRefused, m_facts.of(R"({"roles":["Books.Admin"]})"));
        QVERIFY2(role.contains(u"\"realm_access.roles\""_s), qPrintable(role));
        QVERIFY(listing(answer(403, scopesRefused)).remedy.contains(u"the token's \"scp\" claim"_s));
    }

    void anUnreadableTokenIsNotSaidToLackAnything()
    {
        const ApiOutcome outcome =
            explain(deleteRule(), u"DELETE /x"_s, answer(403, rolesRefused), FactsMaker::opaque());
        QCOMPARE(outcome.kind, OutcomeKind::roleMissing);
        QVERIFY2(outcome.explanation.contains(u"Your token cannot be read here"_s), qPrintable(outcome.explanation));
    }

    void aChallengeWinsOverTheBody()
    {
        const net::Headers headers{
            {"WWW-Authenticate"_ba,
             "Bearer error=\"insufficient_scope\", scope=\"api://x/Books.Read api://x/Books.Write\""_ba}};
        const ApiOutcome outcome = deleting(answer(403, rolesRefused, headers));
        QCOMPARE(outcome.kind, OutcomeKind::scopeMissing);
        QCOMPARE(outcome.missing, QStringList{u"api://x/Books.Write"_s});
    }

    void insufficientScopeWithA401IsNoTokenTrouble()
    {
        const net::Headers headers{{"WWW-Authenticate"_ba, R"(Bearer error="insufficient_scope", scope="A")"_ba}};
        const ApiOutcome outcome = listing(answer(401, {}, headers));
        QCOMPARE(outcome.kind, OutcomeKind::scopeMissing);
        QCOMPARE(outcome.headline, u"401 Unauthorized: the app lacks a permission"_s);
    }

    void insufficientScopeWithoutNamesIsComparedWithTheRule()
    {
        const net::Headers headers{{"WWW-Authenticate"_ba, R"(Bearer error="insufficient_scope")"_ba}};
        QCOMPARE(listing(answer(403, {}, headers)).missing, QStringList{u"Books.Read"_s});
        QCOMPARE(deleting(answer(403, {}, headers)).kind, OutcomeKind::roleMissing);
        QCOMPARE(deleting(answer(403, {}, headers), R"({"roles":["Books.Admin"]})").kind, OutcomeKind::forbidden);
    }

    void whatHelpsDependsOnTheConnection_data()
    {
        QTest::addColumn<QStringList>("listed");
        QTest::addColumn<QStringList>("held");
        QTest::addColumn<QString>("remedy");
        QTest::addColumn<QStringList>("obtainable");
        QTest::addColumn<bool>("signInMayHelp");
        const QString read = u"Books.Read"_s;
        const QString write = u"Books.Write"_s;
        const QString asked = u"api://x/Books.Write"_s;
        QTest::newRow("it can be got") << QStringList{read, write} << QStringList{read} << u"Get this scope: "_s
                                       << QStringList{asked} << false;
        QTest::newRow("it is not listed")
            << QStringList{read} << QStringList{read}
            << u"This connection does not list api://x/Books.Write, and Bookdesk asks for no other scopes"_s
            << QStringList() << false;
        QTest::newRow("it was asked for already") << QStringList{read, write} << QStringList{read, write}
                                                  << u"Sign in again with this scope"_s << QStringList() << true;
        QTest::newRow("nothing is known of the connection")
            << QStringList() << QStringList() << u"Sign in again with this scope"_s << QStringList() << true;
    }

    void whatHelpsDependsOnTheConnection()
    {
        QFETCH(const QStringList, listed);
        QFETCH(const QStringList, held);
        QFETCH(const QString, remedy);
        const net::Headers headers{
            {"WWW-Authenticate"_ba, "Bearer error=\"insufficient_scope\", scope=\"api://x/Books.Write\""_ba}};
        TokenFacts facts = m_facts.of("{}");
        facts.listedScopes = listed;
        facts.heldScopes = held;
        const ApiOutcome outcome = explain(deleteRule(), u"DELETE /x"_s, answer(403, {}, headers), facts);
        QCOMPARE(outcome.kind, OutcomeKind::scopeMissing);
        QVERIFY2(outcome.remedy.startsWith(remedy), qPrintable(outcome.remedy));
        QTEST(outcome.obtainable, "obtainable");
        QTEST(outcome.signInMayHelp, "signInMayHelp");
    }

    void aSilent403IsToldFromTheToken()
    {
        QCOMPARE(deleting(answer(403, "no")).kind, OutcomeKind::roleMissing);
        QCOMPARE(listing(answer(403, "no"), R"({"scp":""})").kind, OutcomeKind::scopeMissing);
    }

    void aSilent403WithAFittingTokenIsUnexplained()
    {
        for (const QByteArray &body : {QByteArray(), "{}"_ba, R"({"detail":[7]})"_ba, R"({"detail":"Forbidden"})"_ba}) {
            const ApiOutcome outcome = listing(answer(403, body));
            QCOMPARE(outcome.kind, OutcomeKind::forbidden);
            QCOMPARE(outcome.code, u"books.forbidden"_s);
            QCOMPARE(outcome.headline, u"403 Forbidden: the API gave no reason"_s);
            QVERIFY(!outcome.remedy.isEmpty());
        }
    }

    void namesFromTheApiAreShownSafely()
    {
        const QByteArray body = QByteArray(R"({"detail":"Role 'Bo\u202eoks\u0007' required"})");
        const QString text = deleting(answer(403, body)).explanation;
        QVERIFY2(text.contains(u"Bo\\u{202E}oks\\u{0007}"_s), qPrintable(text));
        const QByteArray longRole = "{\"detail\":\"Role '" + QByteArray(5000, 'r') + "' required\"}";
        QVERIFY(deleting(answer(403, longRole)).explanation.size() < 800);
    }
};

QTEST_GUILESS_MAIN(MissingGrantTest)
#include "missing-grant-test.moc"
