#include "window/pages.h"

#include "pages/activity/activity-page.h"
#include "pages/books/books-page.h"
#include "pages/connections/connections-page.h"
#include "pages/lab/lab-page.h"
#include "pages/settings/settings-page.h"
#include "pages/token/token-page.h"
#include "workspace/workspace.h"

namespace bookdesk::window {

std::vector<widgets::Page *> makePages(workspace::Workspace &workspace, const Clock &clock, QWidget *parent)
{
    return {
        new pages::BooksPage(parent),
        new pages::TokenPage(parent, clock, workspace.desks()),
        new pages::LabPage(parent),
        new pages::ActivityPage(parent, clock),
        new pages::ConnectionsPage(workspace, clock, parent),
        new pages::SettingsPage(workspace, clock, parent),
    };
}

} // namespace bookdesk::window
