/// AddConnectionDialog: shows what a connection file contains, and adds it if the person agrees.
#pragma once

#include "core/result.h"
#include "identity/connection.h"

#include <QDialog>

#include <functional>
#include <optional>

class QLabel;
class QPushButton;

namespace bookdesk::widgets {
class Banner;
class KeyValueRows;
class ThinBar;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

/// Nothing is requested or stored before *Add* is clicked. The file is untrusted: plain text, control characters
/// visible.
/// GUI thread.
class AddConnectionDialog : public QDialog
{
    Q_OBJECT

public:
    using Add = std::function<Result<void>(const identity::Connection &)>;

    /// Starts reading the file at once. @p add stores the connection; its error is shown here.
    AddConnectionDialog(const QString &path, Add add, QWidget *parent = nullptr);

    const widgets::Banner &banner() const { return *m_banner; }
    const widgets::KeyValueRows &rows() const { return *m_rows; }

Q_SIGNALS:
    /// The file was read, or could not be.
    void loaded(bool isUsable);

private:
    void showConnection(const Result<identity::Connection> &connection);
    void showError(const Error &error, const QString &headline);
    void fitHeight();
    void add();

    Add m_add;
    std::optional<identity::Connection> m_connection;
    widgets::ThinBar *m_bar;
    QLabel *m_question;
    widgets::KeyValueRows *m_rows;
    widgets::Banner *m_banner;
    QPushButton *m_cancelButton;
    QPushButton *m_addButton;
};

} // namespace bookdesk::pages
