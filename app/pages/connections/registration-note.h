/// RegistrationNote: what has to be registered at the provider, so that a connection works.
#pragma once

#include <QWidget>

#include <optional>

class QLabel;

namespace bookdesk::identity {
struct Connection;
struct Provider;
} // namespace bookdesk::identity

namespace bookdesk::widgets {
class KeyValueRows;
}

namespace bookdesk::pages {

/// Follows what is written in the editor. GUI thread.
class RegistrationNote : public QWidget
{
    Q_OBJECT

public:
    explicit RegistrationNote(QWidget *parent = nullptr);

    /// @param connection nothing where what is written makes none yet.
    void show(const identity::Provider &provider, const std::optional<identity::Connection> &connection);
    const widgets::KeyValueRows &rows() const { return *m_rows; }

private:
    QLabel *m_title;
    QLabel *m_hint;
    widgets::KeyValueRows *m_rows;
};

} // namespace bookdesk::pages
