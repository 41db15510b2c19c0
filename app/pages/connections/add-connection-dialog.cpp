#include "pages/connections/add-connection-dialog.h"

#include "core/address-text.h"
#include "core/text.h"
#include "identity/connection-members.h"
#include "net/trusted-url.h"
#include "style/metrics.h"
#include "widgets/banner.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/key-value-rows.h"
#include "widgets/tab-order.h"
#include "workspace/connection-import.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace bookdesk::pages {

using namespace Qt::StringLiterals;
using widgets::KeyValue;
using widgets::Look;

namespace {

QString authoritiesText(const identity::Connection &connection)
{
    if (connection.authorities.isEmpty())
        return AddConnectionDialog::tr("none: the system's certificates only");
    return net::certificateLines(connection.authorities).join(u'\n');
}

/// Where the discovery document decides on the mode, it is not known yet.
QString redirectText(const identity::Connection &connection)
{
    if (!connection.responseMode)
        return connection.redirect.path;
    const bool usesForm = *connection.responseMode == identity::ResponseMode::formPost;
    return AddConnectionDialog::tr("%1 by %2").arg(connection.redirect.path, usesForm ? u"form_post"_s : u"query"_s);
}

std::vector<KeyValue> rowsOf(const identity::Connection &connection)
{
    return {
        {AddConnectionDialog::tr("Provider"), connection.provider.name, Look::body},
        {AddConnectionDialog::tr("Authority"), addressText(connection.authority), Look::mono},
        {AddConnectionDialog::tr("Client ID"), connection.clientId, Look::mono},
        {AddConnectionDialog::tr("Scopes"), connection.scopes.join(u'\n'), Look::mono},
        {AddConnectionDialog::tr("API host"), hostText(connection.apiBaseUrl), Look::strong},
        {AddConnectionDialog::tr("API address"), addressText(connection.apiBaseUrl), Look::mono},
        {AddConnectionDialog::tr("Audience"), connection.audience, Look::mono},
        {AddConnectionDialog::tr("Redirect"), redirectText(connection), Look::mono},
        {AddConnectionDialog::tr("Private CA"), authoritiesText(connection), Look::mono},
    };
}

} // namespace

AddConnectionDialog::AddConnectionDialog(const QString &path, Add add, QWidget *parent)
    : AddConnectionDialog(
          path, [](const QString &file) { return workspace::loadConnections(file); }, std::move(add), parent)
{}

AddConnectionDialog::AddConnectionDialog(const QString &path, const Read &read, Add add, QWidget *parent)
    : QDialog(parent)
    , m_file(visible(QFileInfo(path).fileName()))
    , m_add(std::move(add))
    , m_title(new widgets::ElidedLabel(tr("Add connection: %1").arg(m_file), Look::section, this))
    , m_bar(new widgets::ThinBar(tr("Reading the file"), this))
    , m_question(widgets::label({}, Look::body, this))
    , m_name(new QLineEdit(this))
    , m_complaint(widgets::label({}, Look::small, this))
    , m_rows(new widgets::KeyValueRows(this))
    , m_banner(new widgets::Banner(this))
    , m_cancelButton(widgets::pushButton(tr("Cancel"), {}, widgets::ButtonLook::plain, this))
    , m_skipButton(widgets::pushButton(tr("Leave out"), {}, widgets::ButtonLook::plain, this))
    , m_addButton(widgets::pushButton(tr("Add"), u"plus"_s, widgets::ButtonLook::primary, this))
{
    setWindowTitle(tr("Add connection"));
    setObjectName(u"addConnectionDialog"_s);
    m_name->setObjectName(u"nameHere"_s);
    m_addButton->setObjectName(u"add"_s);
    m_skipButton->setObjectName(u"leaveOut"_s);
    m_cancelButton->setObjectName(u"cancel"_s);
    m_nameLabel = widgets::fieldLabel(tr("&Name"), m_name);
    build();
    m_addButton->setEnabled(false);
    m_cancelButton->setDefault(true);
    m_cancelButton->setFocus();
    connect(m_name, &QLineEdit::textChanged, this, &AddConnectionDialog::checkName);
    connect(m_addButton, &QPushButton::clicked, this, &AddConnectionDialog::add);
    connect(m_skipButton, &QPushButton::clicked, this, &AddConnectionDialog::goOn);
    connect(m_cancelButton, &QPushButton::clicked, this, &QDialog::reject);
    m_bar->startIndeterminate();
    QCoro::connect(read(path), this,
                   [this](const Result<std::vector<identity::Connection>> &connections) { showRead(connections); });
}

void AddConnectionDialog::build()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.marginX(), metrics.marginY(), metrics.marginX(), metrics.marginY());
    column->setSpacing(metrics.gap());
    column->addWidget(m_title);
    QSizePolicy policy = m_bar->sizePolicy();
    policy.setRetainSizeWhenHidden(false);
    m_bar->setSizePolicy(policy);
    column->addWidget(m_bar);
    m_question->setWordWrap(true);
    column->addWidget(m_question);
    widgets::setTone(*m_complaint, u"bad"_s);
    m_complaint->setWordWrap(true);
    auto *name = new QGridLayout;
    name->setHorizontalSpacing(metrics.px(12));
    name->setVerticalSpacing(metrics.px(3));
    name->setColumnMinimumWidth(0, metrics.px(76));
    name->addWidget(m_nameLabel, 0, 0);
    name->addWidget(m_name, 0, 1);
    name->addWidget(m_complaint, 1, 1);
    column->addLayout(name);
    column->addWidget(m_rows);
    column->addWidget(m_banner);
    column->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancelButton);
    buttons->addWidget(m_skipButton);
    buttons->addWidget(m_addButton);
    column->addLayout(buttons);
    setMinimumWidth(metrics.px(640));
    for (QWidget *later : std::initializer_list<QWidget *>{m_nameLabel, m_name, m_complaint, m_skipButton})
        later->hide();
}

bool AddConnectionDialog::focusNextPrevChild(bool isForward) { return widgets::moveFocus(*this, isForward); }

void AddConnectionDialog::showRead(const Result<std::vector<identity::Connection>> &connections)
{
    m_bar->stop();
    if (!connections) {
        showError(connections.error(), tr("This file is not a connection that can be used"));
        Q_EMIT loaded(false);
        return;
    }
    m_connections = *connections;
    m_question->setText(tr("You will sign in at the authority, and the token that it issues is sent to the API host. "
                           "Add the connection only if you trust both. Nothing has been requested or stored so far."));
    m_nameLabel->show();
    m_name->show();
    m_skipButton->setVisible(m_connections.size() > 1);
    showNext();
    Q_EMIT loaded(true);
}

void AddConnectionDialog::showNext()
{
    const identity::Connection &connection = m_connections.at(m_next);
    if (m_connections.size() > 1)
        m_title->setFullText(tr("Add connection %1 of %2: %3").arg(m_next + 1).arg(m_connections.size()).arg(m_file));
    m_banner->hide();
    m_name->setText(connection.name);
    m_rows->setRows(rowsOf(connection));
    checkName();
    fitHeight();
}

void AddConnectionDialog::checkName()
{
    const Result<QString> name = identity::readName(m_name->text());
    const bool isEmpty = m_name->text().trimmed().isEmpty();
    m_complaint->setText(isEmpty ? tr("Give the connection a name.") : name ? QString() : name.error().message);
    m_complaint->setVisible(!name);
    m_name->setAccessibleDescription(m_complaint->text());
    m_addButton->setEnabled(name && m_next < m_connections.size());
}

void AddConnectionDialog::showError(const Error &error, const QString &headline)
{
    m_banner->show({widgets::Kind::bad, headline, advised(error), widgets::errorRows(error), {}});
    m_banner->takeFocus();
    fitHeight();
}

void AddConnectionDialog::fitHeight()
{
    layout()->activate();
    resize(width(), layout()->totalHeightForWidth(width()));
}

void AddConnectionDialog::add()
{
    identity::Connection connection = m_connections.at(m_next);
    connection.name = m_name->text().trimmed();
    const Result<void> added = m_add(connection);
    if (!added)
        return showError(added.error(), tr("The connection was not added"));
    m_hasAdded = true;
    goOn();
}

/// To the next connection in the file, if there is one.
void AddConnectionDialog::goOn()
{
    if (++m_next < m_connections.size())
        showNext();
    else
        done(m_hasAdded ? Accepted : Rejected);
}

} // namespace bookdesk::pages
