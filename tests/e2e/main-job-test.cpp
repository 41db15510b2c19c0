// The main job over real sockets: every persona on every endpoint, every fault, and the way from a 403 to a 200.
#include "e2e/sandbox-desk.h"

#include <QTest>

using namespace bookdesk;
using namespace Qt::StringLiterals;
using books::OutcomeKind;
using sandbox::Fault;
using sandbox::FaultSpan;
using test::SandboxDesk;

Q_DECLARE_METATYPE(bookdesk::books::OutcomeKind)
Q_DECLARE_METATYPE(bookdesk::sandbox::Fault)

namespace {

const QString firstBook = u"bk-0001"_s;

std::size_t requestsTo(SandboxDesk &at, const QString &path)
{
    const auto &exchanges = at.desk().exchanges().exchanges();
    return static_cast<std::size_t>(std::count_if(exchanges.begin(), exchanges.end(), [&path](const auto &exchange) {
        return QUrl(exchange.url).path() == path;
    }));
}

bool holdsBook(const books::ListOutcome &outcome, const QString &id)
{
    const auto &books = outcome.list->books;
    return std::any_of(books.begin(), books.end(), [&id](const books::Book &book) { return book.id == id; });
}

} // namespace

class MainJobTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPersonaOnEveryEndpoint_data()
    {
        QTest::addColumn<bool>("usesTls");
        QTest::addColumn<QString>("persona");
        QTest::addColumn<OutcomeKind>("listKind");
        QTest::addColumn<int>("listStatus");
        QTest::addColumn<OutcomeKind>("deleteKind");
        QTest::addColumn<int>("deleteStatus");
        for (const bool usesTls : {false, true}) {
            const QByteArray scheme = usesTls ? "https" : "http";
            QTest::newRow("Riley reads and may not delete, over " + scheme)
                << usesTls << u"riley"_s << OutcomeKind::ok << 200 << OutcomeKind::roleMissing << 403;
            QTest::newRow("Ada reads and deletes, over " + scheme)
                << usesTls << u"ada"_s << OutcomeKind::ok << 200 << OutcomeKind::ok << 200;
            QTest::newRow("Nora may neither read nor delete, over " + scheme)
                << usesTls << u"nora"_s << OutcomeKind::scopeMissing << 403 << OutcomeKind::roleMissing << 403;
        }
    }

    void everyPersonaOnEveryEndpoint()
    {
        QFETCH(bool, usesTls);
        QFETCH(QString, persona);
        sandbox::SandboxOptions options;
        options.usesTls = usesTls;
        SandboxDesk at(options);
        const Result<void> signedIn = at.signIn({persona});
        QVERIFY2(signedIn, qPrintable(signedIn ? QString() : signedIn.error().message));

        const books::Prediction listPrediction = books::predict(books::listRule(), at.desk().tokenFacts());
        const books::ListOutcome list = at.list();
        QTEST(list.outcome.kind, "listKind");
        QTEST(list.outcome.status, "listStatus");
        QCOMPARE(listPrediction.status, list.outcome.status);
        if (list.outcome.isOk())
            QVERIFY(list.list->books.size() > 50);

        const books::Prediction deletePrediction = books::predict(books::deleteRule(), at.desk().tokenFacts());
        const books::DeleteOutcome removed = at.remove(firstBook);
        QTEST(removed.outcome.kind, "deleteKind");
        QTEST(removed.outcome.status, "deleteStatus");
        QCOMPARE(deletePrediction.status, removed.outcome.status);
        if (list.outcome.isOk())
            QCOMPARE(holdsBook(at.list(), firstBook), !removed.outcome.isOk());
    }

    void aRefusedDeleteBecomesA200OnceTheRoleIsGranted()
    {
        SandboxDesk at;
        QVERIFY(at.signIn({u"riley"_s}));
        QCOMPARE(at.remove(firstBook).outcome.kind, OutcomeKind::roleMissing);

        QVERIFY(at.sandbox().grantRole(u"riley"_s, u"Books.Admin"_s));
        QCOMPARE(at.remove(firstBook).outcome.kind, OutcomeKind::roleMissing); // the old token does not know
        QVERIFY(QCoro::waitFor(at.desk().session().refresh()));

        const books::DeleteOutcome removed = at.remove(firstBook);
        QCOMPARE(removed.outcome.kind, OutcomeKind::ok);
        QCOMPARE(removed.deleted, firstBook);
        QCOMPARE(removed.by, std::optional(u"riley.reader@sandbox.test"_s));

        QVERIFY(at.sandbox().revokeRole(u"riley"_s, u"Books.Admin"_s));
        QVERIFY(QCoro::waitFor(at.desk().session().refresh()));
        QCOMPARE(at.remove(u"bk-0002"_s).outcome.kind, OutcomeKind::roleMissing);
    }

    void aTokenFaultShowsInTheApisAnswer_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<OutcomeKind>("kind");
        QTest::addColumn<jose::CheckKind>("failedCheck");
        QTest::newRow("expired") << Fault::accessTokenExpired << OutcomeKind::expired << jose::CheckKind::expiry;
        QTest::newRow("for another audience")
            << Fault::accessTokenWrongAudience << OutcomeKind::unauthenticated << jose::CheckKind::audience;
        QTest::newRow("with a broken signature")
            << Fault::accessTokenSignatureBroken << OutcomeKind::unauthenticated << jose::CheckKind::signature;
    }

    void aTokenFaultShowsInTheApisAnswer()
    {
        QFETCH(Fault, fault);
        SandboxDesk at;
        at.sandbox().arm(fault, FaultSpan::untilCleared);
        // The ID token stays good, so the sign-in succeeds; the access token's fault is a finding.
        QVERIFY(at.signIn({u"ada"_s}));
        const jose::Verification verification = at.desk().session().current()->accessToken.verification;
        QVERIFY(verification.firstFailure());
        QTEST(verification.firstFailure()->kind, "failedCheck");

        const books::ListOutcome list = at.list();
        QCOMPARE(list.outcome.status, 401);
        QTEST(list.outcome.kind, "kind");

        at.sandbox().clearFaults();
        QVERIFY(QCoro::waitFor(at.desk().session().refresh()));
        QCOMPARE(at.list().outcome.status, 200);
    }

    void aTokenThatIsExpiredOnceIsRefreshedSilently()
    {
        SandboxDesk at;
        at.sandbox().arm(Fault::accessTokenExpired, FaultSpan::once);
        QVERIFY(at.signIn({u"riley"_s}));
        QCOMPARE(at.list().outcome.status, 200);
    }

    void aWrongAudienceIsNotRetried()
    {
        SandboxDesk at;
        at.sandbox().arm(Fault::accessTokenWrongAudience, FaultSpan::untilCleared);
        QVERIFY(at.signIn({u"riley"_s}));
        QCOMPARE(at.list().outcome.status, 401);
        QCOMPARE(requestsTo(at, u"/api/v1/books"_s), std::size_t{1});
    }

    void declinedConsentEndsTheSignIn()
    {
        SandboxDesk at;
        at.sandbox().arm(Fault::consentDeclined, FaultSpan::once);
        const Result<void> refused = at.signIn({u"riley"_s});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code.toString(), u"sign-in.declined"_s);
        QVERIFY(!at.desk().session().current());
        QVERIFY(at.signIn({u"riley"_s}));
    }

    void thePersonCanDecline()
    {
        SandboxDesk at;
        const Result<void> refused = at.signIn({.personaId = u"riley"_s, .declines = true});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code.toString(), u"sign-in.declined"_s);
    }

    void aServerErrorIsShownOnce()
    {
        SandboxDesk at;
        QVERIFY(at.signIn({u"riley"_s}));
        at.sandbox().arm(Fault::apiAnswers500, FaultSpan::once);
        const books::ListOutcome failed = at.list();
        QCOMPARE(failed.outcome.kind, OutcomeKind::serverError);
        QCOMPARE(failed.outcome.status, 500);
        QCOMPARE(at.list().outcome.status, 200);
    }

    void afterAKeyRotationTheNextSignInWorks()
    {
        SandboxDesk at;
        QVERIFY(at.signIn({u"riley"_s}));
        QVERIFY(QCoro::waitFor(at.sandbox().rotateKeys()));
        const books::ListOutcome list = at.list();
        QCOMPARE(list.outcome.status, 401);
        QVERIFY(list.outcome.serverSaid.contains(u"Invalid token: "_s));

        QVERIFY(at.signIn({u"riley"_s}));
        QVERIFY(at.desk().session().current()->accessToken.verification.passed());
        QCOMPARE(at.list().outcome.status, 200);
    }

    void withoutTheApiTheOutcomeIsANetworkProblem()
    {
        auto at = std::make_unique<SandboxDesk>();
        QVERIFY(at->signIn({u"riley"_s}));
        QVERIFY(at->list().outcome.isOk());
        at->stopSandbox();
        const books::ListOutcome list = at->list();
        QCOMPARE(list.outcome.kind, OutcomeKind::network);
        QCOMPARE(list.outcome.status, 0);
    }

    void signedOutNothingIsSent()
    {
        SandboxDesk at;
        QVERIFY(at.signIn({u"riley"_s}));
        at.desk().session().signOut();
        const books::ListOutcome list = at.list();
        QCOMPARE(list.outcome.kind, OutcomeKind::refused);
        QCOMPARE(requestsTo(at, u"/api/v1/books"_s), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(MainJobTest)
#include "main-job-test.moc"
