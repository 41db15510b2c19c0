// What the panel shows of each kind of outcome, and what it offers.
#include "app/hostile-checks.h"
#include "app/page-fixture.h"
#include "books/errors.h"
#include "books/token-facts.h"
#include "core/errors.h"
#include "net/errors.h"
#include "widgets/banner.h"
#include "widgets/chip.h"
#include "widgets/outcome-panel.h"

#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace bookdesk::books;
using test::buttonNamed;
using widgets::Kind;
using widgets::OutcomePanel;

namespace {

const widgets::Chip *shownChip(const OutcomePanel &panel)
{
    const auto *chip = panel.findChild<widgets::Chip *>();
    return chip && !chip->isHidden() ? chip : nullptr;
}

const QByteArray claimsChallenge = R"(Bearer error="insufficient_claims", claims="e30=")";
const QByteArray namesNoAlgorithm =
    "{\"detail\":\"Invalid token: It is required that you pass in a value for the \\\"algorithms\\\" argument when "
    "calling decode().\"}";

} // namespace

Q_DECLARE_METATYPE(bookdesk::books::ApiOutcome)

class OutcomePanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_facts.isReady()); }

    void hostileTextIsShownAsItIs_data() { test::addHostileRows(); }

    void hostileTextIsShownAsItIs()
    {
        QFETCH(QString, text);
        OutcomePanel panel;
        for (const OutcomeKind kind : {OutcomeKind::roleMissing, OutcomeKind::network, OutcomeKind::throttled}) {
            ApiOutcome outcome;
            outcome.kind = kind;
            outcome.status = 403;
            outcome.headline = text;
            outcome.explanation = text;
            outcome.remedy = text;
            outcome.request = text;
            outcome.serverSaid = text;
            outcome.facts = {{facts::host, text}, {facts::serverSaid, text}};
            panel.show({.outcome = outcome, .text = text, .note = text});
            buttonNamed(panel, u"outcomeDetails"_s)->click();
            QCOMPARE(test::hostileProblems(panel, text), QString());
        }
        panel.grab();
    }

    void everyOutcomeHasItsHeadlineAndKind_data()
    {
        QTest::addColumn<ApiOutcome>("outcome");
        QTest::addColumn<QString>("headline");
        QTest::addColumn<Kind>("kind");
        addAnswers();
        addRefusals();
        addFailures();
    }

    void everyOutcomeHasItsHeadlineAndKind()
    {
        QFETCH(ApiOutcome, outcome);
        QFETCH(QString, headline);
        QFETCH(Kind, kind);
        OutcomePanel panel;
        panel.show({.outcome = outcome});
        QCOMPARE(panel.banner().headline(), headline);
        QCOMPARE(panel.banner().kind(), kind);
        QCOMPARE(panel.banner().text(), outcome.explanation);
        const QString name = panel.banner().accessibleName();
        QVERIFY2(name.startsWith(headline), qPrintable(name));
        QCOMPARE(buttonNamed(panel, u"outcomeFreshToken"_s) != nullptr, outcome.freshTokenMayHelp);
        const bool isAboutGrants =
            outcome.kind == OutcomeKind::roleMissing || outcome.kind == OutcomeKind::scopeMissing;
        QCOMPARE(buttonNamed(panel, u"copyAdminRequest"_s) != nullptr, isAboutGrants);
        const auto *remedy = panel.banner().rows().value(isAboutGrants ? u"To get it"_s : u"What to do"_s);
        QCOMPARE(remedy != nullptr, !outcome.isOk());
        if (remedy)
            QCOMPARE(remedy->value(), outcome.remedy);
    }

    void aMisconfiguredVerifierIsNoFaultOfTheToken()
    {
        const ApiOutcome outcome = deleting(answer(401, namesNoAlgorithm));
        QCOMPARE(outcome.code, u"books.api-misconfigured"_s);
        QVERIFY2(outcome.explanation.contains(u"Your token is fine."_s), qPrintable(outcome.explanation));
        QVERIFY2(outcome.remedy.contains(u"algorithms=[\"RS256\"]"_s), qPrintable(outcome.remedy));
        QVERIFY(!outcome.freshTokenMayHelp);
    }

    void itIsAsTallAsItsTextsAndScrollsWhereThereIsNoRoom()
    {
        ApiOutcome outcome;
        outcome.kind = OutcomeKind::network;
        outcome.explanation = u"No connection could be made. "_s.repeated(20);
        outcome.facts = std::vector<Fact>(20, {facts::host, u"books.contoso.com"_s});
        QWidget page;
        auto *column = new QVBoxLayout(&page);
        auto *above = new QLabel(u"Books"_s);
        above->setMinimumHeight(100);
        auto *panel = new OutcomePanel;
        column->addWidget(above, 1);
        column->addWidget(panel);
        panel->show({.outcome = outcome});
        buttonNamed(*panel, u"outcomeDetails"_s)->click();
        page.resize(700, 300);
        page.show();
        QTRY_VERIFY(panel->verticalScrollBar()->maximum() > 0);
        QVERIFY(above->height() >= 100);
        QVERIFY(panel->banner().height() >= panel->banner().heightForWidth(panel->banner().width()));
        page.resize(700, 2000);
        QTRY_COMPARE(panel->verticalScrollBar()->maximum(), 0);
        const int frame = 2 * panel->frameWidth();
        QTRY_COMPARE(panel->height() - frame, panel->banner().heightForWidth(panel->width() - frame));
    }

    void itScrollsWithinItsBorder()
    {
        ApiOutcome outcome;
        outcome.kind = OutcomeKind::network;
        outcome.explanation = u"No connection could be made. "_s.repeated(60);
        OutcomePanel panel;
        panel.show({.outcome = outcome});
        panel.resize(500, 120);
        QTRY_VERIFY(panel.verticalScrollBar()->isVisible());
        QVERIFY(panel.frameWidth() > 0);
        QVERIFY(panel.verticalScrollBar()->mapTo(&panel, panel.verticalScrollBar()->rect().bottomRight()).x() <
                panel.width() - 1);
    }

    void technicalFactsAreBehindDetails()
    {
        ApiOutcome outcome;
        outcome.kind = OutcomeKind::tls;
        outcome.remedy = u"Tell the server's administrator."_s;
        outcome.facts = {{facts::host, u"books.contoso.com"_s}};
        OutcomePanel panel;
        panel.show({.outcome = outcome});
        QVERIFY(panel.banner().rows().value(u"What to do"_s));
        QVERIFY(!panel.banner().rows().value(u"Host"_s));
        buttonNamed(panel, u"outcomeDetails"_s)->click();
        QVERIFY(panel.banner().rows().value(u"Host"_s));
        buttonNamed(panel, u"outcomeDetails"_s)->click();
        QVERIFY(!panel.banner().rows().value(u"Host"_s));
        QVERIFY(panel.banner().rows().value(u"What to do"_s));
    }

    void whatIsAdvisedComesFirst()
    {
        ApiOutcome outcome;
        outcome.kind = OutcomeKind::expired;
        outcome.freshTokenMayHelp = true;
        OutcomePanel panel;
        panel.resize(900, 300);
        panel.show({.outcome = outcome, .canBeRetried = true});
        panel.grab();
        QVERIFY(buttonNamed(panel, u"outcomeFreshToken"_s)->y() < buttonNamed(panel, u"retry"_s)->y());
        QVERIFY(!buttonNamed(panel, u"outcomeSignIn"_s));
        outcome.freshTokenMayHelp = false;
        outcome.signInMayHelp = true;
        QSignalSpy asked(&panel, &OutcomePanel::signInAsked);
        panel.show({.outcome = outcome, .canBeRetried = true});
        panel.grab();
        QVERIFY(buttonNamed(panel, u"outcomeSignIn"_s)->y() < buttonNamed(panel, u"retry"_s)->y());
        buttonNamed(panel, u"outcomeSignIn"_s)->click();
        QCOMPARE(asked.size(), 1);
    }

    void whatWasNotSentIsNotCalledSent()
    {
        ApiOutcome outcome;
        outcome.request = u"GET /api/v1/books"_s;
        OutcomePanel panel;
        for (const OutcomeKind kind : {OutcomeKind::withheld, OutcomeKind::refused}) {
            outcome.kind = kind;
            panel.show({.outcome = outcome});
            QVERIFY(!panel.banner().rows().value(u"Sent"_s));
            QVERIFY(panel.banner().rows().value(u"Call"_s));
        }
    }

    void aSuccessThatCannotBeReadIsNotAsPredicted()
    {
        ApiOutcome outcome;
        outcome.kind = OutcomeKind::unexpected;
        outcome.status = 200;
        OutcomePanel panel;
        panel.show({.outcome = outcome, .prediction = {200, u"Your token is valid."_s}});
        QVERIFY(!shownChip(panel));
    }

    void withoutAPredictionThereIsNoChip()
    {
        ApiOutcome outcome;
        outcome.kind = OutcomeKind::forbidden;
        outcome.status = 403;
        OutcomePanel panel;
        panel.show({.outcome = outcome, .prediction = {0, u"The token cannot be read."_s}});
        QVERIFY(!shownChip(panel));
        panel.show({.outcome = outcome, .prediction = {200, u"Your token is valid."_s}});
        QVERIFY(shownChip(panel));
        QCOMPARE(shownChip(panel)->text(), u"differs from prediction"_s);
    }

    void aWithheldTokenCanBeSentAnyway()
    {
        ApiOutcome outcome;
        outcome.kind = OutcomeKind::withheld;
        OutcomePanel panel;
        QSignalSpy asked(&panel, &OutcomePanel::sendAnywayAsked);
        panel.show({.outcome = outcome, .canBeRetried = true});
        QTest::mouseClick(buttonNamed(panel, u"sendAnyway"_s), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        outcome.kind = OutcomeKind::refused;
        panel.show({.outcome = outcome, .canBeRetried = true});
        QVERIFY(!test::buttonWithText(panel, u"Send anyway"_s));
    }

private:
    ApiOutcome deleting(const net::HttpResponse &response) const
    {
        return explain(deleteRule(), u"DELETE /api/v1/books/bk-3"_s, response, m_facts.of());
    }

    void add(const char *name, const net::HttpResponse &response, const QString &headline, Kind kind) const
    {
        QTest::newRow(name) << deleting(response) << headline << kind;
    }

    void addFailure(const char *name, ErrorCode code, const QString &headline, Kind kind) const
    {
        const Error error{code, u"What happened."_s, u"What helps."_s};
        QTest::newRow(name) << explain(u"GET /api/v1/books"_s, error, u"books.contoso.com"_s) << headline << kind;
    }

    void addAnswers() const
    {
        add("200", answer(200, "{}"), u"200 OK"_s, Kind::ok);
        add("a redirect", answer(307, {}), u"307: the API redirects elsewhere"_s, Kind::warn);
        add("404", answer(404, {}), u"404: this book no longer exists"_s, Kind::warn);
        add("405", answer(405, {}), u"405: the API does not allow this method"_s, Kind::bad);
        add("409", answer(409, {}), u"409 Conflict: the book cannot be deleted now"_s, Kind::warn);
        add("422", answer(422, {}), u"422: the API finds a value of the request wrong"_s, Kind::bad);
        add("429", answer(429, {}), u"429: too many requests"_s, Kind::warn);
        add("503", answer(503, {}), u"503: the books service has a problem"_s, Kind::bad);
    }

    void addRefusals() const
    {
        add("expired", answer(401, R"({"detail":"Token expired"})"), u"401 Unauthorized: the token has expired"_s,
            Kind::bad);
        const QString notAccepted = u"401 Unauthorized: the API does not accept this token"_s;
        add("not accepted", answer(401, R"({"detail":"Invalid token: Signature verification failed"})"), notAccepted,
            Kind::bad);
        add("no token", answer(401, R"({"detail":"Not authenticated"})"), notAccepted, Kind::bad);
        add("a misconfigured verifier", answer(401, namesNoAlgorithm), notAccepted, Kind::bad);
        add("role", answer(403, R"({"detail":"Role 'Books.Admin' required"})"), u"403 Forbidden: you lack a role"_s,
            Kind::bad);
        add("scope", answer(403, R"({"detail":"Missing scopes: Books.Read"})"),
            u"403 Forbidden: the app lacks a permission"_s, Kind::bad);
        QTest::newRow("unexplained") << explain(listRule(), u"GET /api/v1/books"_s, answer(403, {}), m_facts.of())
                                     << u"403 Forbidden: the API gave no reason"_s << Kind::bad;
        add("a gateway", answer(403, "<html>"), u"403 Forbidden: a web page came back instead of the API's answer"_s,
            Kind::bad);
        add("claims challenge", answer(401, {}, {{"WWW-Authenticate"_ba, claimsChallenge}}),
            u"Your organization asks for more proof"_s, Kind::bad);
    }

    void addFailures() const
    {
        addFailure("network", net::errors::connectionFailed, u"Cannot reach books.contoso.com"_s, Kind::bad);
        addFailure("TLS", net::errors::tlsFailed, u"The certificate of books.contoso.com is not trusted"_s, Kind::bad);
        addFailure("not JSON", books::errors::responseInvalid, u"The answer from books.contoso.com cannot be read"_s,
                   Kind::bad);
        addFailure("too large", net::errors::tooLarge, u"The answer from books.contoso.com cannot be read"_s,
                   Kind::bad);
        addFailure("not sent", net::errors::tokenWithheld, u"Nothing was sent: the token is not for this API"_s,
                   Kind::warn);
        const Error broken{net::errors::broken, u"It broke off."_s, u"Try again."_s};
        QTest::newRow("unknown fate") << explain(u"DELETE /api/v1/books/bk-3"_s, broken, u"books.contoso.com"_s)
                                      << u"Cannot reach books.contoso.com"_s << Kind::bad;
    }

    FactsMaker m_facts;
};

BOOKDESK_PAGE_TEST_MAIN(OutcomePanelTest)
#include "outcome-panel-test.moc"
