// What is left in memory of a person who has signed out. The Sandbox and the browser are programs of their own, because
// they know the person, too.
#include "app/cli/cli-process.h"
#include "core/own-memory.h"
#include "identity/browser.h"
#include "identity/connection.h"
#include "workspace/desk.h"

#include <QCoroTask>
#include <QTest>

#include <algorithm>
#include <array>
#include <vector>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

namespace {

constexpr std::array literals{QByteArrayView("Riley Reader"), QByteArrayView("riley.reader@sandbox.test"),
                              QByteArrayView("1e71985a-4cb4-4dbb-b6c7-379e4bc28c60"),
                              QByteArrayView("Pride and Prejudice"), QByteArrayView("Jane Austen")};

} // namespace

class SignedOutTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QProcess> m_sandbox;
    std::unique_ptr<workspace::Desk> m_desk;

    /// Does what a person does, and remembers the token by its parts.
    std::vector<Remembered> workAndSignOut()
    {
        std::vector<Remembered> parts;
        if (!QCoro::waitFor(m_desk->signIn({})) || !QCoro::waitFor(m_desk->books().list()).outcome.isOk())
            return parts;
        const identity::TokenSet &tokens = m_desk->session().current()->tokens;
        for (const Secret &token : {tokens.accessToken, tokens.idToken, tokens.refreshToken}) {
            // A JWT's header is the issuer's and not the person's.
            const QByteArrayView text = token.reveal().sliced(token.reveal().indexOf('.') + 1);
            parts.emplace_back(text.first(std::min<qsizetype>(40, text.size())));
            parts.emplace_back(text.sliced(text.size() / 2).first(std::min<qsizetype>(40, text.size() / 2)));
            parts.emplace_back(text.last(std::min<qsizetype>(40, text.size())));
        }
        return parts;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariable("GLIBC_TUNABLES").contains("perturb"_L1))
            QSKIP("Freed memory is told from used memory with GLIBC_TUNABLES=glibc.malloc.perturb=165:"
                  "glibc.malloc.tcache_count=0 alone.");
        m_sandbox = start({u"sandbox"_s});
        QVERIFY(QTest::qWaitFor([this] { return m_sandbox->canReadLine(); }, 30'000));
        const Result<identity::Connection> connection = identity::readConnection(m_sandbox->readLine());
        QVERIFY(connection.has_value());
        workspace::Surroundings surroundings;
        surroundings.open = identity::commandBrowser(u"\"" BOOKDESK_VISIT_AS "\" riley"_s);
        m_desk = std::make_unique<workspace::Desk>(*connection, surroundings);
    }

    void cleanupTestCase()
    {
        m_desk.reset();
        if (m_sandbox)
            interrupt(*m_sandbox);
        QVERIFY(!m_sandbox || m_sandbox->waitForFinished());
    }

    void nothingOfThePersonIsLeft()
    {
        const std::vector<Remembered> parts = workAndSignOut();
        QVERIFY(!parts.empty());
        QVERIFY(copiesInMemory(literals.front()).value_or(0) > 0);
        QVERIFY(parts.front().copies().value_or(0) > 0);
        m_desk->session().signOut();
        for (const QByteArrayView literal : literals)
            QTRY_VERIFY2(copiesInMemory(literal) == 0, literal.data());
        for (std::size_t i = 0; i < parts.size(); ++i)
            QTRY_VERIFY2(parts[i].copies() == 0, QByteArray::number(static_cast<int>(i)).constData());
    }

    void noCoreIsWritten()
    {
        QFile limits(u"/proc/%1/limits"_s.arg(m_sandbox->processId()));
        if (!limits.open(QIODevice::ReadOnly))
            QSKIP("The system does not show a program's limits.");
        const QByteArray all = limits.readAll();
        const qsizetype begin = all.indexOf("Max core file size");
        QVERIFY2(all.mid(begin, 60).simplified().startsWith("Max core file size 0 "), all.mid(begin, 60).constData());
    }
};

QTEST_GUILESS_MAIN(SignedOutTest)
#include "signed-out-test.moc"
