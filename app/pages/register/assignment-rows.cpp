#include "pages/register/assignment-rows.h"

#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using registration::AssigneeKind;
using registration::Assignment;

namespace {

AssigneeKind kindOf(const QString &name) { return name.contains(u'@') ? AssigneeKind::person : AssigneeKind::group; }

} // namespace

AssignmentRows::AssignmentRows(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(style::metricsOf(*this).px(4));
    QPushButton *add = widgets::pushButton(tr("Add person or group"), u"plus"_s, widgets::ButtonLook::flat, this);
    add->setObjectName(u"addAssignment"_s);
    connect(add, &QPushButton::clicked, this, [this] {
        addRow({});
        m_rows.back().name->setFocus(Qt::OtherFocusReason);
        Q_EMIT changed();
    });
    m_add = add;
    m_column->addWidget(m_add, 0, Qt::AlignLeft);
}

void AssignmentRows::setAssignments(const std::vector<Assignment> &assignments)
{
    for (const Row &row : m_rows) {
        row.widget->setParent(nullptr);
        row.widget->deleteLater();
    }
    m_rows.clear();
    for (const Assignment &assignment : assignments)
        addRow(assignment);
}

std::vector<Assignment> AssignmentRows::assignments() const
{
    std::vector<Assignment> assignments;
    for (const Row &row : m_rows) {
        const QString name = row.name->text().trimmed();
        assignments.push_back(
            {kindOf(name), name, registration::allRoles.at(static_cast<std::size_t>(row.role->currentIndex()))});
    }
    return assignments;
}

void AssignmentRows::showProblems(const std::vector<registration::Problem> &problems)
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const auto found = std::ranges::find_if(problems, [i](const registration::Problem &problem) {
            return problem.field == registration::Field::assignments && problem.row == static_cast<int>(i);
        });
        const Row &row = m_rows[i];
        const QString sentence = found == problems.end() || !row.isLeft ? QString() : found->sentence;
        row.problem->setText(sentence);
        row.problem->setVisible(!sentence.isEmpty());
        row.name->setAccessibleDescription(sentence);
    }
}

AssignmentRows::Row AssignmentRows::makeRow(const Assignment &assignment)
{
    auto *widget = new QWidget(this);
    Row row{widget,
            new widgets::IconLabel({}, style::Role::muted, widget),
            new QLineEdit(assignment.name, widget),
            new QComboBox(widget),
            widgets::toolButton(u"cross"_s, tr("Remove this row"), widget),
            widgets::label({}, widgets::Look::small, widget),
            !assignment.name.isEmpty()};
    row.name->setObjectName(u"assignee"_s);
    row.name->setMaxLength(300);
    row.name->setCursorPosition(0);
    row.name->setPlaceholderText(tr("ada@contoso.com, or a group"));
    row.role->setObjectName(u"assignedRole"_s);
    for (const registration::Role role : registration::allRoles)
        row.role->addItem(registration::roleName(role));
    row.role->setCurrentIndex(static_cast<int>(assignment.role));
    widgets::setTone(*row.problem, u"bad"_s);
    row.problem->setWordWrap(true);
    row.problem->hide();
    row.remove->setObjectName(u"removeAssignment"_s);
    connect(row.remove, &QToolButton::clicked, this, [this, widget] { removeRow(widget); });
    auto *grid = new QGridLayout(widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(style::metricsOf(*this).px(4));
    grid->setColumnStretch(1, 1);
    grid->addWidget(row.icon, 0, 0);
    grid->addWidget(row.name, 0, 1);
    grid->addWidget(row.role, 0, 2);
    grid->addWidget(row.remove, 0, 3);
    grid->addWidget(row.problem, 1, 1, 1, 3);
    return row;
}

void AssignmentRows::addRow(const Assignment &assignment)
{
    const Row row = makeRow(assignment);
    m_rows.push_back(row);
    m_column->insertWidget(m_column->indexOf(m_add), row.widget);
    row.widget->show();
    showKind(row);
    connect(row.name, &QLineEdit::textChanged, this, [this, row] {
        showKind(row);
        Q_EMIT changed();
    });
    connect(row.name, &QLineEdit::editingFinished, this, [this, widget = row.widget] {
        const auto found = std::ranges::find(m_rows, widget, &Row::widget);
        if (found == m_rows.end())
            return;
        found->isLeft = true;
        const QLabel *problem = found->problem;
        Q_EMIT left();
        if (!problem->text().isEmpty())
            widgets::announce(*this, problem->text());
    });
    connect(row.role, &QComboBox::currentIndexChanged, this, &AssignmentRows::changed);
}

void AssignmentRows::removeRow(const QWidget *widget)
{
    const auto found = std::ranges::find(m_rows, widget, &Row::widget);
    if (found == m_rows.end())
        return;
    m_add->setFocus(Qt::OtherFocusReason);
    found->widget->setParent(nullptr);
    found->widget->deleteLater();
    m_rows.erase(found);
    Q_EMIT changed();
    Q_EMIT left();
}

void AssignmentRows::showKind(const Row &row) const
{
    const bool isPerson = kindOf(row.name->text()) == AssigneeKind::person;
    row.icon->setIcon(isPerson ? u"account"_s : u"group"_s, style::Role::muted);
    row.name->setAccessibleName(isPerson ? tr("User name of a person") : tr("Name of a group, or user name"));
    const QString name = row.name->text().trimmed();
    row.role->setAccessibleName(name.isEmpty() ? tr("Role") : tr("Role of %1").arg(name));
    row.remove->setAccessibleName(name.isEmpty() ? tr("Remove this row") : tr("Remove %1").arg(name));
}

} // namespace bookdesk::pages
