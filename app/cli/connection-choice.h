/// ConnectionChoice: where to sign in, and who goes through the sign-in page, with the options that choose it.
#pragma once

#include "books/books-api.h"

#include <QString>

namespace CLI {
class App;
}

namespace bookdesk::cli {

/// All of these are plain values. No option takes a token.
struct ConnectionChoice
{
    QString connection;       ///< A stored connection's name or a file's path; "sandbox" or empty for a Sandbox.
    QString account;          ///< Whose stored sign-in is used; also decides the connection where none is named.
    QString browser;          ///< A command, or empty for the desktop's browser.
    QString persona;          ///< Signs in without a browser, or empty.
    bool isAccepted = false;  ///< The connection file is used without a question.
    bool choosesAnew = false; ///< No stored sign-in is used, and the browser asks which account it shall be.
    bool sendsAnyway = false; ///< A token that is not meant for the API is sent to it.

    books::Sending sending() const { return sendsAnyway ? books::Sending::anyway : books::Sending::guarded; }
};

/// Adds `--connection`, `--yes`, `--browser` and `--persona`; @p choice must outlive parsing.
void addConnection(CLI::App &command, ConnectionChoice &choice);
/// The same and `--account`, for commands that sign in.
void addSignIn(CLI::App &command, ConnectionChoice &choice);
/// The same and `--send-anyway`, for commands that call the API.
void addApiConnection(CLI::App &command, ConnectionChoice &choice);

} // namespace bookdesk::cli
