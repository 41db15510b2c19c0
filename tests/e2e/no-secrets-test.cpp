// Collects every token, code and verifier that is made or sent in any flow, with the log at its most talkative, and
// finds none in what is left behind: the log, exchanges, their exports, reports, errors, settings, the browser's pages.
#include "core/redacted-log.h"
#include "e2e/left-files.h"
#include "e2e/secret-flows.h"

#include <QDir>
#include <QLoggingCategory>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

namespace {

/// While it lives, standard error goes to a file.
class ErrorOutput
{
public:
    explicit ErrorOutput(const QString &path)
        : m_before(::dup(STDERR_FILENO))
    {
        const int file = ::open(qPrintable(path), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        ::dup2(file, STDERR_FILENO);
        ::close(file);
    }
    ~ErrorOutput()
    {
        std::fflush(stderr);
        ::dup2(m_before, STDERR_FILENO);
        ::close(m_before);
    }
    Q_DISABLE_COPY_MOVE(ErrorOutput)

private:
    int m_before;
};

} // namespace

class NoSecretsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(u"*=true"_s);
        const Redactor redactor;
        m_errors = std::make_unique<ErrorOutput>(logFile());
        m_log = std::make_unique<RedactedLog>(redactor);
        m_stage = std::make_unique<FlowStage>(redactor, m_folder.filePath(u"vault.lock"_s));
    }
    void cleanupTestCase()
    {
        m_stage.reset();
        m_log.reset();
        m_errors.reset();
    }

    void nothingSecretIsLeftBehind()
    {
        for (const Flow &flow : allFlows()) {
            m_stage->renewDesk();
            const QString problem = flow.go(*m_stage);
            m_stage->noteExchanges();
            QVERIFY2(problem.isEmpty(), qPrintable(u"%1: %2"_s.arg(QLatin1StringView(flow.name), problem)));
        }
        QVERIFY(m_stage->secrets().secrets().size() > 100);
        const auto places = allPlaces();
        QCOMPARE(places.size(), marks().size());
        for (const auto &[name, mark] : marks())
            QCOMPARE(QByteArray(name) + ": " + problemAt(places.value(QString::fromLatin1(name)), mark).toUtf8(),
                     QByteArray(name) + ": ");
    }

    void secretsAreFoundInEveryForm_data()
    {
        QTest::addColumn<QByteArray>("secret");
        QTest::newRow("of a token")
            << "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLW9mLWEtdG9rZW4"_ba;
        QTest::newRow("of a code") << "0.a-code/with+all=that%has&to-be-encoded"_ba;
    }

    void secretsAreFoundInEveryForm()
    {
        QFETCH(const QByteArray, secret);
        SecretSearch search;
        search.know(secret);
        for (const QByteArray &text :
             {secret, "?code=" + secret.toPercentEncoding(), secret.toBase64(),
              secret.toBase64(QByteArray::Base64UrlEncoding), ("a:" + secret + ":b").toBase64(),
              ("a" + secret).toBase64(QByteArray::Base64UrlEncoding)})
            QVERIFY2(!search.foundIn("before " + text + " after").isEmpty(), text.constData());
        QVERIFY(search.foundIn("before " + secret.first(20) + " after").isEmpty());
    }

private:
    /// Where it is searched for what is there, and for what is not.
    QString problemAt(QByteArray text, const QByteArray &mark) const
    {
        if (!text.contains(mark))
            return u"it does not hold "_s + QString::fromUtf8(mark);
        const QStringList found = m_stage->secrets().foundIn(text) + SecretSearch::namedIn(text);
        text.insert(text.size() / 2, m_stage->secrets().secrets().constLast());
        return m_stage->secrets().foundIn(text).isEmpty() ? u"a secret is not found"_s : found.join(u", "_s);
    }

    using Marks = std::vector<std::pair<const char *, const char *>>;
    /// What each place holds for sure.
    static Marks marks()
    {
        return {{"the exchanges", "/oauth2/v2.0/token"},
                {"the curl commands", "/oauth2/v2.0/token"},
                {"the HAR", "/oauth2/v2.0/token"},
                {"the log", "qt.networkauth.oauth2: "},
                {"the files", "login.keyring"},
                {"the process's arguments", "no-secrets-test"},
                {"the browser's arguments", "http://localhost:"},
                {"the browser's pages", "http://localhost:"},
                {"the address of the sign-in page", "code_challenge="},
                {"the errors", "refresh token"},
                {"the outcomes", "GET /api/v1/books"},
                {"the report as Markdown", "audience"},
                {"the report as JSON", "audience"},
                {"the report as JUnit", "audience"},
                {"the report as SARIF", "audience"}};
    }

    QMap<QString, QByteArray> allPlaces() const
    {
        QMap<QString, QByteArray> places = m_stage->places();
        std::fflush(stderr);
        places[u"the log"_s] = contentOf(logFile());
        places[u"the files"_s] = filesBelow(QDir::homePath());
        places[u"the process's arguments"_s] = contentOf(u"/proc/self/cmdline"_s);
        return places;
    }

    QString logFile() const { return m_folder.filePath(u"log"_s); }

    QTemporaryDir m_folder;
    std::unique_ptr<ErrorOutput> m_errors;
    std::unique_ptr<RedactedLog> m_log;
    std::unique_ptr<FlowStage> m_stage;
};

QTEST_GUILESS_MAIN(NoSecretsTest)
#include "no-secrets-test.moc"
