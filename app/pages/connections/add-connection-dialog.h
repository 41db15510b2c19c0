/// AddConnectionDialog: shows what a connection file contains, and adds it if the person agrees, under a name of
/// theirs.
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "identity/connection.h"

#include <QDialog>

#include <cstddef>
#include <functional>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;

namespace bookdesk::widgets {
class Banner;
class ElidedLabel;
class KeyValueRows;
class ThinBar;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

/// Nothing is requested or stored before *Add* is clicked. The file is untrusted: plain text, control characters
/// visible. Of several connections in it, each is asked about.
/// GUI thread.
class AddConnectionDialog : public QDialog
{
    Q_OBJECT

public:
    using Add = std::function<Result<void>(const identity::Connection &)>;

    /// Reads a file, and may give names that are taken a number.
    using Read = std::function<Task<std::vector<identity::Connection>>(const QString &path)>;

    /// Starts reading the file at once. @p add stores the connection; its error is shown here.
    AddConnectionDialog(const QString &path, Add add, QWidget *parent = nullptr);
    AddConnectionDialog(const QString &path, const Read &read, Add add, QWidget *parent = nullptr);

    const widgets::Banner &banner() const { return *m_banner; }
    const widgets::KeyValueRows &rows() const { return *m_rows; }

Q_SIGNALS:
    /// The file was read, or could not be.
    void loaded(bool isUsable);

protected:
    bool focusNextPrevChild(bool isForward) override;

private:
    void build();
    void showRead(const Result<std::vector<identity::Connection>> &connections);
    void showNext();
    void checkName();
    void showError(const Error &error, const QString &headline);
    void fitHeight();
    void add();
    void goOn();

    const QString m_file; ///< Its name, safe to show.
    Add m_add;
    std::vector<identity::Connection> m_connections;
    std::size_t m_next = 0; ///< The one that is shown.
    bool m_hasAdded = false;
    widgets::ElidedLabel *m_title;
    widgets::ThinBar *m_bar;
    QLabel *m_question;
    QLabel *m_nameLabel;
    QLineEdit *m_name;
    QLabel *m_complaint;
    widgets::KeyValueRows *m_rows;
    widgets::Banner *m_banner;
    QPushButton *m_cancelButton;
    QPushButton *m_skipButton;
    QPushButton *m_addButton;
};

} // namespace bookdesk::pages
