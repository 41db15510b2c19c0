/// The real window on a real Sandbox, with a browser that only remembers the addresses to open.
#pragma once

#include "app/page-fixture.h"
#include "pages/books/books-page.h"
#include "pages/books/books-table.h"
#include "pages/signin/error-card.h"
#include "pages/signin/sign-in-page.h"
#include "pages/signin/waiting-card.h"
#include "pages/token/token-page.h"
#include "widgets/banner.h"
#include "widgets/outcome-panel.h"
#include "window/account-button.h"
#include "window/account-panel.h"
#include "window/main-window.h"
#include "window/side-bar.h"
#include "window/status-line.h"
#include "workspace/persona-browser.h"
#include "workspace/workspace.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTemporaryDir>
#include <QUrlQuery>

#include <memory>

namespace bookdesk::test {

class WindowFixture
{
public:
    explicit WindowFixture(identity::SignInLimits limits = {})
    {
        const identity::OpenUrl remember = [this](const QUrl &url) -> Result<void> {
            opened.append(url);
            return browserAnswer;
        };
        workspace::Surroundings surroundings;
        surroundings.open = remember;
        surroundings.signInLimits = std::move(limits);
        workspace = std::make_unique<workspace::Workspace>(surroundings, workspace::ConnectionStore(folder.path()));
        window = std::make_unique<window::MainWindow>(window::WindowParts{*workspace, remember});
        window->show();
    }

    /// Waits for the Sandbox.
    bool start()
    {
        window->startSandbox();
        const auto runs = [this] { return workspace->desk() && workspace->desk()->connection().isSandbox; };
        return QTest::qWaitFor(runs, 30'000);
    }

    /// Lets a persona answer at the address that was opened last.
    bool answerAs(const QString &persona, bool declines = false)
    {
        visitor = workspace::personaBrowser({persona, declines}, {});
        bool hasFailed = false;
        visitor(opened.last()).failure().whenSet([&hasFailed](const auto &error) { hasFailed = error.has_value(); });
        return !hasFailed;
    }

    /// What the attempt under way asks the sign-in server. A start address of its own tells it.
    QUrlQuery authorizationQuery() const
    {
        QNetworkAccessManager manager;
        manager.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        const std::unique_ptr<QNetworkReply> reply(
            manager.get(QNetworkRequest(workspace->desk()->attempt()->newLink())));
        if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }))
            return {};
        return QUrlQuery(QUrl::fromEncoded(reply->rawHeader("Location")));
    }

    void click(const QString &name) { QTest::mouseClick(window->findChild<QAbstractButton *>(name), Qt::LeftButton); }

    /// Clicks *Sign in* and lets the persona answer; waits for the books.
    bool signInAs(const QString &persona)
    {
        const qsizetype before = opened.size();
        click(QStringLiteral("signIn"));
        if (!QTest::qWaitFor([&] { return opened.size() > before; }, 10'000))
            return false;
        return answerAs(persona) &&
               QTest::qWaitFor([this] { return window->page<pages::BooksPage>().isVisible(); }, 10'000);
    }

    QString writeConnectionFile(const QString &name, const QByteArray &content) const
    {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(content);
        return file.fileName();
    }

    sandbox::SandboxServer &sandbox() { return *workspace->sandbox(); }
    const pages::BooksTable &table() { return window->page<pages::BooksPage>().table(); }
    const widgets::Banner &outcome() { return window->page<pages::BooksPage>().outcome().banner(); }
    const pages::WaitingCard &waiting() { return window->signInPage().waitingCard(); }
    const pages::ErrorCard &error() { return window->signInPage().errorCard(); }

    QTemporaryDir folder;
    QList<QUrl> opened;
    Result<void> browserAnswer; ///< What becomes of opening an address.
    identity::OpenUrl visitor;
    std::unique_ptr<workspace::Workspace> workspace;
    std::unique_ptr<window::MainWindow> window;
};

} // namespace bookdesk::test
