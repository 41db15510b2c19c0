/// BooksPage: the books of the API, what the account may do with them, and what came of it.
#pragma once

#include "widgets/kept-states.h"
#include "widgets/page.h"
#include "workspace/desk.h"

#include <QPointer>

class QPushButton;
class QStackedLayout;

namespace bookdesk::widgets {
class PageHeader;
class OutcomePanel;
class SearchField;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class AccessStrip;
class AgainBanner;
class BookDeletion;
class BookDetail;
class BooksListing;
class BooksTable;
class KeptCall;
class ProofPanel;
class WorkArea;

/// Loads when somebody signs in, and never shows one person the rows of another. GUI thread.
class BooksPage final : public widgets::Page
{
    Q_OBJECT

public:
    explicit BooksPage(QWidget *parent = nullptr);

    std::vector<widgets::KeyHelp> keys() const override;
    void setDesk(workspace::Desk *desk) override;

    const widgets::OutcomePanel &outcome() const { return *m_outcome; }
    const BooksTable &table() const { return *m_table; }
    const ProofPanel &proof() const { return *m_proof; }

public Q_SLOTS:
    void reload();
    /// Loads a list again at once that could not be had for lack of a network.
    void tryOfflineListNow();
    /// Asks for confirmation, then tries to delete the selected book.
    void tryToDelete();

Q_SIGNALS:
    /// The list was loaded, or could not be.
    void listed(bool isOk);

protected:
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeSignedOutHint();
    QWidget *makeContent();
    void makeHeader();
    void makeShortcuts();
    void connectParts();

    /// What an account left here when another one was shown.
    struct Left
    {
        QString search;
        QString selectedId;
    };

    bool isSignedIn() const;
    void keepLeft();
    void restoreLeft();
    void showPerson();
    void followTokens();
    /// Removes everything that belongs to a person.
    void forget();
    void showAccess();
    void showSelection();
    void showCount();

    /// Closes the outcome, or else cancels what is under way.
    void closeOrCancel();
    void followList(bool isOk);
    void noteRows();
    void sayCancelled();
    /// Repeats the call whose token was withheld.
    void sendAnyway();

    void noteFreshToken();
    /// What says that a call waits for more proof.
    void showKept();
    void sendKeptAgain(const std::optional<books::Book> &book);
    void copyAdminRequest();
    void showExchange();

    QPointer<workspace::Desk> m_desk;
    widgets::KeptStates<Left> m_left; ///< By the desk.

    widgets::PageHeader *m_header;
    widgets::SearchField *m_search;
    QPushButton *m_reload;
    QStackedLayout *m_stack;
    AgainBanner *m_again;
    AccessStrip *m_access;
    books::TokenFacts m_listedWith; ///< What was known about the token when the rows came.
    QString m_listedAt;             ///< "14:10"; empty where there are no rows.
    BooksTable *m_table;
    BookDetail *m_detail;
    WorkArea *m_work;
    widgets::OutcomePanel *m_outcome;
    KeptCall *m_kept;
    ProofPanel *m_proof;
    BooksListing *m_listing;
    BookDeletion *m_deletion;
};

} // namespace bookdesk::pages
