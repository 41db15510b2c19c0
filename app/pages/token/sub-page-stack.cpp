#include "pages/token/sub-page-stack.h"

#include "pages/token/sub-page.h"

#include <QApplication>

namespace bookdesk::pages {

void SubPageStack::add(SubPage &page)
{
    addWidget(&page);
    connect(&page, &SubPage::left, this, &SubPageStack::leave);
}

void SubPageStack::open(SubPage &page)
{
    m_below.push_back({currentIndex(), QApplication::focusWidget()});
    setCurrentWidget(&page);
    page.setFocus(Qt::OtherFocusReason);
}

void SubPageStack::closeAll()
{
    m_below.clear();
    setCurrentIndex(0);
}

void SubPageStack::leave()
{
    if (m_below.empty())
        return;
    const Below below = m_below.back();
    m_below.pop_back();
    setCurrentIndex(below.index);
    if (below.focus)
        below.focus->setFocus(Qt::OtherFocusReason);
}

} // namespace bookdesk::pages
