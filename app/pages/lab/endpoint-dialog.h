/// EndpointDialog: asks for a path's values and, for a call that may change something, for a confirmation.
#pragma once

#include "lab/endpoint-result.h"

#include <QDialog>
#include <QMap>
#include <QString>

#include <utility>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;

namespace bookdesk::widgets {
class KeyValueRows;
}

namespace bookdesk::pages {

/// What the dialog shows. A plain value; texts may be untrusted.
struct EndpointQuestion
{
    lab::EndpointResult endpoint;
    QString account;
    QString connection;
    QString api; ///< The API's address.
};

/// Cancel is the default for calls that may change something. GUI thread.
class EndpointDialog : public QDialog
{
    Q_OBJECT

public:
    explicit EndpointDialog(const EndpointQuestion &question, QWidget *parent = nullptr);

    QMap<QString, QString> values() const;

protected:
    bool focusNextPrevChild(bool isForward) override;

private:
    void addFields(const QString &path);
    void checkValues();
    void showCall();

    EndpointQuestion m_question;
    bool m_isSafe;
    std::vector<std::pair<QString, QLineEdit *>> m_fields;
    QLabel *m_warning;
    widgets::KeyValueRows *m_rows;
    QLabel *m_problem;
    QPushButton *m_run;
};

} // namespace bookdesk::pages
