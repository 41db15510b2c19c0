// Pasted tokens on a workspace with a real Sandbox.
#include "identity/connection.h"
#include "workspace/errors.h"
#include "workspace/persona-browser.h"
#include "workspace/token-paste.h"
#include "workspace/workspace.h"

#include <QCoroTask>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using workspace::PastedText;
using workspace::TokenPaste;
using workspace::Workspace;

class TokenPasteTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<TokenPaste> m_paste;
    Secret m_token; ///< Riley's access token.

    const PastedText &shown() const { return m_paste->shown(); }
    bool isJudged() const
    {
        return QTest::qWaitFor([this] { return !shown().isBusy; });
    }

    jose::CheckResult resultOf(jose::CheckKind kind) const
    {
        const jose::Check *check = shown().token->verification.find(kind);
        return check ? check->result : jose::CheckResult::failed;
    }

    QString write(const QByteArray &content) const
    {
        QFile file(m_folder.filePath(u"token.txt"_s));
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
        return file.fileName();
    }

private Q_SLOTS:
    void initTestCase()
    {
        workspace::Surroundings surroundings;
        surroundings.open = workspace::personaBrowser({u"riley"_s, false}, {});
        m_workspace = std::make_unique<Workspace>(surroundings, workspace::ConnectionStore(m_folder.path()));
        QVERIFY(QCoro::waitFor(m_workspace->startSandbox({})));
        QVERIFY(QCoro::waitFor(m_workspace->desk()->signIn({})));
        m_token = m_workspace->desk()->session().current()->tokens.accessToken;
    }

    void cleanupTestCase()
    {
        m_paste.reset();
        m_workspace.reset();
    }

    void init() { m_paste = std::make_unique<TokenPaste>(m_workspace->desks(), systemNow); }

    void isJudgedByTheConnectionThatTrustsItsIssuer()
    {
        QVERIFY(m_paste->isEmpty());
        m_paste->take(Secret("Authorization: Bearer " + m_token.reveal().toByteArray()));
        QVERIFY(isJudged());
        QCOMPARE(shown().found.first.token, m_token);
        QCOMPARE(shown().found.first.notes.size(), 2);
        QCOMPARE(shown().trusting.size(), std::size_t(1));
        QCOMPARE(shown().trusting[0].name, m_workspace->desk()->connection().name);
        QVERIFY(shown().token->verification.passed());
        QVERIFY(!shown().keysFailure);
        QCOMPARE(shown().fetchedFrom, QString()); // the sign-in has fetched them
    }

    void saysFromWhereKeysAreFetched()
    {
        workspace::Surroundings surroundings;
        Workspace other(surroundings, workspace::ConnectionStore(m_folder.filePath(u"other"_s)));
        identity::Connection connection = m_workspace->desk()->connection();
        connection.name = u"Same tenant"_s;
        connection.isSandbox = false;
        QVERIFY(other.add(connection));
        TokenPaste paste(other.desks(), systemNow);
        paste.take(m_token);
        QVERIFY(QTest::qWaitFor([&paste] { return !paste.shown().isBusy; }));
        QVERIFY(paste.shown().token->verification.passed());
        QCOMPARE(paste.shown().fetchedFrom, u"localhost"_s);
        paste.take(m_token);
        QVERIFY(QTest::qWaitFor([&paste] { return !paste.shown().isBusy; }));
        QCOMPARE(paste.shown().fetchedFrom, QString());
    }

    void ofSeveralConnectionsOneIsChosen()
    {
        identity::Connection connection = m_workspace->desk()->connection();
        connection.name = u"Same tenant, another API"_s;
        connection.audience = u"another-api"_s;
        connection.isSandbox = false;
        const Result<QString> id = m_workspace->add(connection);
        QVERIFY(id);
        m_paste->take(m_token);
        QVERIFY(isJudged());
        QCOMPARE(shown().trusting.size(), std::size_t(2));
        QCOMPARE(shown().judgedBy, Workspace::sandboxId());
        QVERIFY(shown().token->verification.passed());
        m_paste->judgeBy(*id);
        QVERIFY(isJudged());
        QCOMPARE(shown().judgedBy, *id);
        QCOMPARE(resultOf(jose::CheckKind::audience), jose::CheckResult::failed);
        QCOMPARE(m_workspace->currentId(), Workspace::sandboxId());
    }

    void withoutAConnectionNothingIsAskedForKeys()
    {
        const std::size_t before = m_workspace->desk()->exchanges().exchanges().size();
        m_paste->take(
            Secret("eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ.eyJpc3MiOiJodHRwczovL290aGVyLnRlc3QiLCJleHAiOjF9.AAAA"));
        QVERIFY(!shown().isBusy);
        QVERIFY(shown().trusting.empty() && !m_paste->desk());
        QCOMPARE(resultOf(jose::CheckKind::key), jose::CheckResult::notApplicable);
        QCOMPARE(resultOf(jose::CheckKind::signature), jose::CheckResult::notApplicable);
        QCOMPARE(resultOf(jose::CheckKind::audience), jose::CheckResult::notApplicable);
        QCOMPARE(resultOf(jose::CheckKind::algorithm), jose::CheckResult::passed);
        QCOMPARE(resultOf(jose::CheckKind::issuer), jose::CheckResult::failed);
        QCOMPARE(resultOf(jose::CheckKind::expiry), jose::CheckResult::failed);
        QCOMPARE(m_workspace->desk()->exchanges().exchanges().size(), before);
    }

    void opaqueTokensAreShownAsSuch()
    {
        m_paste->take(Secret("an-opaque-reference-token"));
        QVERIFY(!m_paste->isEmpty() && !shown().isBusy);
        QVERIFY(!shown().token->decoded);
        for (const jose::Check &check : shown().token->verification.checks)
            QCOMPARE(check.fault, jose::CheckFault::opaque); // and so "the token cannot be read"
    }

    void saysWhatIsPastedInstead()
    {
        m_paste->take(Secret("no token"));
        QVERIFY(m_paste->isEmpty() && !shown().token);
        QVERIFY(shown().found.instead.startsWith("This is text without a token"_L1));
    }

    void readsAFile()
    {
        m_paste->takeFile(write('"' + m_token.reveal().toByteArray() + "\"\n"));
        QVERIFY(shown().isBusy);
        QVERIFY(QTest::qWaitFor([this] { return shown().token && !shown().isBusy; }));
        QVERIFY(shown().token->verification.passed());
    }

    void refusesWhatIsTooLarge()
    {
        m_paste->takeFile(write(QByteArray(1024 * 1024 + 1, 'a')));
        QTRY_VERIFY(shown().failure);
        QCOMPARE(shown().failure->code, workspace::errors::tokenFileUnreadable);
        m_paste->take(Secret(QByteArray(1024 * 1024 + 1, 'a')));
        QVERIFY(shown().failure && m_paste->isEmpty());
        m_paste->takeFile(m_folder.path());
        QTRY_VERIFY(shown().failure && !shown().isBusy);
    }

    void whatComesLaterWins()
    {
        m_paste->takeFile(write("an-opaque-reference-token"));
        m_paste->take(m_token);
        QVERIFY(isJudged());
        QCOMPARE(shown().found.first.token, m_token);
        m_paste->take(m_token);
        m_paste->clear();
        QVERIFY(m_paste->isEmpty() && !shown().isBusy && !shown().token);
    }

    void mayEndWhileItReads()
    {
        m_paste->takeFile(write("an-opaque-reference-token"));
        m_paste.reset();
    }

    void keepsTheVerdictWhereKeysCannotBeFetched()
    {
        Workspace other(workspace::Surroundings(), workspace::ConnectionStore(m_folder.filePath(u"third"_s)));
        identity::Connection connection = m_workspace->desk()->connection();
        connection.name = u"Gone"_s;
        connection.isSandbox = false;
        QVERIFY(other.add(connection));
        m_paste.reset();
        m_workspace.reset(); // and so the Sandbox has gone; this is the last test
        TokenPaste paste(other.desks(), systemNow);
        paste.take(m_token);
        QVERIFY(QTest::qWaitFor([&paste] { return !paste.shown().isBusy; }));
        QVERIFY(paste.shown().keysFailure);
        const jose::Verification &verification = paste.shown().token->verification;
        QCOMPARE(verification.find(jose::CheckKind::key)->result, jose::CheckResult::notApplicable);
        QCOMPARE(verification.find(jose::CheckKind::signature)->result, jose::CheckResult::notApplicable);
        QCOMPARE(verification.find(jose::CheckKind::audience)->result, jose::CheckResult::passed);
    }
};

QTEST_GUILESS_MAIN(TokenPasteTest)
#include "token-paste-test.moc"
