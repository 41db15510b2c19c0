/// ShortcutsDialog: the list of keyboard shortcuts (F1).
#pragma once

#include <QDialog>

#include <vector>

class QScrollArea;

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

private:
    /// Scrolls where the list is longer than a small window.
    QScrollArea *makeList(const std::vector<widgets::Page *> &pages);
};

} // namespace bookdesk::window
