/// SideBar: the pages and the account.
#pragma once

#include "widgets/page.h"

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace bookdesk::widgets {
class IconLabel;
}

namespace bookdesk::window {

class AccountButton;

/// Chooses the page; the account button is at the bottom. Shows icons alone if the window is narrow. GUI thread.
class SideBar : public QWidget
{
    Q_OBJECT

public:
    explicit SideBar(QWidget *parent = nullptr);

    /// Adds an entry below the others; the first one is the current one.
    void addPage(const widgets::Page::Description &page);
    void setCurrent(int index);
    int current() const;
    /// Shows icons with tool tips instead of names.
    void setCompact(bool isCompact);
    AccountButton *account() const { return m_account; }

Q_SIGNALS:
    void currentChanged(int index);

private:
    QHBoxLayout *m_brand = nullptr;
    QVBoxLayout *m_pages;
    QButtonGroup *m_group;
    bool m_hadShortcut = false; ///< The entry that was added last.
    widgets::IconLabel *m_mark;
    QLabel *m_name;
    AccountButton *m_account;
};

} // namespace bookdesk::window
