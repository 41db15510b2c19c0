/// RuleDialog: the editor of a rule of the person's own.
#pragma once

#include "books/access-rule.h"
#include "core/result.h"

#include <QDialog>

#include <functional>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace bookdesk::pages {

/// Stays open while the rule cannot be used or saved, and says why. GUI thread.
class RuleDialog : public QDialog
{
    Q_OBJECT

public:
    using Save = std::function<Result<void>(const books::AccessRule &)>;

    /// @param rule what the fields begin with.
    RuleDialog(const books::AccessRule &rule, Save save, QWidget *parent = nullptr);

private:
    QLineEdit *addField(const QString &name, const QString &label, const QString &text);
    void save();

    Save m_save;
    QFormLayout *m_form;
    QComboBox *m_method;
    QLineEdit *m_path;
    QLineEdit *m_scopes;
    QLineEdit *m_roles;
    QLabel *m_problem;
};

} // namespace bookdesk::pages
