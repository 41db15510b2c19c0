/// AssignmentRows: who gets which role, one row each.
#pragma once

#include "registration/plan.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace bookdesk::widgets {
class IconLabel;
}

namespace bookdesk::pages {

/// A name with an at sign is a person's, another a group's. GUI thread.
class AssignmentRows : public QWidget
{
    Q_OBJECT

public:
    explicit AssignmentRows(QWidget *parent = nullptr);

    void setAssignments(const std::vector<registration::Assignment> &assignments);
    std::vector<registration::Assignment> assignments() const;
    /// Shows what is wrong below each row; @p problems may be of other fields, too. A row that nobody has left yet has
    /// none.
    void showProblems(const std::vector<registration::Problem> &problems);

Q_SIGNALS:
    void changed();
    /// A name was entered and left.
    void left();

private:
    struct Row
    {
        QWidget *widget;
        widgets::IconLabel *icon;
        QLineEdit *name;
        QComboBox *role;
        QToolButton *remove;
        QLabel *problem;
        bool isLeft;
    };

    Row makeRow(const registration::Assignment &assignment);
    void addRow(const registration::Assignment &assignment);
    void removeRow(const QWidget *widget);
    void showKind(const Row &row) const;

    std::vector<Row> m_rows;
    QVBoxLayout *m_column;
    QWidget *m_add;
};

} // namespace bookdesk::pages
