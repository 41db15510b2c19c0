#include "pages/register/register-form.h"

#include "core/text.h"
#include "pages/register/assignment-rows.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using registration::Field;
using widgets::Look;

namespace {

constexpr int longestText = 2'000;

} // namespace

RegisterForm::RegisterForm(QWidget *parent)
    : Card(tr("What to register"), parent)
{
    const style::Metrics metrics = style::metricsOf(*this);
    body()->setSpacing(metrics.px(4));
    m_tenant = addField(Field::tenant, tr("Tenant"), u"tenant"_s, tr("contoso.com"));
    body()->insertLayout(body()->count() - 1, makeTenantLine());
    m_apiName = addField(Field::apiName, tr("Name of the API"), u"apiName"_s, tr("Contoso Books API"));
    m_apiAddress =
        addField(Field::apiAddress, tr("Address of the API"), u"apiAddress"_s, u"https://books.contoso.com"_s);
    m_clientName = addField(Field::clientName, tr("Name of Bookdesk's registration"), u"clientName"_s, u"Bookdesk"_s);
    body()->addSpacing(metrics.px(4));
    body()->addWidget(widgets::label(tr("Who gets which role"), Look::strong, this));
    m_assignments = new AssignmentRows(this);
    body()->addWidget(m_assignments);
    body()->addSpacing(metrics.px(6));
    m_consents = addChoice(tr("Consent for everybody in the tenant"), u"consentsForEverybody"_s);
    m_write = addChoice(tr("Also Books.Write"), u"hasWriteScope"_s);
    m_one = addChoice(tr("One registration for client and API"), u"isOneRegistration"_s);
    body()->addStretch(1);
    body()->addLayout(makeNote());
    connect(m_assignments, &AssignmentRows::changed, this, [this] {
        showProblems();
        Q_EMIT changed();
    });
    connect(m_assignments, &AssignmentRows::left, this, &RegisterForm::showProblems);
    connect(m_one, &QCheckBox::toggled, this, [this](bool isOne) { m_clientName->setEnabled(!isOne); });
    connect(m_tenant, &QLineEdit::textEdited, this, [this] {
        showTenant({});
        Q_EMIT cancelAsked();
    });
    connect(m_tenant, &QLineEdit::editingFinished, this, [this] {
        // Only what was typed, and once.
        if (!m_tenant->isModified() || !m_problems.at(Field::tenant)->isHidden())
            return;
        m_tenant->setModified(false);
        Q_EMIT tenantLeft();
    });
    connect(m_cancel, &QToolButton::clicked, this, &RegisterForm::cancelAsked);
}

QLineEdit *RegisterForm::addField(Field field, const QString &label, const QString &name, const QString &hint)
{
    auto *edit = new QLineEdit(this);
    edit->setObjectName(name);
    edit->setPlaceholderText(hint);
    edit->setMaxLength(longestText);
    body()->addSpacing(style::metricsOf(*this).px(4));
    QLabel *title = widgets::fieldLabel(label, edit);
    widgets::setLook(*title, Look::strong);
    body()->addWidget(title);
    body()->addWidget(edit);
    QLabel *problem = widgets::label({}, Look::small, this);
    problem->setObjectName(name + u"Problem"_s);
    problem->setWordWrap(true);
    widgets::setTone(*problem, u"bad"_s);
    problem->hide();
    body()->addWidget(problem);
    m_problems[field] = problem;
    connect(edit, &QLineEdit::textChanged, this, [this] {
        showProblems();
        Q_EMIT changed();
    });
    connect(edit, &QLineEdit::editingFinished, this, [this, field, problem] {
        m_left[field] = true;
        showProblems();
        if (!problem->text().isEmpty())
            widgets::announce(*problem, problem->text());
    });
    return edit;
}

QCheckBox *RegisterForm::addChoice(const QString &text, const QString &name)
{
    auto *box = new QCheckBox(text, this);
    box->setObjectName(name);
    body()->addWidget(box);
    connect(box, &QCheckBox::toggled, this, [this] {
        showProblems();
        Q_EMIT changed();
    });
    return box;
}

QLayout *RegisterForm::makeTenantLine()
{
    auto *line = new QHBoxLayout;
    m_tenantIcon = new widgets::IconLabel({}, style::Role::muted, this);
    m_tenantState = widgets::label({}, Look::smallMuted, this);
    m_tenantState->setObjectName(u"tenantState"_s);
    m_tenantState->setWordWrap(true);
    m_cancel = widgets::toolButton(u"stop"_s, tr("Stop looking the tenant up"), this);
    m_cancel->setObjectName(u"cancelTenant"_s);
    line->addWidget(m_tenantIcon, 0, Qt::AlignTop);
    line->addWidget(m_tenantState, 1);
    line->addWidget(m_cancel);
    for (QWidget *part : {static_cast<QWidget *>(m_tenantIcon), static_cast<QWidget *>(m_tenantState),
                          static_cast<QWidget *>(m_cancel)})
        part->hide();
    return line;
}

QLayout *RegisterForm::makeNote()
{
    auto *line = new QHBoxLayout;
    auto *text =
        widgets::label(tr("Bookdesk runs none of this. An admin reads it, then runs it. It contains no secret."),
                       Look::smallMuted, this);
    text->setWordWrap(true);
    line->addWidget(new widgets::IconLabel(u"info"_s, style::Role::muted, this), 0, Qt::AlignTop);
    line->addWidget(text, 1);
    return line;
}

void RegisterForm::setPlan(const registration::Plan &plan)
{
    m_begin = plan;
    m_left.clear();
    m_tenant->setText(plan.tenant);
    m_apiName->setText(plan.apiName);
    m_apiAddress->setText(plan.apiAddress);
    m_clientName->setText(plan.clientName);
    m_assignments->setAssignments(plan.assignments);
    m_consents->setChecked(plan.consentsForEverybody);
    m_write->setChecked(plan.hasWriteScope);
    m_one->setChecked(plan.isOneRegistration);
    showTenant({});
    m_tenantId = plan.tenantId;
    showProblems();
    Q_EMIT changed();
}

registration::Plan RegisterForm::plan() const
{
    registration::Plan plan = m_begin;
    plan.tenant = m_tenant->text().trimmed();
    plan.tenantId = m_tenantId;
    plan.apiName = m_apiName->text().trimmed();
    plan.apiAddress = m_apiAddress->text().trimmed();
    plan.clientName = m_clientName->text().trimmed();
    plan.assignments = m_assignments->assignments();
    plan.consentsForEverybody = m_consents->isChecked();
    plan.hasWriteScope = m_write->isChecked();
    plan.isOneRegistration = m_one->isChecked();
    return plan;
}

void RegisterForm::showTenant(const TenantState &state)
{
    const QString id = state.phase == TenantPhase::found ? state.id : QString();
    const bool isAnother = id != m_tenantId;
    m_tenantId = id;
    QString text = state.text;
    if (state.phase == TenantPhase::asking)
        text = tr("Looking the tenant up…");
    else if (state.phase == TenantPhase::found)
        text = tr("found: %1").arg(shortened(state.id, 20));
    const bool isFound = state.phase == TenantPhase::found;
    m_tenantIcon->setIcon(isFound ? u"check"_s : u"info"_s, isFound ? style::Role::ok : style::Role::muted);
    m_tenantState->setText(text);
    m_tenantState->setToolTip(widgets::plainToolTip(state.id));
    m_tenantState->setVisible(!text.isEmpty());
    m_tenantIcon->setVisible(!text.isEmpty());
    m_cancel->setVisible(state.phase == TenantPhase::asking);
    if (isVisible() && (isFound || state.phase == TenantPhase::notFound))
        widgets::announce(*m_tenantState, isFound ? tr("The tenant was found.") : text);
    if (isAnother)
        Q_EMIT changed();
}

void RegisterForm::showProblems()
{
    const std::vector<registration::Problem> problems = registration::problemsOf(plan());
    for (const auto &[field, label] : m_problems) {
        const auto found = std::ranges::find(problems, field, &registration::Problem::field);
        const bool isShown = found != problems.end() && m_left[field];
        label->setText(isShown ? found->sentence : QString());
        label->setVisible(isShown);
    }
    m_tenant->setAccessibleDescription(m_problems.at(Field::tenant)->text());
    m_apiName->setAccessibleDescription(m_problems.at(Field::apiName)->text());
    m_apiAddress->setAccessibleDescription(m_problems.at(Field::apiAddress)->text());
    m_clientName->setAccessibleDescription(m_problems.at(Field::clientName)->text());
    m_assignments->showProblems(problems);
}

} // namespace bookdesk::pages
