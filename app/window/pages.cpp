#include "window/pages.h"

#include "pages/books/books-page.h"
#include "pages/token/token-page.h"

namespace bookdesk::window {

std::vector<widgets::Page *> makePages(const Clock &clock, QWidget *parent)
{
    return {
        new pages::BooksPage(parent),
        new pages::TokenPage(parent, clock),
    };
}

} // namespace bookdesk::window
