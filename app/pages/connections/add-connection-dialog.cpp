#include "pages/connections/add-connection-dialog.h"

#include "core/address-text.h"
#include "core/text.h"
#include "net/trusted-url.h"
#include "style/metrics.h"
#include "widgets/banner.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/key-value-rows.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

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
        {AddConnectionDialog::tr("Name"), connection.name, Look::strong},
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
    : QDialog(parent)
    , m_add(std::move(add))
    , m_bar(new widgets::ThinBar(tr("Reading the file"), this))
    , m_question(widgets::label({}, Look::body, this))
    , m_rows(new widgets::KeyValueRows(this))
    , m_banner(new widgets::Banner(this))
    , m_cancelButton(widgets::pushButton(tr("Cancel"), {}, widgets::ButtonLook::plain, this))
    , m_addButton(widgets::pushButton(tr("Add"), u"plus"_s, widgets::ButtonLook::primary, this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    setWindowTitle(tr("Add connection"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.marginX(), metrics.marginY(), metrics.marginX(), metrics.marginY());
    column->setSpacing(metrics.gap());
    auto *title = new widgets::ElidedLabel(tr("Add connection: %1").arg(visible(QFileInfo(path).fileName())),
                                           Look::section, this);
    column->addWidget(title);
    QSizePolicy policy = m_bar->sizePolicy();
    policy.setRetainSizeWhenHidden(false);
    m_bar->setSizePolicy(policy);
    column->addWidget(m_bar);
    m_question->setWordWrap(true);
    column->addWidget(m_question);
    column->addWidget(m_rows);
    column->addWidget(m_banner);
    column->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancelButton);
    buttons->addWidget(m_addButton);
    column->addLayout(buttons);
    setMinimumWidth(metrics.px(640));
    setObjectName(u"addConnectionDialog"_s);
    m_addButton->setObjectName(u"add"_s);
    m_cancelButton->setObjectName(u"cancel"_s);
    m_addButton->setEnabled(false);
    m_cancelButton->setDefault(true);
    m_cancelButton->setFocus();
    connect(m_addButton, &QPushButton::clicked, this, &AddConnectionDialog::add);
    connect(m_cancelButton, &QPushButton::clicked, this, &QDialog::reject);
    m_bar->startIndeterminate();
    QCoro::connect(identity::loadConnection(path), this,
                   [this](const Result<identity::Connection> &connection) { showConnection(connection); });
}

void AddConnectionDialog::showConnection(const Result<identity::Connection> &connection)
{
    m_bar->stop();
    if (!connection) {
        showError(connection.error(), tr("This file is not a connection that can be used"));
        Q_EMIT loaded(false);
        return;
    }
    m_connection = *connection;
    m_question->setText(tr("You will sign in at the authority, and the token that it issues is sent to the API host. "
                           "Add the connection only if you trust both. Nothing has been requested or stored so far."));
    m_rows->setRows(rowsOf(*connection));
    m_addButton->setEnabled(true);
    fitHeight();
    Q_EMIT loaded(true);
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
    const Result<void> added = m_add(*m_connection);
    if (added)
        accept();
    else
        showError(added.error(), tr("The connection was not added"));
}

} // namespace bookdesk::pages
