/// ShortcutsDialog: the list of keyboard shortcuts (F1).
#pragma once

#include <QDialog>

#include <vector>

namespace bookdesk::widgets {
class Page;
}

namespace bookdesk::window {

/// Lists the window's shortcuts and those of each page. GUI thread.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutsDialog(const std::vector<widgets::Page *> &pages, QWidget *parent = nullptr);
};

} // namespace bookdesk::window
