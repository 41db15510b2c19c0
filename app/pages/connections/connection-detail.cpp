#include "pages/connections/connection-detail.h"

#include "core/isolation.h"
#include "pages/connections/check-rows.h"
#include "pages/connections/connection-texts.h"
#include "style/icons.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/chip.h"
#include "widgets/key-value-rows.h"
#include "widgets/labels.h"
#include "widgets/round-frame.h"
#include "workspace/workspace.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;
using widgets::Look;

namespace {

constexpr int buttonsBeside = 3;
constexpr int fewButtonsBeside = 2;

/// The one with this ID, or an empty one.
identity::Connection choiceOf(const workspace::Workspace &workspace, const QString &id)
{
    const std::vector<identity::Connection> all = workspace.choices();
    const auto found = std::ranges::find(all, id, &identity::Connection::id);
    return found == all.end() ? identity::Connection() : *found;
}

} // namespace

ConnectionDetail::ConnectionDetail(workspace::Workspace &workspace, const ConnectionTests &tests, QWidget *parent)
    : Card({}, parent)
    , m_workspace(workspace)
    , m_tests(tests)
    , m_area(new QScrollArea(this))
{
    setObjectName(u"connectionDetail"_s);
    body()->setContentsMargins(0, 0, 0, 0);
    body()->setSpacing(0);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setWidget(makeFacts());
    body()->addWidget(m_area, 1);
    makeButtons();
    new widgets::RoundFrame(this);
}

QVBoxLayout *ConnectionDetail::addPart(QVBoxLayout &column, const QString &edge)
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *part = new QWidget(this);
    style::setEdge(*part, edge);
    auto *inside = new QVBoxLayout(part);
    inside->setContentsMargins(metrics.px(14), metrics.px(12), metrics.px(14), metrics.px(12));
    inside->setSpacing(metrics.px(8));
    column.addWidget(part);
    return inside;
}

QWidget *ConnectionDetail::makeFacts()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *content = new QWidget(m_area);
    content->setProperty("ground", u"clear"_s);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_name = new widgets::ElidedLabel({}, Look::section, content);
    m_chip = new widgets::Chip(widgets::Kind::accent, tr("built in"), tr("Built in"), content);
    m_chip->setIcon({});
    m_facts = new widgets::KeyValueRows(content);
    m_why = widgets::label({}, Look::smallMuted, content);
    m_why->setWordWrap(true);
    auto *title = new QHBoxLayout;
    title->setSpacing(metrics.px(8));
    title->addWidget(m_name);
    title->addWidget(m_chip);
    title->addStretch(1);
    QVBoxLayout *facts = addPart(*column, {});
    facts->addLayout(title);
    facts->addWidget(m_facts);
    facts->addWidget(m_why);
    m_testNote = widgets::label({}, Look::smallMuted, content);
    m_testNote->setObjectName(u"testNote"_s);
    m_checks = new CheckRows(content);
    auto *head = new QHBoxLayout;
    head->setSpacing(metrics.px(10));
    head->addWidget(widgets::label(tr("Test"), Look::section, content));
    head->addWidget(m_testNote, 1);
    QVBoxLayout *test = addPart(*column, u"top"_s);
    test->addLayout(head);
    test->addWidget(m_checks);
    column->addStretch(1);
    return content;
}

void ConnectionDetail::makeButtons()
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_buttonsPart = addPart(*body(), u"top"_s);
    m_buttons = new QGridLayout;
    m_buttons->setSpacing(metrics.px(8));
    m_buttonsPart->addLayout(m_buttons);
    const auto add = [this](const QString &name, const QString &text, const QString &icon, ButtonLook look,
                            void (ConnectionDetail::*asked)()) {
        QPushButton *button = widgets::pushButton(text, icon, look, this);
        button->setObjectName(name);
        style::setStyleProperty(*button, "tight", true);
        connect(button, &QPushButton::clicked, this, asked);
        return button;
    };
    m_signIn = add(u"signInHere"_s, tr("Sign in"), u"sign-in"_s, ButtonLook::primary, &ConnectionDetail::signInAsked);
    m_test = add(u"testConnection"_s, tr("Test"), u"play"_s, ButtonLook::plain, &ConnectionDetail::testAsked);
    m_edit = add(u"editConnection"_s, tr("Edit…"), u"edit"_s, ButtonLook::plain, &ConnectionDetail::editAsked);
    m_duplicate = add(u"duplicateConnection"_s, tr("Duplicate…"), u"copy"_s, ButtonLook::plain,
                      &ConnectionDetail::duplicateAsked);
    m_export =
        add(u"exportConnection"_s, tr("Export…"), u"export"_s, ButtonLook::plain, &ConnectionDetail::exportAsked);
    m_delete = add(u"deleteConnection"_s, tr("Delete…"), u"trash"_s, ButtonLook::plain, &ConnectionDetail::deleteAsked);
    placeButtons();
}

void ConnectionDetail::resizeEvent(QResizeEvent *event)
{
    Card::resizeEvent(event);
    placeButtons();
}

/// As many beside each other as have room for the longest text.
void ConnectionDetail::placeButtons()
{
    const std::array buttons{m_signIn, m_test, m_edit, m_duplicate, m_export, m_delete};
    int widest = 0;
    for (const QPushButton *button : buttons)
        widest = std::max(widest, button->sizeHint().width());
    const int needed = buttonsBeside * widest + (buttonsBeside - 1) * m_buttons->spacing();
    const QMargins around = m_buttonsPart->contentsMargins();
    const int room = contentsRect().width() - around.left() - around.right();
    const int beside = needed <= room ? buttonsBeside : fewButtonsBeside;
    for (int place = 0; place < static_cast<int>(buttons.size()); ++place)
        m_buttons->addWidget(buttons.at(static_cast<std::size_t>(place)), place / beside, place % beside);
    for (int column = 0; column < buttonsBeside; ++column)
        m_buttons->setColumnStretch(column, column < beside ? 1 : 0);
}

void ConnectionDetail::show(const QString &id)
{
    const bool isAnother = id != m_id;
    m_id = id;
    const identity::Connection connection = choiceOf(m_workspace, id);
    m_name->setFullText(isolated(connection.name));
    m_chip->setVisible(id == workspace::Workspace::sandboxId());
    showFacts(connection);
    enableActions(connection);
    showTest();
    if (isAnother)
        m_area->verticalScrollBar()->setValue(0);
}

void ConnectionDetail::showFacts(const identity::Connection &connection)
{
    std::vector<widgets::KeyValue> rows = connectionFacts(connection);
    const QStringList accounts = accountLines(m_workspace, m_id);
    if (!rows.empty())
        rows.push_back({tr("Accounts"), accounts.isEmpty() ? tr("none") : accounts.join(u'\n'), Look::body,
                        widgets::Direction::isolated});
    std::vector<std::pair<QString, QString>> facts;
    facts.reserve(rows.size());
    for (const widgets::KeyValue &row : rows)
        facts.emplace_back(row.key, row.value);
    // What is shown already keeps its selection and its focus.
    if (m_shownId == m_id && facts == m_shownFacts)
        return;
    m_shownId = m_id;
    m_shownFacts = std::move(facts);
    m_facts->setRows(rows);
}

void ConnectionDetail::enableActions(const identity::Connection &connection)
{
    const bool isThere = !m_id.isEmpty();
    const bool isSandbox = m_id == workspace::Workspace::sandboxId();
    const bool isRunning = isThere && !isUnknownYet(connection);
    const bool isOwn = isThere && !isSandbox;
    const bool hasSignIn = isSandbox || connection.provider.hasSignIn;
    const QString why = isSandbox ? tr("The Sandbox is another one in each run, so its connection cannot be edited, "
                                       "moved, copied, exported or deleted.")
                                  : QString();
    const QString whyNoSignIn = hasSignIn ? QString() : connection.provider.textsIn().noSignIn;
    m_signIn->setEnabled(isThere && hasSignIn);
    m_signIn->setText(hasPerson(m_workspace, m_id) ? tr("Use") : tr("Sign in"));
    m_signIn->setAccessibleDescription(whyNoSignIn);
    m_test->setEnabled(isRunning);
    m_edit->setEnabled(isRunning);
    m_edit->setText(isSandbox ? tr("Show…") : tr("Edit…"));
    m_edit->setIcon(style::icon(isSandbox ? u"eye"_s : u"edit"_s, style::Role::text));
    for (QPushButton *button : {m_duplicate, m_export, m_delete}) {
        button->setEnabled(isOwn);
        button->setAccessibleDescription(why);
    }
    m_why->setText(hasSignIn ? why : whyNoSignIn);
    m_why->setVisible(!m_why->text().isEmpty());
}

void ConnectionDetail::showTest()
{
    const ConnectionTests::Outcome *test = m_tests.of(m_id);
    const bool isRunning = m_tests.isRunning(m_id);
    m_checks->show(test ? test->findings : workspace::CheckFindings());
    m_checks->setVisible(test);
    if (isRunning)
        m_testNote->setText(tr("under way, without signing in"));
    else if (test && test->ended)
        m_testNote->setText(tr("%1, without signing in").arg(widgets::timeOfDay(*test->ended)));
    else
        m_testNote->setText(tr("not tested yet"));
    m_test->setText(isRunning ? tr("Cancel") : tr("Test"));
    m_test->setAccessibleName(isRunning ? tr("Cancel the test") : tr("Test the connection"));
    m_test->setIcon(style::icon(isRunning ? u"stop"_s : u"play"_s, style::Role::text));
}

} // namespace bookdesk::pages
