/// ConnectionForm: the fields of a connection, each checked as it is left.
#pragma once

#include "pages/connections/written-connection.h"

#include <QWidget>

#include <map>
#include <set>

class QComboBox;
class QGridLayout;
class QLineEdit;
class QPlainTextEdit;

namespace bookdesk::pages {

class AuthoritiesField;
class FormRow;

/// What is asked for depends on the provider. GUI thread.
class ConnectionForm : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionForm(QWidget *parent = nullptr);

    /// Shows this; nothing counts as wrong before a field is left.
    void setWritten(const WrittenConnection &written);
    const WrittenConnection &written() const { return m_written; }
    void setReadOnly(bool isReadOnly);
    /// The fields that are empty or wrong, by their names; a connection can be made where there are none.
    QStringList unfinished() const;
    const identity::Provider &provider() const { return m_provider; }
    FormRow &row(Field field) const { return *m_rows.at(field); }
    /// Begins at the first field.
    void takeFocus();

Q_SIGNALS:
    void edited();

private:
    QLineEdit *addLine(Field field, const QString &objectName);
    void addRow(Field field, QWidget *widget);
    void makeFields();
    void chooseProvider();
    void chooseCloud();
    void take(Field field, const QString &text);
    void proposeScopes();
    void fillFields();
    void arrange();
    void check(Field field);

    QGridLayout *m_grid;
    std::map<Field, FormRow *> m_rows;
    std::map<Field, QLineEdit *> m_lines;
    QComboBox *m_providerBox = nullptr;
    QComboBox *m_cloudBox = nullptr;
    QPlainTextEdit *m_scopes = nullptr;
    AuthoritiesField *m_authorities = nullptr;
    WrittenConnection m_written;
    identity::Provider m_provider;
    QString m_proposedScopes; ///< As filled in by itself, so that it may be replaced.
    std::set<Field> m_left;   ///< The fields whose complaints are shown.
    bool m_isFilling = false;
};

} // namespace bookdesk::pages
