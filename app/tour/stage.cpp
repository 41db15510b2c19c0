#include "tour/stage.h"

#include "pages/books/books-page.h"
#include "window/main-window.h"
#include "workspace/finish-work.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCoroTask>
#include <QDialog>
#include <QEventLoop>
#include <QFile>
#include <QLineEdit>
#include <QPainter>
#include <QTextDocument>
#include <QTimer>

#include <optional>
#include <utility>

namespace bookdesk::tour {

using namespace Qt::StringLiterals;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Tour)
};

constexpr std::chrono::milliseconds lookAgain{15};

} // namespace

Stage::Stage(std::chrono::milliseconds limit)
    : m_limit(limit)
{
    start({});
}

void Stage::startAgain()
{
    workspace::finishWork(*m_workspace, m_limit);
    m_window.reset();
    m_workspace.reset();
    m_opened.clear();
    start(window::MainWindow::lastConnection());
}

void Stage::start(const QString &lastConnection)
{
    const identity::OpenUrl remember = [this](const QUrl &url) -> Result<void> {
        m_opened = url;
        return {};
    };
    workspace::Surroundings surroundings;
    surroundings.open = remember;
    surroundings.vault = std::make_shared<identity::TokenVault>(
        std::make_unique<MemoryKeychain>(m_keychain),
        identity::TokenVault::Settings{m_folder.filePath(u"vault.lock"_s)}, surroundings.redactor);
    m_workspace = std::make_unique<workspace::Workspace>(surroundings, workspace::ConnectionStore(m_folder.path()),
                                                         lastConnection);
    m_window = std::make_unique<window::MainWindow>(window::WindowParts{*m_workspace, remember});
    m_window->resize(1180, 760);
    m_window->show();
}

Stage::~Stage() = default;

bool Stage::expect(const QString &what, const std::function<bool()> &isSo)
{
    if (!m_failure.isEmpty())
        return false;
    QEventLoop loop;
    QTimer again;
    QTimer limit;
    limit.setSingleShot(true);
    QObject::connect(&again, &QTimer::timeout, &loop, [&] {
        if (isSo())
            loop.quit();
    });
    QObject::connect(&limit, &QTimer::timeout, &loop, &QEventLoop::quit);
    limit.start(m_limit);
    again.start(lookAgain);
    if (!isSo())
        loop.exec();
    if (isSo())
        return true;
    m_failure = Texts::tr("not so: %1").arg(what);
    return false;
}

QAbstractButton *Stage::findButton(const QString &name) const
{
    const QList<QAbstractButton *> buttons = m_window->findChildren<QAbstractButton *>(name);
    for (QAbstractButton *button : buttons)
        if (button->isVisible() && button->isEnabled())
            return button;
    return nullptr;
}

void Stage::act(const std::function<void()> &action)
{
    bool isDone = false;
    QTimer::singleShot(0, m_window.get(), [&] {
        action();
        isDone = true;
    });
    expect(Texts::tr("it was done"), [&isDone] { return isDone; });
}

void Stage::click(const QString &name)
{
    if (expect(Texts::tr("the button “%1” can be pressed").arg(name), [&] { return findButton(name) != nullptr; }))
        act([button = findButton(name)] { button->click(); });
}

void Stage::write(const QString &field, const QString &text)
{
    const auto find = [&] { return m_window->findChild<QLineEdit *>(field); };
    const auto isThere = [&] { return find() && find()->isVisible(); };
    if (expect(Texts::tr("the field “%1” is shown").arg(field), isThere))
        find()->setText(text);
}

void Stage::visitAs(const QString &persona) { visit({persona, false}); }

void Stage::declineAs(const QString &persona) { visit({persona, true}); }

bool Stage::expectOpenBrowser()
{
    const auto isOpen = [this] {
        const identity::SignIn *attempt = m_workspace->desk() ? m_workspace->desk()->attempt() : nullptr;
        return attempt && !m_opened.isEmpty() && attempt->steps().front().state == identity::StepState::done;
    };
    return expect(Texts::tr("the browser was opened"), isOpen);
}

QString Stage::readPageAs(const QString &persona)
{
    if (!expectOpenBrowser())
        return {};
    sandbox::Visitor visitor({});
    std::optional<Result<sandbox::VisitedPage>> page;
    QCoro::connect(visitor.visit(std::exchange(m_opened, {}), {persona, false}), m_window.get(),
                   [&page](const Result<sandbox::VisitedPage> &read) { page = read; });
    expect(Texts::tr("the page is shown"), [&page] { return page && *page; });
    QTextDocument text;
    text.setHtml(page && *page ? (*page)->text : QString());
    return text.toPlainText();
}

void Stage::visit(const sandbox::Visit &visit)
{
    if (!expectOpenBrowser())
        return;
    m_visitor = workspace::personaBrowser(visit, {});
    m_visitor(std::exchange(m_opened, {})).failure().whenSet([this](const std::optional<Error> &error) {
        if (error)
            m_failure = advised(*error);
    });
}

void Stage::signInAs(const QString &persona)
{
    click(u"signIn"_s);
    visitAs(persona);
    expect(Texts::tr("the books page is shown"), [this] { return m_window->page<pages::BooksPage>().isVisible(); });
}

void Stage::startSecond(const sandbox::SandboxOptions &options)
{
    bool isOver = false;
    QCoro::connect(sandbox::SandboxServer::start(options), m_window.get(),
                   [this, &isOver](const Result<std::shared_ptr<sandbox::SandboxServer>> &server) {
                       isOver = true;
                       if (server)
                           m_second = *server;
                   });
    expect(Texts::tr("a second Sandbox runs"), [&] { return isOver && m_second; });
}

QString Stage::startSecondSandbox(const QString &name)
{
    startSecond({});
    return m_second ? written(m_second->connectionFile(), name) : QString();
}

QString Stage::startTlsSandbox()
{
    sandbox::SandboxOptions options;
    options.usesTls = true;
    startSecond(options);
    return m_second ? m_second->baseUrl().toString() : QString();
}

QString Stage::fileWithOtherApi(const QString &name, const QString &apiBaseUrl)
{
    JsonObject connection = sandbox().connectionFile();
    connection.set(u"apiBaseUrl"_s, apiBaseUrl);
    return written(std::move(connection), name);
}

QString Stage::written(JsonObject connection, const QString &name)
{
    connection.set(u"name"_s, name);
    QFile file(m_folder.filePath(u"connection.json"_s));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(toPrettyJson(connection));
    return file.fileName();
}

void Stage::stopSecondSandbox() { m_second.reset(); }

QPixmap Stage::picture()
{
    // A window system does so when a dialog closes; without it, no focus would be seen.
    if (!QApplication::activeModalWidget())
        m_window->activateWindow();
    // What changed just now has yet to be laid out, and what that changes after it: a scroll bar, the lines of a cell.
    for (int turn = 0; turn < 4; ++turn)
        QCoreApplication::processEvents();
    QPixmap whole = m_window->grab();
    const QList<QDialog *> dialogs = m_window->findChildren<QDialog *>();
    for (QDialog *dialog : dialogs) {
        if (!dialog->isVisible())
            continue;
        const QPixmap over = dialog->grab();
        QRect place(QPoint(0, 0), dialog->size());
        place.moveCenter(m_window->rect().center());
        QPainter painter(&whole);
        painter.fillRect(m_window->rect(), QColor(0, 0, 0, 90));
        painter.drawPixmap(place.topLeft(), over);
        painter.setPen(style::color(style::Role::controlLine));
        painter.drawRect(place.adjusted(0, 0, -1, -1));
    }
    return whole;
}

} // namespace bookdesk::tour
