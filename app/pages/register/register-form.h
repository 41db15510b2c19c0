/// RegisterForm: what is to be registered, as a person enters it.
#pragma once

#include "pages/register/tenant-state.h"
#include "registration/plan.h"
#include "widgets/card.h"

#include <map>
#include <vector>

class QCheckBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace bookdesk::widgets {
class IconLabel;
}

namespace bookdesk::pages {

class AssignmentRows;

/// Says what is wrong below a field once it was left. GUI thread.
class RegisterForm : public widgets::Card
{
    Q_OBJECT

public:
    explicit RegisterForm(QWidget *parent = nullptr);

    /// Starts over with @p plan, whose IDs stay as long as the form shows it.
    void setPlan(const registration::Plan &plan);
    registration::Plan plan() const;
    /// What became of the tenant's look-up; an ID that was found is part of the plan until the tenant is changed.
    void showTenant(const TenantState &state);

Q_SIGNALS:
    void changed();
    /// A tenant was typed that may be looked up.
    void tenantLeft();
    /// The look-up is of no use any more.
    void cancelAsked();

private:
    QLineEdit *addField(registration::Field field, const QString &label, const QString &name, const QString &hint);
    QCheckBox *addChoice(const QString &text, const QString &name);
    QLayout *makeTenantLine();
    QLayout *makeNote();
    void showProblems();

    registration::Plan m_begin;
    QString m_tenantId;
    std::map<registration::Field, QLabel *> m_problems;
    std::map<registration::Field, bool> m_left;
    QLineEdit *m_tenant;
    QLabel *m_tenantState;
    widgets::IconLabel *m_tenantIcon;
    QToolButton *m_cancel;
    QLineEdit *m_apiName;
    QLineEdit *m_apiAddress;
    QLineEdit *m_clientName;
    AssignmentRows *m_assignments;
    QCheckBox *m_consents;
    QCheckBox *m_write;
    QCheckBox *m_one;
};

} // namespace bookdesk::pages
