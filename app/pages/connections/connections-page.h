/// ConnectionsPage: the connections, what is known of each, and the editor on top of them.
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "identity/connection.h"
#include "widgets/page.h"
#include "workspace/connection-change.h"

#include <optional>
#include <utility>
#include <vector>

class QPushButton;
class QStackedWidget;

namespace bookdesk::widgets {
class Banner;
class PageHeader;
} // namespace bookdesk::widgets
namespace bookdesk::workspace {
class Workspace;
}

namespace bookdesk::pages {

class ConnectionDetail;
class ConnectionEditor;
class ConnectionsList;
class ConnectionTests;
class LastUses;

/// Tests end when the page is left; what is being written in the editor stays. GUI thread.
class ConnectionsPage : public widgets::Page
{
    Q_OBJECT

public:
    /// @param workspace must outlive the page.
    ConnectionsPage(workspace::Workspace &workspace, const Clock &clock, QWidget *parent = nullptr);

    std::vector<widgets::KeyHelp> keys() const override;
    void setDesk(workspace::Desk *desk) override;
    /// Selects the connection with this ID.
    void select(const QString &id);

    ConnectionsList &list() const { return *m_list; }
    ConnectionDetail &detail() const { return *m_detail; }
    ConnectionEditor &editor() const { return *m_editor; }
    const widgets::Banner &banner() const { return *m_banner; }
    bool isEditing() const;

Q_SIGNALS:
    /// A file was dropped, to be added.
    void fileDropped(const QString &path);
    /// The Sandbox is to be started and used.
    void sandboxAsked();
    /// The person wants it written out what has to be registered. @param about a connection, where one is selected.
    void registerAsked(const std::optional<bookdesk::identity::Connection> &about);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *makeListPage();
    void makeHeader();
    void connectParts();
    void connectDetail();
    void refresh();
    void showSelected();
    const identity::Connection *selected() const;
    void signIn();
    void toggleTest();
    void announceTest(const QString &id);
    void askToRegister();
    void add();
    void edit();
    void duplicate();
    void exportSelected();
    void exportAs(const QString &name, const QByteArray &text);
    void askToRemove();
    void remove(const identity::Connection &connection);
    void move(Result<void> (workspace::Workspace::*moveOne)(const QString &));
    void save(const identity::Connection &connection);
    void askToChange(const identity::Connection &connection);
    void update(const identity::Connection &connection);
    void fitHeader();
    void showEditor();
    void showList();
    void report(const QString &headline, const Error &error);

    workspace::Workspace &m_workspace;
    ConnectionTests *m_tests;
    LastUses *m_uses;
    QStackedWidget *m_stack;
    widgets::PageHeader *m_header;
    std::vector<std::pair<QPushButton *, QString>> m_shortened; ///< Actions that can do without their texts.
    widgets::Banner *m_banner;
    ConnectionsList *m_list;
    ConnectionDetail *m_detail;
    ConnectionEditor *m_editor;
    QString m_savedId; ///< Of the connection that is being saved.
    bool m_wasShown = false;
};

} // namespace bookdesk::pages
