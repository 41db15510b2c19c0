#include "pages/connections/connection-questions.h"

#include "core/address-text.h"
#include "core/isolation.h"
#include "core/off-thread.h"
#include "core/private-file.h"
#include "core/text.h"
#include "widgets/banner.h"
#include "widgets/key-value-rows.h"
#include "widgets/question-dialog.h"

#include <QCoreApplication>
#include <QCoroTask>
#include <QDir>
#include <QFileDialog>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>
#include <iterator>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::BannerText;
using widgets::ButtonLook;
using widgets::KeyValue;
using widgets::Look;
using widgets::QuestionDialog;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionQuestions)
};

/// One line each, so that a line feed in a name cannot pass for another account.
QString namesOf(const std::vector<identity::Account> &accounts)
{
    QStringList names;
    names.reserve(static_cast<qsizetype>(accounts.size()));
    for (const identity::Account &account : accounts)
        names += visible(account.fullName());
    return names.join(u'\n');
}

std::vector<KeyValue> rowsOf(const identity::Connection &connection, const std::vector<identity::Account> &accounts)
{
    std::vector<KeyValue> rows{{Texts::tr("Connection"), visible(connection.name), Look::strong},
                               {Texts::tr("API"), addressText(connection.apiBaseUrl), Look::mono}};
    if (accounts.empty())
        rows.push_back({Texts::tr("Signed out"), Texts::tr("nobody"), Look::body});
    else
        rows.push_back({Texts::tr("Signed out"), namesOf(accounts), Look::body});
    return rows;
}

QWidget *detailsOf(const identity::Connection &connection, const std::vector<identity::Account> &accounts)
{
    auto *rows = new widgets::KeyValueRows;
    rows->setRows(rowsOf(connection, accounts));
    return rows;
}

} // namespace

QuestionDialog *removalQuestion(const identity::Connection &connection, const std::vector<identity::Account> &accounts,
                                QWidget *parent)
{
    const QString text = accounts.empty()
                             ? Texts::tr("The connection and your own rules for its API are deleted on this computer. "
                                         "Its registrations stay as they are.")
                             : Texts::tr("%n accounts are signed out, and their sign-ins that are kept in the keychain "
                                         "are removed. The connection and your own rules for its API are deleted on "
                                         "this computer. Its registrations stay as they are.",
                                         nullptr, static_cast<int>(accounts.size()));
    auto *question = new QuestionDialog({.title = Texts::tr("Delete connection"),
                                         .question = Texts::tr("Delete this connection?"),
                                         .text = text,
                                         .confirm = Texts::tr("Delete"),
                                         .icon = u"trash"_s,
                                         .look = ButtonLook::danger},
                                        detailsOf(connection, accounts), parent);
    question->setObjectName(u"confirmRemoval"_s);
    return question;
}

QuestionDialog *changeQuestion(const identity::Connection &connection, const std::vector<identity::Account> &accounts,
                               QWidget *parent)
{
    auto *question = new QuestionDialog(
        {.title = Texts::tr("Save connection"),
         .question = Texts::tr("Save, and sign out?"),
         .text =
             Texts::tr("Tokens are got or sent otherwise than before, so the accounts of this connection are signed "
                       "out, and what is kept of them in the keychain is removed."),
         .confirm = Texts::tr("Save and sign out")},
        detailsOf(connection, accounts), parent);
    question->setObjectName(u"confirmChange"_s);
    return question;
}

BannerText changeReport(const QString &headline, const workspace::ConnectionChange &change)
{
    QStringList names;
    std::vector<Error> errors = change.problems;
    for (const workspace::SignedOutAccount &signedOut : change.signedOut) {
        names += isolated(signedOut.account.displayName());
        if (signedOut.error)
            errors.push_back(*signedOut.error);
    }
    QString text = names.isEmpty() ? QString() : Texts::tr("Signed out: %1.").arg(names.join(u", "_s));
    std::vector<KeyValue> rows;
    for (const Error &error : errors) {
        text += (text.isEmpty() ? QString() : u" "_s) + advised(error);
        std::ranges::move(widgets::errorRows(error), std::back_inserter(rows));
    }
    return {errors.empty() ? widgets::Kind::ok : widgets::Kind::warn, headline, text, rows, {}};
}

QFileDialog *exportDialog(const QString &name, QWidget *parent)
{
    // What a file system may refuse, or read as a path, is left out.
    static const QRegularExpression unusual(u"[^\\p{L}\\p{N} ._-]+"_s);
    QString file = QString(name).replace(unusual, u"-"_s).left(80).trimmed();
    while (file.startsWith(u'.'))
        file.remove(0, 1);
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto *dialog = new QFileDialog(parent, Texts::tr("Export connection"), folder,
                                   Texts::tr("Connection files (*.json);;All files (*)"));
    dialog->setObjectName(u"exportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"json"_s);
    dialog->selectFile((file.isEmpty() ? u"connection"_s : file) + u".json"_s);
    return dialog;
}

void saveFile(const QString &path, const QByteArray &text, QObject *context,
              const std::function<void(const Result<void> &)> &done)
{
    const std::function<Result<void>()> work = [path, text] { return writePrivately(path, text); };
    QCoro::connect(offThread<Result<void>>(work, std::stop_token()), context,
                   [done](const std::optional<Result<void>> &saved) {
                       if (saved)
                           done(*saved);
                   });
}

} // namespace bookdesk::pages
