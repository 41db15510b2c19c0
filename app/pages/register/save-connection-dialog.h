/// SaveConnectionDialog: asks for the two IDs that exist only after registering.
#pragma once

#include "registration/plan.h"

#include <QByteArray>
#include <QDialog>

class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace bookdesk::pages {

/// Stays open while an ID is none, and says so. Deletes itself when it is closed. GUI thread.
class SaveConnectionDialog : public QDialog
{
    Q_OBJECT

public:
    /// @param plan has no problems.
    SaveConnectionDialog(const registration::Plan &plan, QWidget *parent);

Q_SIGNALS:
    /// The text of the connection file. The dialog is closed by then.
    void made(const QByteArray &text);

private:
    QLineEdit *addField(QVBoxLayout &column, const QString &label, const QString &name);
    void make();

    registration::Plan m_plan;
    QLineEdit *m_api;
    QLineEdit *m_client;
    QLabel *m_problem;
};

} // namespace bookdesk::pages
