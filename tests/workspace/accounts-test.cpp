// Several accounts of one connection, side by side: each has its desk, and all share the connection's keys.
#include "workspace/persona-browser.h"
#include "workspace/watched.h"
#include "workspace/workspace.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::Watched;
using workspace::Desk;
using workspace::Workspace;

namespace {

QString codeOf(const Result<void> &result) { return result ? QString() : result.error().code.toString(); }

QString nameAt(Desk &desk) { return desk.session().current() ? desk.session().current()->identity.name() : QString(); }

bool hasUrl(Desk &desk, QStringView end)
{
    return std::ranges::any_of(desk.exchanges().exchanges(),
                               [end](const net::Exchange &exchange) { return exchange.url.endsWith(end); });
}

} // namespace

class AccountsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_workspace = makeWorkspace();
        QVERIFY(QCoro::waitFor(m_workspace->startSandbox({})));
        QCOMPARE(signInAs(u"riley"_s), QString());
        m_rileys = m_workspace->desk();
    }
    void cleanup() { m_workspace.reset(); }

    void twoAccountsAreSignedInSideBySide()
    {
        addAda();
        QCOMPARE(nameAt(*m_workspace->desk()), u"Ada Admin"_s);
        QCOMPARE(nameAt(*m_rileys), u"Riley Reader"_s);
        QVERIFY(m_workspace->desk()->account()->id() != m_rileys->account()->id());
        QSignalSpy deskChanged(m_workspace.get(), &Workspace::deskChanged);
        m_workspace->switchTo(*m_rileys);
        QCOMPARE(deskChanged.size(), 1);
        QCOMPARE(m_workspace->desk(), m_rileys);
        QVERIFY(QCoro::waitFor(m_workspace->desk()->books().list()).outcome.isOk());
    }

    void eachHasItsOwnExchanges()
    {
        QVERIFY(QCoro::waitFor(m_rileys->books().list()).outcome.isOk());
        QVERIFY(hasUrl(*m_rileys, u"/books"));
        Desk &adas = addAda();
        QVERIFY(!hasUrl(adas, u"/books"));
        QVERIFY(QCoro::waitFor(adas.books().list()).outcome.isOk());
        QVERIFY(hasUrl(adas, u"/books"));
        QVERIFY(QCoro::waitFor(adas.signOut()));
        QVERIFY(adas.exchanges().exchanges().empty());
        QVERIFY(hasUrl(*m_rileys, u"/books"));
    }

    void theySignOutOneByOne()
    {
        Desk &adas = addAda();
        QVERIFY(QCoro::waitFor(adas.signOut()));
        QVERIFY(!adas.account());
        QCOMPARE(nameAt(*m_rileys), u"Riley Reader"_s);
        QCOMPARE(m_workspace->desk(), &adas);
        QVERIFY(QCoro::waitFor(m_rileys->books().list()).outcome.isOk());
    }

    void theyShareTheConnectionsKeys()
    {
        Desk &adas = addAda();
        QCOMPARE(&adas.keys(), &m_rileys->keys());
        QVERIFY(!hasUrl(adas, u"/keys")); // fetched once, for Riley
        const QString issuer = adas.keys().snapshots().front().source.issuer;
        QVERIFY(QCoro::waitFor(adas.keys().refresh(issuer)));
        QVERIFY(hasUrl(adas, u"/keys"));
        QVERIFY(hasUrl(*m_rileys, u"/keys"));
    }

    void aFetchOfKeysIsStoppedFromEitherDesk()
    {
        Desk &adas = addAda();
        const QString issuer = adas.keys().snapshots().front().source.issuer;
        Watched keys(m_rileys->keys().refresh(issuer));
        QVERIFY(adas.exchanges().exchanges().back().isUnderWay());
        const std::int64_t id = adas.exchanges().exchanges().back().id;
        adas.stopExchange(id);
        QTRY_VERIFY(keys.hasCome());
        QCOMPARE(adas.exchanges().find(id)->failureCode, u"net.stopped"_s);
        QCOMPARE(m_rileys->exchanges().exchanges().back().failureCode, u"net.stopped"_s);
    }

    void untilSomebodyHasSignedInThePersonBeforeIsShown()
    {
        QSignalSpy shown(m_workspace.get(), &Workspace::shownDeskChanged);
        m_browser = [](const QUrl &) { return Result<void>(); };
        m_workspace->useAnotherAccount();
        const Watched signedIn(m_workspace->desk()->signIn({u"select_account"_s}));
        QVERIFY(m_workspace->desk() != m_rileys);
        QCOMPARE(m_workspace->shownDesk(), m_rileys);
        m_workspace->useAnotherAccount(); // the desk will do
        QCOMPARE(m_workspace->shownDesk(), m_rileys);
        shown.clear();
        QCOMPARE(signInAs(u"ada"_s), QString());
        QCOMPARE(m_workspace->shownDesk(), m_workspace->desk());
        QCOMPARE(shown.size(), 1);
    }

    void aCancelledSignInBringsThePersonBack()
    {
        m_browser = [](const QUrl &) { return Result<void>(); };
        m_workspace->useAnotherAccount();
        Desk *const other = m_workspace->desk();
        const Watched signedIn(other->signIn({u"select_account"_s}));
        other->cancelSignIn();
        QVERIFY(signedIn.hasCome());
        QTRY_COMPARE(m_workspace->desk(), m_rileys);
        QCOMPARE(nameAt(*m_rileys), u"Riley Reader"_s);
        QVERIFY(other->isVacant());
        m_workspace->useAnotherAccount();
        QCOMPARE(m_workspace->desk(), other); // used again, with nothing of the attempt
        QVERIFY(other->exchanges().exchanges().empty());
    }

    void anotherAttemptDoesNotBringThePersonBack()
    {
        m_browser = [](const QUrl &) { return Result<void>(); };
        m_workspace->useAnotherAccount();
        Desk *const other = m_workspace->desk();
        const Watched first(other->signIn({u"select_account"_s}));
        other->cancelSignIn();
        QVERIFY(first.hasCome());
        QCOMPARE(signInAs(u"ada"_s), QString()); // before the event loop has had its turn
        QCOMPARE(m_workspace->desk(), other);
        QCOMPARE(nameAt(*other), u"Ada Admin"_s);
    }

    void anAccountThatHasADeskTakesTheTokensThere()
    {
        const QByteArray before = m_rileys->session().current()->tokens.accessToken.reveal().toByteArray();
        QSignalSpy person(&m_rileys->session(), &identity::Session::personChanged);
        QSignalSpy renewed(&m_rileys->session(), &identity::Session::tokensRenewed);
        m_workspace->useAnotherAccount();
        Desk *const other = m_workspace->desk();
        QCOMPARE(signInAs(u"riley"_s), QString());
        QCOMPARE(m_workspace->desk(), m_rileys);
        QCOMPARE(m_workspace->shownDesk(), m_rileys);
        QVERIFY(other->isVacant());
        QVERIFY(m_rileys->session().current()->tokens.accessToken.reveal() != before);
        QCOMPARE(person.size(), 0);
        QCOMPARE(renewed.size(), 1);
    }

    void aConnectionComesBackWithTheAccountShownLast()
    {
        Desk &adas = addAda();
        const auto other = QCoro::waitFor(sandbox::SandboxServer::start({}));
        QVERIFY(other);
        const auto elsewhere = identity::readConnection(toCompactJson((*other)->connectionFile()));
        QVERIFY(elsewhere);
        identity::Connection named = *elsewhere;
        named.name = u"Elsewhere"_s;
        const Result<QString> id = m_workspace->add(named);
        QVERIFY(id);
        for (Desk *last : {&adas, m_rileys}) {
            m_workspace->switchTo(*last);
            m_workspace->use(*id);
            QCOMPARE(m_workspace->desk()->connection().name, named.name);
            m_workspace->use(Workspace::sandboxId());
            QCOMPARE(m_workspace->desk(), last);
        }
        QVERIFY(&m_workspace->desks().open(*id)->keys() != &adas.keys());
    }

    void changesOfAnyAccountAreTold()
    {
        Desk &adas = addAda();
        m_workspace->switchTo(*m_rileys);
        QSignalSpy changed(m_workspace.get(), &Workspace::accountsChanged);
        QVERIFY(QCoro::waitFor(adas.session().refresh()));
        QVERIFY(!changed.isEmpty());
        changed.clear();
        QVERIFY(QCoro::waitFor(adas.signOut()));
        QVERIFY(!changed.isEmpty());
    }

    void anExpiredTokenThatCannotBeRenewedNeedsThePerson()
    {
        m_workspace = makeWorkspace();
        sandbox::SandboxOptions options;
        options.tokenLifetime = std::chrono::seconds(2);
        QVERIFY(QCoro::waitFor(m_workspace->startSandbox(options)));
        QCOMPARE(signInAs(u"riley"_s), QString());
        Desk &desk = *m_workspace->desk();
        identity::SignedIn person = *desk.session().current();
        person.tokens.refreshToken = {};
        person.tokens.expiresAt = systemNow() + std::chrono::seconds(2);
        desk.session().begin(person);
        QVERIFY(!desk.needsPerson());
        const QSignalSpy changed(m_workspace.get(), &Workspace::accountsChanged);
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), 20'000);
        QVERIFY(desk.needsPerson());
        QVERIFY(desk.session().needsSignIn());
    }

private:
    std::unique_ptr<Workspace> makeWorkspace()
    {
        workspace::Surroundings surroundings;
        surroundings.open = [this](const QUrl &url) { return m_browser(url); };
        return std::make_unique<Workspace>(surroundings, workspace::ConnectionStore(m_folder->path()));
    }

    QString signInAs(const QString &persona)
    {
        m_browser = workspace::personaBrowser({persona}, {});
        return codeOf(QCoro::waitFor(m_workspace->desk()->signIn({})));
    }

    Desk &addAda()
    {
        m_workspace->useAnotherAccount();
        if (const QString code = signInAs(u"ada"_s); !code.isEmpty())
            qFatal("%s", qPrintable(code));
        return *m_workspace->desk();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    identity::OpenUrl m_browser;
    std::unique_ptr<Workspace> m_workspace;
    Desk *m_rileys = nullptr;
};

QTEST_GUILESS_MAIN(AccountsTest)
#include "accounts-test.moc"
