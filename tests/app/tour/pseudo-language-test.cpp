// The whole guided tour in a language in which every text is longer by 40 % and stands in brackets: what is not
// translatable, or does not fit when it is longer, is seen.
#include "app/tour/pseudo-language.h"
#include "app/tour/shown-texts.h"
#include "app/tour/tour-walk.h"
#include "core/versions.h"
#include "lab/endpoint-path.h"
#include "lab/lab-words.h"
#include "pages/books/books-page.h"
#include "pages/books/books-table.h"
#include "pages/books/proof-panel.h"
#include "pages/signin/advice-card.h"
#include "pages/signin/browser-error-view.h"
#include "pages/signin/error-card.h"
#include "pages/signin/sign-in-page.h"
#include "pages/token/claims-card.h"
#include "pages/token/grants-card.h"
#include "style/style.h"
#include "tour/scenes.h"
#include "widgets/outcome-panel.h"
#include "window/main-window.h"
#include "workspace/support-facts.h"

#include <QApplication>
#include <QDialog>
#include <QRegularExpression>
#include <QSettings>
#include <QTabBar>
#include <QTest>

#include <algorithm>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

namespace {

/// Values that are shown as they are, whatever the language; each stands for itself.
class Data
{
public:
    explicit Data(tour::Stage &stage)
    {
        // Names of the program, of the Sandbox and of the connection that the tour offers.
        m_values = {u"Bookdesk"_s, u"Sandbox"_s, u"Contoso books"_s};
        // A kind of content, and the code of an error outside of the pages below.
        m_values += {u"application/json"_s, u"file.not-written"_s};
        for (const Version &version : versions())
            add(version.name);
        add(versions().back().version);
        for (const workspace::SupportFact &fact : workspace::supportFacts(stage.workspace().settings()))
            add(fact.isPath ? fact.value : QString());
        for (const identity::Connection &connection : stage.workspace().connections())
            add(connection);
        for (workspace::Desk *desk : stage.workspace().desks().opened()) {
            if (desk->session().current())
                add(*desk->session().current());
            if (const std::optional<Error> &failure = desk->session().renewalFailure())
                add(*failure);
        }
        if (workspace::Desk *desk = stage.workspace().desk())
            add(desk->lab());
        const pages::BooksPage &books = stage.window().page<pages::BooksPage>();
        add(books.outcome().shown().outcome);
        if (books.proof().isVisible())
            add(books.proof().challenge());
        if (const std::optional<books::Book> book = books.table().selectedBook())
            add(book->fields);
        if (const std::optional<Error> &error = stage.window().signInPage().errorCard().error())
            add(*error);
        add(stage.window().signInPage().browserErrorView().advice().code());
        std::ranges::sort(m_values, std::greater(), &QString::size);
    }

    /// What is left of @p text without them.
    QString removedFrom(QString text) const
    {
        // Addresses, what of them is shown beside a method or a host, and what HTTP calls a status.
        static const QRegularExpression http(
            u"https?://\\S+|\\b(GET|POST|DELETE)\\b( /\\S+)?|· /\\S*|localhost:\\d+ · HTTP/1\\.1|"
            "\\b(403 Forbidden|401 Unauthorized|200 OK)\\b"_s);
        // Times of day, IDs, keys, hosts and domains of Entra, and the "and" of the language's lists.
        static const QRegularExpression always(
            u"\\b\\d\\d:\\d\\d(:\\d\\d)?\\b|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|"
            "\\b(Ctrl|Alt|Shift)\\+\\w+|\\b(F\\d+|Del|Esc|Return)\\b|"
            "\\b(login\\.microsoftonline\\.com|contoso\\.onmicrosoft\\.com)\\b|\\bkaj\\b"_s);
        text.remove(http);
        for (const QString &value : m_values)
            text.remove(value);
        return text.remove(always);
    }

private:
    void add(const QString &value)
    {
        if (!value.isEmpty())
            m_values += value;
    }

    void add(const identity::Connection &connection)
    {
        for (const QString &value :
             {connection.name, connection.provider.name, connection.authority.host(), connection.apiBaseUrl.host(),
              connection.clientId, connection.audience, connection.redirect.path})
            add(value);
        const pages::KnownGrants known = pages::knownGrants(connection.scopes);
        m_values += connection.scopes + known.scopes + known.roles;
    }

    void add(const identity::SignedIn &signedIn)
    {
        add(signedIn.identity.displayName());
        add(signedIn.identity.userName());
        add(signedIn.identity.tenant());
        m_values += signedIn.grants.scopes + signedIn.grants.roles;
    }

    /// Rules, and what probes send: names and values of the protocol, codes and statuses.
    void add(workspace::Lab &lab)
    {
        for (const lab::EndpointResult &result : lab.endpoints().results()) {
            const books::AccessRule &rule = result.rule.rule;
            add(QString::fromUtf8(rule.method));
            add(rule.path);
            m_values += lab::placeholdersOf(rule.path);
            m_values += rule.scopes + rule.roles;
            if (result.outcome)
                add(lab::statusName(result.outcome->status));
        }
        for (const lab::ProbeResult &result : lab.probes().results())
            add(result);
        for (const lab::Framework framework : lab::allFrameworks)
            add(lab::frameworkName(framework));
    }

    void add(const lab::ProbeResult &result)
    {
        add(result.probe.source);
        add(result.serverSaid);
        if (result.status != 0)
            add(lab::statusName(result.status));
        for (const lab::ProbeDetail &detail : result.details) {
            add(detail.name);
            if (detail.sent.size() > 1)
                add(detail.sent);
            add(detail.expected);
        }
    }

    void add(const JsonObject &object)
    {
        for (const auto &[name, value] : object.members()) {
            add(name);
            add(books::fieldText(value));
        }
    }

    void add(const books::ApiOutcome &outcome)
    {
        add(outcome.request);
        add(outcome.serverSaid);
        add(outcome.code);
        for (const Fact &fact : outcome.facts)
            for (const QString &line : fact.value.split(u'\n'))
                add(line);
    }

    void add(const Error &error)
    {
        add(error.code.toString());
        for (const Fact &fact : error.facts)
            add(fact.value);
    }

    QStringList m_values;
};

/// A code to type on another device, cells of books, a claim's name and value (also where two tokens are compared), a
/// key's ID and kind, an exchange as it went over the network, the browser's page, a token as received and its report,
/// which is text for others, lines of code, and what is entered in the portal.
bool isPlaceOfData(const QString &where)
{
    static const QStringList places{u"ValueLabel userCode, "_s,
                                    u"RowTable books, column"_s,
                                    u"TallRowsTable claims, column 0"_s,
                                    u"TallRowsTable claims, column 1"_s,
                                    u"TallRowsTable differences, column 1"_s,
                                    u"TallRowsTable differences, column 2"_s,
                                    u"TallRowsTable differences, column 3"_s,
                                    u"RowTable keys, column 0"_s,
                                    u"RowTable keys, column 1"_s,
                                    u"BodyText exchangeBody, text"_s,
                                    u"ValueLabel exchangeHeaders, text"_s,
                                    u"ValueLabel responseHeaders, text"_s,
                                    u"QLineEdit command, placeholder"_s,
                                    u"PageTextField pageText, text"_s,
                                    u"TokenText rawToken, text"_s,
                                    u"TokenText pastedToken, text"_s,
                                    u"QPlainTextEdit report, text"_s,
                                    u"CodeText code, text"_s,
                                    u"StepsTable registrationSteps, column 0"_s,
                                    u"QLabel portalLabel, text"_s,
                                    u"ValueLabel portalValue, "_s};
    return std::ranges::any_of(places, [&where](const QString &place) { return where.startsWith(place); });
}

bool isTranslated(const ShownText &shown, const Data &data)
{
    static const QRegularExpression letter(u"\\p{L}"_s);
    return isPlaceOfData(shown.where) || !data.removedFrom(withoutPseudoTexts(shown.text)).contains(letter);
}

/// What the tour does not come to.
tour::Chapter furtherSteps()
{
    const auto showView = [](tour::Stage &stage, int view) {
        stage.window().showPage(u"token"_s);
        stage.window().findChild<QTabBar *>(u"tokenViews"_s)->setCurrentIndex(view);
    };
    const auto closeDialogs = [](tour::Stage &stage) {
        const QList<QDialog *> dialogs = stage.window().findChildren<QDialog *>();
        for (QDialog *dialog : dialogs)
            dialog->reject();
    };
    return {
        {u"token-header"_s,
         {},
         [=](tour::Stage &stage) {
             tour::showBooksOf(stage, u"riley"_s);
             showView(stage, pages::ClaimsCard::headerView);
         }},
        {u"copy-token"_s,
         {},
         [=](tour::Stage &stage) {
             showView(stage, pages::ClaimsCard::rawView);
             stage.click(u"copyToken"_s);
         }},
        {u"shortcuts"_s,
         {},
         [=](tour::Stage &stage) {
             closeDialogs(stage);
             stage.window().showHelp();
         }},
    };
}

std::vector<tour::Chapter> allChapters()
{
    std::vector<tour::Chapter> chapters = tour::chapters();
    chapters.push_back(furtherSteps());
    return chapters;
}

} // namespace

class PseudoLanguageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        QVERIFY(QCoreApplication::installTranslator(&m_translator));
        QVERIFY(m_data.install());
        style::apply(*qApp, style::Theme::light);
    }

    void textsAreLongerAndInBrackets_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("pseudo");
        QTest::newRow("a word") << u"Reload"_s << u"[Reload ~~~]"_s;
        QTest::newRow("a word of one letter") << u"x"_s << u"[x ~]"_s;
        QTest::newRow("a place for a value") << u"Sign in to %1"_s << u"[Sign in to %1 ~~~~~ ~]"_s;
        QTest::newRow("a number") << u"%n books"_s << u"[%n books ~~~~]"_s;
        QTest::newRow("a mnemonic") << u"&Open"_s << u"[&Open ~~]"_s;
        QTest::newRow("a tag") << u"<b>Now</b>"_s << u"[<b>Now</b> ~~~~]"_s;
        QTest::newRow("lines") << u"One\ntwo"_s << u"[One\ntwo ~~~]"_s;
        QTest::newRow("nothing") << u""_s << u""_s;
    }

    void textsAreLongerAndInBrackets()
    {
        QFETCH(QString, text);
        QFETCH(QString, pseudo);
        QCOMPARE(pseudoText(text), pseudo);
        QCOMPARE(withoutPseudoTexts(pseudo), QString());
    }

    void whatIsNotTranslatedIsSeen_data()
    {
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("rest");
        QTest::newRow("no translation") << u"Reload"_s << u"Reload"_s;
        QTest::newRow("a fragment in front") << u"Books [were read ~~~~]"_s << u"Books "_s;
        QTest::newRow("a value in the text") << u"[Roles: [\"a\"] ~~~~]"_s << u""_s;
        QTest::newRow("a translated value in the text") << u"[It says: [no ~] ~~~~]"_s << u""_s;
        QTest::newRow("a value in brackets") << u"[\"a\"] [is a role ~~~~]"_s << u"[\"a\"] "_s;
    }

    void whatIsNotTranslatedIsSeen()
    {
        QFETCH(QString, shown);
        QFETCH(QString, rest);
        QCOMPARE(withoutPseudoTexts(shown), rest);
    }

    void theTourEndsAsItShould()
    {
        QStringList problems;
        for (const tour::Chapter &chapter : allChapters()) {
            tour::Stage stage(std::chrono::seconds(20));
            problems += test::problemsOf(chapter, stage, [](tour::Stage &played, const QString &) {
                return settledProblems(std::chrono::seconds(5), [&played] { return problemsOf(played); });
            });
        }
        problems.removeDuplicates();
        for (const QString &problem : problems)
            qWarning("%s", qPrintable(problem));
        QCOMPARE(problems.size(), 0);
    }

private:
    static QStringList problemsOf(tour::Stage &stage)
    {
        const Data data(stage);
        QStringList problems;
        for (const QWidget *window : windowsOf(stage)) {
            for (const ShownText &shown : shownTexts(*window))
                if (!isTranslated(shown, data))
                    problems += u"not translated: %1: %2"_s.arg(shown.where, shown.text);
            for (const ShownText &shown : clippedTexts(*window))
                problems += u"does not fit: %1: %2"_s.arg(shown.where, shown.text);
        }
        return problems;
    }

    QTemporaryDir m_settings;
    PseudoTranslator m_translator;
    PseudoData m_data;
};

QTEST_MAIN(PseudoLanguageTest)
#include "pseudo-language-test.moc"
