#include "pages/register/save-connection-dialog.h"

#include "identity/connection.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;
using widgets::Look;

SaveConnectionDialog::SaveConnectionDialog(const registration::Plan &plan, QWidget *parent)
    : QDialog(parent)
    , m_plan(plan)
    , m_problem(widgets::label({}, Look::small, this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    setObjectName(u"saveConnectionDialog"_s);
    setWindowTitle(tr("Save connection file"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.px(20), metrics.px(16), metrics.px(20), metrics.px(16));
    column->setSpacing(metrics.px(8));
    QLabel *text = widgets::label(tr("Both IDs exist only after registering. They are on the overview of each "
                                     "registration, as Application (client) ID. The az script writes this file by "
                                     "itself."),
                                  Look::muted, this);
    text->setWordWrap(true);
    column->addWidget(widgets::label(tr("Which IDs did the registrations get?"), Look::section, this));
    column->addWidget(text);
    m_api = addField(*column, tr("&API"), u"apiId"_s);
    m_client = addField(*column, tr("&Bookdesk"), u"clientId"_s);
    m_client->setEnabled(!plan.isOneRegistration);
    m_problem->setObjectName(u"idProblem"_s);
    m_problem->setWordWrap(true);
    widgets::setTone(*m_problem, u"bad"_s);
    m_problem->hide();
    auto *cancel = widgets::pushButton(tr("Cancel"), {}, ButtonLook::plain, this);
    auto *save = widgets::pushButton(tr("Save…"), u"export"_s, ButtonLook::primary, this);
    cancel->setObjectName(u"cancel"_s);
    save->setObjectName(u"saveConnection"_s);
    save->setDefault(true);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, &SaveConnectionDialog::make);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    column->addWidget(m_problem);
    column->addStretch(1);
    column->addLayout(buttons);
    const int width = metrics.px(460);
    setMinimumWidth(width);
    resize(width, column->totalHeightForWidth(width));
    m_api->setFocus();
}

QLineEdit *SaveConnectionDialog::addField(QVBoxLayout &column, const QString &label, const QString &name)
{
    auto *field = new QLineEdit(this);
    field->setObjectName(name);
    field->setMaxLength(200);
    field->setPlaceholderText(u"11111111-2222-3333-4444-555555555555"_s);
    column.addWidget(widgets::fieldLabel(label, field));
    column.addWidget(field);
    return field;
}

void SaveConnectionDialog::make()
{
    const Result<identity::Connection> connection =
        registration::connectionOf(m_plan, {m_api->text(), m_client->text()});
    if (connection) {
        const QByteArray text = identity::writeConnection(*connection);
        accept();
        Q_EMIT made(text);
        return;
    }
    m_problem->setText(advised(connection.error()));
    m_problem->show();
    widgets::announce(*m_problem, m_problem->text());
    QLineEdit *wrong = registration::isApplicationId(m_api->text()) && m_client->isEnabled() ? m_client : m_api;
    wrong->setFocus();
    wrong->selectAll();
}

} // namespace bookdesk::pages
