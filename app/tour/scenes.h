/// Scenes: what several chapters of the tour do and expect.
#pragma once

#include "books/api-outcome.h"

#include <QString>

namespace bookdesk::pages {
class BooksTable;
} // namespace bookdesk::pages

namespace bookdesk::widgets {
class OutcomePanel;
}

namespace bookdesk::tour {

class Stage;

const pages::BooksTable &table(Stage &stage);
const widgets::OutcomePanel &panel(Stage &stage);

void expectSignInPage(Stage &stage);
void expectSignedOut(Stage &stage);
void expectBooks(Stage &stage);
/// The panel of the Books page shows an outcome of this kind.
void expectOutcome(Stage &stage, books::OutcomeKind kind);
/// The panel of the Books page asks for more proof.
void expectProofPanel(Stage &stage);
void expectAccount(Stage &stage, const QString &name);
void expectDialog(Stage &stage, const QString &name);

/// The sign-in page with the Sandbox running: how each chapter begins.
void startSandbox(Stage &stage);
/// The books of @p persona, who signs in on the sign-in page of the Sandbox.
void showBooksOf(Stage &stage, const QString &persona);
void selectFirstBook(Stage &stage);
void tryToDelete(Stage &stage);
void openAccountPanel(Stage &stage);
void signOut(Stage &stage);
/// *Use another account* while somebody is signed in: @p persona signs in.
void useAccountOf(Stage &stage, const QString &persona);
/// Offers to add the connection of a file.
void offerConnection(Stage &stage, const QString &file);
/// Offers the connection of a second Sandbox, which can be stopped.
void offerSecondConnection(Stage &stage);
/// Adds the connection that is offered, and uses it.
void addConnection(Stage &stage);

} // namespace bookdesk::tour
