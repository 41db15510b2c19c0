// What is done on the Connections page with the connection that is selected, or written in the editor.
#include "core/isolation.h"
#include "identity/account.h"
#include "pages/connections/connection-editor.h"
#include "pages/connections/connection-questions.h"
#include "pages/connections/connection-tests.h"
#include "pages/connections/connections-list.h"
#include "pages/connections/connections-page.h"
#include "widgets/announcement.h"
#include "widgets/banner.h"
#include "widgets/question-dialog.h"
#include "workspace/workspace.h"

#include <QCoroTask>
#include <QDir>
#include <QFileDialog>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using workspace::Workspace;

/// Also for somebody who is signed in there already.
void ConnectionsPage::signIn()
{
    const QString id = m_list->table().selectedId();
    if (!m_workspace.find(id)) {
        Q_EMIT pageAsked(u"books"_s);
        Q_EMIT sandboxAsked();
        return;
    }
    m_workspace.use(id);
    Q_EMIT pageAsked(u"books"_s);
    Q_EMIT signInAsked();
}

void ConnectionsPage::toggleTest()
{
    const QString id = m_list->table().selectedId();
    if (m_tests->isRunning(id))
        m_tests->cancel();
    else
        m_tests->run(id);
}

void ConnectionsPage::announceTest(const QString &id)
{
    const identity::Connection *connection = m_workspace.find(id);
    const ConnectionTests::Outcome *test = m_tests->of(id);
    if (connection && test && isVisible())
        widgets::announce(
            *this, tr("The test of %1: %2").arg(isolated(connection->name), workspace::summaryOf(test->findings)));
}

void ConnectionsPage::askToRegister()
{
    const identity::Connection *about = selected();
    const bool isOwn = about && !about->isSandbox;
    Q_EMIT registerAsked(isOwn ? std::optional(*about) : std::nullopt);
}

void ConnectionsPage::add()
{
    m_editor->add();
    showEditor();
}

void ConnectionsPage::edit()
{
    const identity::Connection *connection = selected();
    if (!connection)
        return;
    if (connection->isSandbox)
        m_editor->showReadOnly(*connection);
    else
        m_editor->edit(*connection);
    showEditor();
}

/// Nothing is stored before the person saves the copy.
void ConnectionsPage::duplicate()
{
    const Result<QByteArray> text = m_workspace.exported(m_list->table().selectedId());
    if (!text)
        return report(tr("The connection was not copied"), text.error());
    const Result<std::vector<identity::Connection>> copies = m_workspace.importedText(*text);
    if (!copies)
        return report(tr("The connection was not copied"), copies.error());
    m_editor->add(copies->front());
    showEditor();
}

void ConnectionsPage::exportSelected()
{
    const identity::Connection *connection = selected();
    const Result<QByteArray> text = m_workspace.exported(m_list->table().selectedId());
    if (!text)
        return report(tr("The connection was not exported"), text.error());
    exportAs(connection->name, *text);
}

void ConnectionsPage::exportAs(const QString &name, const QByteArray &text)
{
    QFileDialog *dialog = exportDialog(name, this);
    connect(dialog, &QFileDialog::fileSelected, this, [this, text](const QString &path) {
        saveFile(path, text, this, [this, path](const Result<void> &saved) {
            const QString file = QDir::toNativeSeparators(path);
            if (!saved && isEditing())
                return m_editor->showError(saved.error());
            if (!saved)
                return report(tr("The connection was not exported"), saved.error());
            m_banner->show({widgets::Kind::ok,
                            tr("The connection was exported"),
                            tr("%1 holds no secrets: neither tokens nor passwords.").arg(isolated(file)),
                            {},
                            {}});
        });
    });
    dialog->open();
}

void ConnectionsPage::askToRemove()
{
    const identity::Connection *connection = selected();
    if (!connection || connection->isSandbox)
        return;
    QCoro::connect(m_workspace.accountsOf(connection->id), this,
                   [this, asked = *connection](const Result<std::vector<identity::Account>> &accounts) {
                       if (!accounts)
                           return report(tr("The connection was not deleted"), accounts.error());
                       widgets::QuestionDialog *question = removalQuestion(asked, *accounts, this);
                       connect(question, &QDialog::accepted, this, [this, asked] { remove(asked); });
                       question->open();
                   });
}

void ConnectionsPage::remove(const identity::Connection &connection)
{
    const QString name = isolated(connection.name);
    QCoro::connect(m_workspace.remove(connection.id), this,
                   [this, name](const Result<workspace::ConnectionChange> &change) {
                       if (!change)
                           return report(tr("%1 was not deleted").arg(name), change.error());
                       m_banner->show(changeReport(tr("%1 was deleted").arg(name), *change));
                   });
    m_list->table().setFocus(Qt::OtherFocusReason);
}

void ConnectionsPage::move(Result<void> (Workspace::*moveOne)(const QString &))
{
    const identity::Connection *connection = selected();
    if (!connection || connection->isSandbox)
        return;
    const QString name = isolated(connection->name);
    if (const Result<void> moved = (m_workspace.*moveOne)(connection->id); !moved)
        return report(tr("The connection was not moved"), moved.error());
    const ConnectionsModel &model = m_list->table().connections();
    widgets::announce(*this, tr("%1 is now number %2 of %3")
                                 .arg(name)
                                 .arg(model.rowOf(m_list->table().selectedId()) + 1)
                                 .arg(model.rowCount()));
}

void ConnectionsPage::save(const identity::Connection &connection)
{
    const identity::Connection *was = m_workspace.find(connection.id);
    if (was && identity::bindingOf(*was) != identity::bindingOf(connection))
        return askToChange(connection);
    if (was)
        return update(connection);
    const Result<QString> id = m_workspace.add(connection);
    if (!id)
        return m_editor->showError(id.error());
    m_editor->discard();
    select(*id);
}

/// Asks only if anybody is signed out by it.
void ConnectionsPage::askToChange(const identity::Connection &connection)
{
    QCoro::connect(m_workspace.accountsOf(connection.id), this,
                   [this, connection](const Result<std::vector<identity::Account>> &accounts) {
                       if (!accounts)
                           return m_editor->showError(accounts.error());
                       if (accounts->empty())
                           return update(connection);
                       widgets::QuestionDialog *question = changeQuestion(connection, *accounts, this);
                       connect(question, &QDialog::accepted, this, [this, connection] { update(connection); });
                       question->open();
                   });
}

/// The editor goes once it is stored; that everybody is signed out can take longer.
void ConnectionsPage::update(const identity::Connection &connection)
{
    const QString name = isolated(connection.name);
    m_savedId = connection.id;
    QCoro::connect(m_workspace.update(connection), this,
                   [this, name](const Result<workspace::ConnectionChange> &change) {
                       m_savedId.clear();
                       if (!change)
                           m_editor->showError(change.error());
                       else if (!change->signedOut.empty() || !change->problems.empty())
                           m_banner->show(changeReport(tr("%1 was changed").arg(name), *change));
                   });
}

void ConnectionsPage::report(const QString &headline, const Error &error)
{
    m_banner->show({widgets::Kind::bad, headline, advised(error), widgets::errorRows(error), {}});
    m_banner->takeFocus();
}

} // namespace bookdesk::pages
