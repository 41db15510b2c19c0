#include "pages/connections/connections-page.h"

#include "pages/connections/connection-detail.h"
#include "pages/connections/connection-editor.h"
#include "pages/connections/connection-tests.h"
#include "pages/connections/connection-texts.h"
#include "pages/connections/connections-list.h"
#include "pages/connections/last-uses.h"
#include "style/metrics.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/page-header.h"
#include "widgets/remembered-splitter.h"
#include "workspace/workspace.h"

#include <QDropEvent>
#include <QHideEvent>
#include <QMimeData>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;
using workspace::Workspace;

namespace {

constexpr int listWidth = 576;
constexpr int detailWidth = 356;
constexpr int leastDetailWidth = 296;

/// The one local file that is dragged, or an empty text.
QString draggedFile(const QMimeData &data)
{
    const QList<QUrl> urls = data.urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

} // namespace

ConnectionsPage::ConnectionsPage(Workspace &workspace, const Clock &clock, QWidget *parent)
    : Page({u"connections"_s, tr("Connections"), {}, false}, parent)
    , m_workspace(workspace)
    , m_tests(new ConnectionTests(workspace, clock, this))
    , m_uses(new LastUses(workspace, clock, this))
    , m_stack(new QStackedWidget(this))
    , m_header(new widgets::PageHeader(tr("Connections"), this))
    , m_banner(new widgets::Banner(this))
    , m_list(new ConnectionsList(this))
    , m_detail(new ConnectionDetail(workspace, *m_tests, this))
    , m_editor(new ConnectionEditor(workspace, this))
{
    setAcceptDrops(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    m_stack->addWidget(makeListPage());
    m_stack->addWidget(m_editor);
    connectParts();
    connectDetail();
    refresh();
    setFocusProxy(&m_list->table());
}

QWidget *ConnectionsPage::makeListPage()
{
    const style::Metrics metrics = style::metricsOf(*this);
    makeHeader();
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(metrics.marginX(), metrics.marginY(), metrics.marginX(), metrics.marginY());
    column->setSpacing(metrics.gap());
    auto *splitter = new widgets::RememberedSplitter(u"connections"_s, Qt::Horizontal, page);
    splitter->setHandleWidth(metrics.gap());
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 1);
    m_detail->setMinimumWidth(metrics.px(leastDetailWidth));
    splitter->restore({metrics.px(listWidth), metrics.px(detailWidth)});
    m_banner->setClosable(true);
    column->addWidget(m_header);
    column->addWidget(m_banner);
    column->addWidget(splitter, 1);
    auto *add = new QShortcut(QKeySequence::New, page, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(add, &QShortcut::activated, this, &ConnectionsPage::add);
    return page;
}

void ConnectionsPage::makeHeader()
{
    QPushButton *import = widgets::pushButton(tr("Import…"), u"import"_s, ButtonLook::plain, this);
    import->setObjectName(u"importConnection"_s);
    QPushButton *registering =
        widgets::pushButton(tr("Register it for me…"), u"organization"_s, ButtonLook::plain, this);
    registering->setObjectName(u"registerConnection"_s);
    QPushButton *add = widgets::pushButton(tr("Add connection…"), u"plus"_s, ButtonLook::plain, this);
    add->setObjectName(u"addOwnConnection"_s);
    add->setToolTip(tr("Ctrl+N"));
    for (QPushButton *button : {import, registering}) {
        button->setAccessibleName(button->text());
        button->setToolTip(button->text());
        m_shortened.emplace_back(button, button->text());
        m_header->addAction(button);
    }
    m_header->addAction(add);
    connect(import, &QPushButton::clicked, this, &ConnectionsPage::addConnectionAsked);
    connect(add, &QPushButton::clicked, this, &ConnectionsPage::add);
    connect(registering, &QPushButton::clicked, this, &ConnectionsPage::askToRegister);
}

void ConnectionsPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    fitHeader();
}

/// Where the texts have no room, two of the actions are shown by their icons alone.
void ConnectionsPage::fitHeader()
{
    for (const auto &[button, text] : m_shortened)
        button->setText(text);
    const int room = width() - 2 * style::metricsOf(*this).marginX();
    if (m_header->minimumSizeHint().width() <= room)
        return;
    for (const auto &[button, text] : m_shortened)
        button->setText({});
}

void ConnectionsPage::connectParts()
{
    connect(&m_workspace, &Workspace::connectionsChanged, this, [this] {
        refresh();
        if (!std::exchange(m_savedId, {}).isEmpty())
            m_editor->discard();
    });
    connect(&m_workspace, &Workspace::accountsChanged, this, &ConnectionsPage::refresh);
    connect(&m_workspace, &Workspace::shownDeskChanged, this, &ConnectionsPage::refresh);
    connect(m_tests, &ConnectionTests::changed, this, &ConnectionsPage::refresh);
    connect(m_tests, &ConnectionTests::ended, this, &ConnectionsPage::announceTest);
    ConnectionsTable &table = m_list->table();
    connect(&table, &ConnectionsTable::selectionMoved, this, &ConnectionsPage::showSelected);
    connect(&table, &ConnectionsTable::editAsked, this, &ConnectionsPage::edit);
    connect(&table, &ConnectionsTable::deleteAsked, this, &ConnectionsPage::askToRemove);
    connect(m_list, &ConnectionsList::upAsked, this, [this] { move(&Workspace::moveUp); });
    connect(m_list, &ConnectionsList::downAsked, this, [this] { move(&Workspace::moveDown); });
    connect(m_editor, &ConnectionEditor::left, this, &ConnectionsPage::showList);
    connect(m_editor, &ConnectionEditor::saveAsked, this, &ConnectionsPage::save);
    connect(m_editor, &ConnectionEditor::exportAsked, this, [this](const identity::Connection &connection) {
        exportAs(connection.name, identity::writeConnection(connection));
    });
}

void ConnectionsPage::connectDetail()
{
    connect(m_detail, &ConnectionDetail::signInAsked, this, &ConnectionsPage::signIn);
    connect(m_detail, &ConnectionDetail::testAsked, this, &ConnectionsPage::toggleTest);
    connect(m_detail, &ConnectionDetail::editAsked, this, &ConnectionsPage::edit);
    connect(m_detail, &ConnectionDetail::duplicateAsked, this, &ConnectionsPage::duplicate);
    connect(m_detail, &ConnectionDetail::exportAsked, this, &ConnectionsPage::exportSelected);
    connect(m_detail, &ConnectionDetail::deleteAsked, this, &ConnectionsPage::askToRemove);
}

std::vector<widgets::KeyHelp> ConnectionsPage::keys() const
{
    return {{QKeySequence::New, tr("Add a connection")},
            {Qt::Key_Return, tr("Edit the selected connection")},
            {Qt::Key_Delete, tr("Delete the selected connection")},
            {Qt::ALT | Qt::Key_Up, tr("Move the selected connection up")},
            {Qt::ALT | Qt::Key_Down, tr("Move the selected connection down")}};
}

void ConnectionsPage::setDesk(workspace::Desk *) { refresh(); }

void ConnectionsPage::select(const QString &id)
{
    // It may have been added just now.
    if (m_list->table().connections().rowOf(id) < 0)
        refresh();
    m_list->table().select(id);
}

bool ConnectionsPage::isEditing() const { return m_stack->currentWidget() == m_editor; }

void ConnectionsPage::refresh()
{
    const std::vector<identity::Connection> all = m_workspace.choices();
    std::vector<ConnectionRow> rows;
    bool hasOwn = false;
    for (const identity::Connection &connection : all) {
        rows.push_back(connectionRow(connection, m_uses->textOf(connection.id), m_tests->of(connection.id)));
        hasOwn = hasOwn || connection.id != Workspace::sandboxId();
    }
    m_header->setSubtitle(QString::number(rows.size()));
    const QString hint =
        hasOwn
            ? QString()
            : tr("“Add connection…” is for your own tenant and API, and “Import…” for a connection file that somebody "
                 "gave you. Where nothing is registered yet, “Register it for me…” writes out what an administrator "
                 "has to do.");
    m_list->show(std::move(rows), hint);
    showSelected();
}

void ConnectionsPage::showSelected() { m_detail->show(m_list->table().selectedId()); }

const identity::Connection *ConnectionsPage::selected() const { return m_workspace.find(m_list->table().selectedId()); }

void ConnectionsPage::showEditor()
{
    m_banner->hide();
    m_tests->cancel();
    m_stack->setCurrentWidget(m_editor);
    m_editor->takeFocus();
}

void ConnectionsPage::showList()
{
    m_stack->setCurrentIndex(0);
    m_list->table().setFocus(Qt::OtherFocusReason);
}

/// At first, the connection in use is the one that the person has in mind.
void ConnectionsPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    if (!std::exchange(m_wasShown, true))
        select(m_workspace.currentId());
}

void ConnectionsPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    if (event->spontaneous())
        return;
    m_tests->cancel();
    m_editor->cancelTest();
}

void ConnectionsPage::dragEnterEvent(QDragEnterEvent *event)
{
    if (!isEditing() && !draggedFile(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void ConnectionsPage::dropEvent(QDropEvent *event)
{
    const QString path = draggedFile(*event->mimeData());
    if (isEditing() || path.isEmpty())
        return;
    event->acceptProposedAction();
    Q_EMIT fileDropped(path);
}

} // namespace bookdesk::pages
