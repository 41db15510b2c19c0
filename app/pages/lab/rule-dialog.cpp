#include "pages/lab/rule-dialog.h"

#include "lab/endpoint-rules.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;
using widgets::Look;

RuleDialog::RuleDialog(const books::AccessRule &rule, Save save, QWidget *parent)
    : QDialog(parent)
    , m_save(std::move(save))
    , m_form(new QFormLayout)
    , m_method(new QComboBox(this))
    , m_path(addField(u"rulePath"_s, tr("&Path"), rule.path))
    , m_scopes(addField(u"ruleScopes"_s, tr("&Scopes"), rule.scopes.join(u' ')))
    , m_roles(addField(u"ruleRoles"_s, tr("&Roles"), rule.roles.join(u' ')))
    , m_problem(widgets::label({}, Look::small, this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    setWindowTitle(tr("Rule of an endpoint"));
    setObjectName(u"ruleDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    m_method->setObjectName(u"ruleMethod"_s);
    for (const QByteArray &method : lab::callableMethods())
        m_method->addItem(QString::fromLatin1(method));
    m_method->setCurrentText(QString::fromLatin1(rule.method));
    m_form->insertRow(0, widgets::fieldLabel(tr("&Method"), m_method), m_method);
    m_path->setPlaceholderText(u"/api/v1/books/{book_id}"_s);
    m_scopes->setPlaceholderText(tr("Books.Read, or nothing"));
    m_roles->setPlaceholderText(tr("Books.Admin, or nothing"));
    widgets::setTone(*m_problem, u"bad"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    QLabel *text = widgets::label(tr("State what this call needs, and Bookdesk predicts the API's answer from it. "
                                     "The rule is stored on this computer, with the connection."),
                                  Look::muted, this);
    text->setWordWrap(true);
    auto *cancel = widgets::pushButton(tr("Cancel"), {}, ButtonLook::plain, this);
    auto *done = widgets::pushButton(tr("Save rule"), u"check"_s, ButtonLook::primary, this);
    cancel->setObjectName(u"cancel"_s);
    done->setObjectName(u"saveRule"_s);
    done->setDefault(true);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(done, &QPushButton::clicked, this, &RuleDialog::save);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(done);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.px(20), metrics.px(16), metrics.px(20), metrics.px(16));
    column->setSpacing(metrics.gap());
    QLabel *title = widgets::label(tr("What does this call need?"), Look::section, this);
    title->setWordWrap(true);
    column->addWidget(title);
    column->addWidget(text);
    column->addLayout(m_form);
    column->addWidget(m_problem);
    column->addStretch(1);
    column->addLayout(buttons);
    const int width = metrics.px(460);
    setMinimumWidth(width);
    // The layout's own guess is made for narrower text, which takes more lines.
    resize(width, column->totalHeightForWidth(width));
    setTabOrder(m_method, m_path); // which were made in another order
    m_path->setFocus();
}

QLineEdit *RuleDialog::addField(const QString &name, const QString &label, const QString &text)
{
    auto *field = new QLineEdit(text, this);
    field->setObjectName(name);
    field->setMaxLength(2'000);
    m_form->addRow(widgets::fieldLabel(label, field), field);
    return field;
}

void RuleDialog::save()
{
    const Result<books::AccessRule> rule =
        lab::readOwnRule(m_method->currentText(), m_path->text().trimmed(), m_scopes->text(), m_roles->text());
    const Result<void> saved = rule ? m_save(*rule) : Result<void>(failure(rule.error()));
    if (saved)
        return accept();
    m_problem->setText(advised(saved.error()));
    m_problem->show();
    widgets::announce(*m_problem, m_problem->text());
    m_path->setFocus();
}

} // namespace bookdesk::pages
