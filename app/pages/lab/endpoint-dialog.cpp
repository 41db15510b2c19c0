#include "pages/lab/endpoint-dialog.h"

#include "core/text.h"
#include "lab/endpoint-path.h"
#include "lab/endpoint-rules.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/key-value-rows.h"
#include "widgets/labels.h"
#include "widgets/tab-order.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;
using widgets::KeyValue;
using widgets::Look;

namespace {

/// The address's path with the values given so far. What has none is in braces.
QString pathOf(const EndpointQuestion &question, const QMap<QString, QString> &values)
{
    QMap<QString, QString> usable = values;
    usable.removeIf([](auto value) { return !lab::refusedValueReason(value.value()).isEmpty(); });
    QString path = question.endpoint.rule.rule.path;
    const QStringList names = lab::placeholdersOf(path);
    const bool isComplete =
        std::ranges::all_of(names, [&usable](const QString &name) { return usable.contains(name); });
    return isComplete && !names.isEmpty() ? lab::filledPath(path, usable) : path;
}

std::vector<KeyValue> rowsOf(const EndpointQuestion &question, const QString &path)
{
    books::AccessRule call = question.endpoint.rule.rule;
    call.path = path;
    return {{EndpointDialog::tr("Call"), visible(books::operationOf(call)), Look::mono},
            {EndpointDialog::tr("Account"), visible(question.account), Look::body},
            {EndpointDialog::tr("Connection"), visible(question.connection), Look::body},
            {EndpointDialog::tr("API"), visible(question.api), Look::mono},
            {EndpointDialog::tr("Expect"), books::predictedAnswer(question.endpoint.prediction), Look::body}};
}

QString warningText(const QByteArray &method, const QString &path)
{
    return method == "DELETE" ? EndpointDialog::tr("This sends a real request to the API. If the API allows it, %1 is "
                                                   "deleted for everyone.")
                                    .arg(visible(path))
                              : EndpointDialog::tr("This sends a real request without a body to the API. If the API "
                                                   "allows it, it may change something for everyone.");
}

} // namespace

EndpointDialog::EndpointDialog(const EndpointQuestion &question, QWidget *parent)
    : QDialog(parent)
    , m_question(question)
    , m_isSafe(lab::isSafe(question.endpoint.rule.rule.method))
    , m_warning(widgets::label({}, Look::muted, this))
    , m_rows(new widgets::KeyValueRows(this))
    , m_problem(widgets::label({}, Look::small, this))
    , m_run(widgets::pushButton(tr("Run"), u"play"_s, m_isSafe ? ButtonLook::primary : ButtonLook::danger, this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    setWindowTitle(tr("Run an endpoint"));
    setObjectName(u"confirmEndpoint"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.px(20), metrics.px(16), metrics.px(20), metrics.px(16));
    column->setSpacing(metrics.gap());
    QLabel *title = widgets::label(m_isSafe ? tr("Run this call?") : tr("Run a call that may change something?"),
                                   Look::section, this);
    title->setWordWrap(true);
    column->addWidget(title);
    m_warning->setWordWrap(true);
    m_warning->setVisible(!m_isSafe);
    column->addWidget(m_warning);
    column->addWidget(m_rows);
    addFields(question.endpoint.rule.rule.path);
    widgets::setTone(*m_problem, u"bad"_s);
    m_problem->setWordWrap(true);
    column->addWidget(m_problem);
    auto *cancel = widgets::pushButton(tr("Cancel"), {}, ButtonLook::plain, this);
    cancel->setObjectName(u"cancel"_s);
    m_run->setObjectName(u"confirm"_s);
    column->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_run);
    column->addLayout(buttons);
    connect(m_run, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    (m_isSafe ? m_run : cancel)->setDefault(true);
    checkValues();
    const int width = metrics.px(460);
    setMinimumWidth(width);
    // The layout's own guess is made for narrower text, which takes more lines.
    resize(width, column->totalHeightForWidth(width));
    if (m_fields.empty())
        cancel->setFocus();
    else
        m_fields.front().second->setFocus();
}

void EndpointDialog::addFields(const QString &path)
{
    auto *form = new QFormLayout;
    for (const QString &name : lab::placeholdersOf(path)) {
        auto *field = new QLineEdit(this);
        field->setObjectName(u"value-"_s + name);
        field->setMaxLength(500);
        form->addRow(widgets::fieldLabel(visible(name), field), field);
        m_fields.emplace_back(name, field);
        connect(field, &QLineEdit::textChanged, this, &EndpointDialog::checkValues);
    }
    static_cast<QVBoxLayout *>(layout())->addLayout(form);
}

QMap<QString, QString> EndpointDialog::values() const
{
    QMap<QString, QString> values;
    for (const auto &[name, field] : m_fields)
        values.insert(name, field->text());
    return values;
}

bool EndpointDialog::focusNextPrevChild(bool isForward) { return widgets::moveFocus(*this, isForward); }

/// What is really asked for, as it is typed.
void EndpointDialog::showCall()
{
    const QString path = pathOf(m_question, values());
    m_warning->setText(warningText(m_question.endpoint.rule.rule.method, path));
    m_rows->setRows(rowsOf(m_question, path));
}

void EndpointDialog::checkValues()
{
    bool isComplete = true;
    QString problem;
    for (const auto &[name, field] : m_fields) {
        const QString reason = lab::refusedValueReason(field->text());
        isComplete = isComplete && reason.isEmpty();
        if (!field->text().isEmpty())
            problem = reason;
    }
    showCall();
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_run->setEnabled(isComplete);
}

} // namespace bookdesk::pages
