/// What the sign-in page is for, above everything else on it.
#pragma once

class QWidget;

namespace bookdesk::pages {

/// GUI thread.
QWidget *makeSignInHead();

} // namespace bookdesk::pages
