#include "pages/connections/editor-side.h"

#include "pages/connections/check-rows.h"
#include "pages/connections/registration-note.h"
#include "style/icons.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"
#include "workspace/workspace.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::Look;

namespace {

bool isSameButForTheName(std::optional<identity::Connection> left, const std::optional<identity::Connection> &right)
{
    if (left && right)
        left->name = right->name;
    return left == right;
}

} // namespace

EditorSide::EditorSide(workspace::Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_run(widgets::pushButton(tr("Test"), u"play"_s, widgets::ButtonLook::plain, this))
    , m_hint(
          widgets::label(tr("Asks the servers for what everybody may see. Nobody signs in."), Look::smallMuted, this))
    , m_checks(new CheckRows(this))
    , m_registration(new RegistrationNote(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_run->setObjectName(u"testWritten"_s);
    m_hint->setWordWrap(true);
    auto *head = new QHBoxLayout;
    head->addWidget(widgets::label(tr("Test connection"), Look::section, this));
    head->addStretch(1);
    head->addWidget(m_run);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.px(14), metrics.px(12), metrics.px(14), metrics.px(12));
    column->setSpacing(metrics.px(8));
    column->addLayout(head);
    column->addWidget(m_hint);
    column->addWidget(m_checks);
    column->addSpacing(metrics.px(6));
    column->addWidget(m_registration);
    column->addStretch(1);
    connect(m_run, &QPushButton::clicked, this, &EditorSide::toggle);
    offer();
}

void EditorSide::show(const identity::Provider &provider, const std::optional<identity::Connection> &connection)
{
    if (!isSameButForTheName(m_connection, connection)) {
        m_check.reset();
        m_checks->clear();
    }
    m_connection = connection;
    m_registration->show(provider, connection);
    offer();
}

void EditorSide::cancel()
{
    if (m_check && m_check->isRunning())
        m_check->cancel();
}

void EditorSide::toggle()
{
    if (m_check && m_check->isRunning())
        return cancel();
    if (!m_connection)
        return;
    m_check = m_workspace.newCheck(*m_connection);
    const auto showRows = [this] { m_checks->show(m_check->findings()); };
    connect(m_check.get(), &workspace::ConnectionCheck::rowChanged, this, showRows);
    connect(m_check.get(), &workspace::ConnectionCheck::ended, this, &EditorSide::finish);
    m_check->run();
    showRows();
    offer();
}

void EditorSide::finish()
{
    m_checks->show(m_check->findings());
    offer();
    widgets::announce(*this, tr("The test has ended: %1").arg(workspace::summaryOf(m_check->findings())));
}

void EditorSide::offer()
{
    const bool isRunning = m_check && m_check->isRunning();
    m_run->setEnabled(m_connection.has_value());
    m_run->setText(isRunning ? tr("Cancel") : m_check ? tr("Run again") : tr("Test"));
    m_run->setIcon(style::icon(isRunning ? u"stop"_s : u"play"_s, style::Role::text));
    m_run->setAccessibleName(isRunning ? tr("Cancel the test") : tr("Test what is written"));
    m_hint->setVisible(!m_check);
}

} // namespace bookdesk::pages
