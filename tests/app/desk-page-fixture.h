/// DeskPageFixture: one page on a real Sandbox, with what the window does for every page.
#pragma once

#include "app/page-fixture.h"
#include "e2e/sandbox-desk.h"
#include "window/fresh-token.h"
#include "window/notice-area.h"

#include <QTest>

#include <memory>
#include <utility>

namespace bookdesk::test {

/// Shows the page on a desk where nobody is signed in yet. Desk and page may be destroyed early. GUI thread.
template <class Page> class DeskPageFixture
{
public:
    /// @param arguments the page's own.
    template <class... Arguments>
    explicit DeskPageFixture(Arguments &&...arguments)
        : page(std::make_unique<Page>(std::forward<Arguments>(arguments)...))
    {
        page->resize(980, 720);
        page->setDesk(&desk->desk());
        freshToken.setDesk(&desk->desk());
        QObject::connect(page.get(), &Page::freshTokenAsked, &freshToken, &window::FreshToken::get);
        page->show();
        page->activateWindow();
    }

    /// Waits for the page to become active, as keyboard tests need it.
    bool isActive() const { return QTest::qWaitForWindowActive(page.get()); }

    std::unique_ptr<SandboxDesk> desk = std::make_unique<SandboxDesk>();
    std::unique_ptr<Page> page;
    window::NoticeArea notice;
    window::FreshToken freshToken{notice};
};

} // namespace bookdesk::test
