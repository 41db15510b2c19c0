/// ConnectionEditor: a connection's fields, the test of what is written, and what has to be registered.
#pragma once

#include "pages/connections/written-connection.h"

#include <QPointer>
#include <QWidget>

#include <functional>
#include <optional>

class QLabel;
class QPushButton;

namespace bookdesk::widgets {
class Banner;
}
namespace bookdesk::workspace {
class Workspace;
}

namespace bookdesk::pages {

class ConnectionForm;
class EditorSide;

/// A page on top of the list. Nothing is stored before *Save*. GUI thread.
class ConnectionEditor : public QWidget
{
    Q_OBJECT

public:
    /// @param workspace must outlive it.
    explicit ConnectionEditor(workspace::Workspace &workspace, QWidget *parent = nullptr);

    void add();
    /// A new one that is like another; without an ID.
    void add(const identity::Connection &connection);
    void edit(const identity::Connection &connection);
    /// The fields can be read and copied, but not changed.
    void showReadOnly(const identity::Connection &connection);
    /// Something is written that was not saved.
    bool hasChanges() const;
    /// Gives up what is written, without a question.
    void discard();
    /// Leaves, but asks first where something would be lost. @param then what follows once it was left.
    void leave(std::function<void()> then = {});
    void cancelTest();
    /// Why what is written could not be saved.
    void showError(const Error &error);
    void takeFocus();

    ConnectionForm &form() const { return *m_form; }
    EditorSide &side() const { return *m_side; }

Q_SIGNALS:
    void left();
    /// The person wants to keep what is written; its ID is empty for a new connection.
    void saveAsked(const bookdesk::identity::Connection &connection);
    void exportAsked(const bookdesk::identity::Connection &connection);

private:
    QWidget *makeFoot();
    QWidget *makeContent();
    void open(const QString &title, const WrittenConnection &written, bool isReadOnly);
    void follow();
    Result<identity::Connection> connection() const;
    void save();

    QLabel *m_title;
    widgets::Banner *m_banner;
    ConnectionForm *m_form;
    EditorSide *m_side;
    QLabel *m_missing;
    QPushButton *m_export;
    QPushButton *m_cancel;
    QPushButton *m_save;
    QPointer<QWidget> m_question;
    WrittenConnection m_before;
    std::optional<identity::Connection> m_original;
    bool m_isReadOnly = false;
};

} // namespace bookdesk::pages
