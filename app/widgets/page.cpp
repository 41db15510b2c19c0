#include "widgets/page.h"

#include <utility>

namespace bookdesk::widgets {

Page::Page(Description description, QWidget *parent)
    : QWidget(parent)
    , m_description(std::move(description))
{}

std::vector<KeyHelp> Page::keys() const { return {}; }

void Page::showPart(const QString &) {}

} // namespace bookdesk::widgets
