/// ConnectionDetail: what is known of the selected connection, what its test has found, and what can be done with it.
#pragma once

#include "pages/connections/connection-tests.h"
#include "widgets/card.h"

#include <utility>
#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace bookdesk::widgets {
class Chip;
class ElidedLabel;
class KeyValueRows;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class CheckRows;

/// GUI thread.
class ConnectionDetail : public widgets::Card
{
    Q_OBJECT

public:
    /// @param workspace must outlive it.
    ConnectionDetail(workspace::Workspace &workspace, const ConnectionTests &tests, QWidget *parent = nullptr);

    /// Shows the connection with this ID, one of the workspace's choices.
    void show(const QString &id);
    /// Shows what its test has found by now.
    void showTest();
    const CheckRows &checks() const { return *m_checks; }

Q_SIGNALS:
    void signInAsked();
    /// To begin the test or, while it runs, to end it.
    void testAsked();
    void editAsked();
    void duplicateAsked();
    void exportAsked();
    void deleteAsked();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void placeButtons();
    QVBoxLayout *addPart(QVBoxLayout &column, const QString &edge);
    QWidget *makeFacts();
    void makeButtons();
    void showFacts(const identity::Connection &connection);
    void enableActions(const identity::Connection &connection);

    workspace::Workspace &m_workspace;
    const ConnectionTests &m_tests;
    QString m_id;
    QString m_shownId; ///< Whose facts are shown.
    std::vector<std::pair<QString, QString>> m_shownFacts;
    QScrollArea *m_area;
    QVBoxLayout *m_buttonsPart = nullptr;
    QGridLayout *m_buttons = nullptr;
    widgets::ElidedLabel *m_name;
    widgets::Chip *m_chip;
    widgets::KeyValueRows *m_facts;
    QLabel *m_why; ///< Why something cannot be done.
    QLabel *m_testNote;
    CheckRows *m_checks;
    QPushButton *m_signIn;
    QPushButton *m_test;
    QPushButton *m_edit;
    QPushButton *m_duplicate;
    QPushButton *m_export;
    QPushButton *m_delete;
};

} // namespace bookdesk::pages
