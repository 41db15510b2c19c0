/// FormRow: a field of a form with what is wrong with it, or a hint, below.
#pragma once

#include <QString>
#include <QWidget>

class QLabel;

namespace bookdesk::pages {

/// The field's name is a label of its own, for the column beside. GUI thread.
class FormRow : public QWidget
{
    Q_OBJECT

public:
    /// @param field becomes part of this row.
    FormRow(QWidget *field, QWidget *parent = nullptr);

    /// The label for the column beside, which this row hides and shows with itself.
    QLabel *name() const { return m_name; }
    void setName(const QString &name);
    void setHint(const QString &hint);
    /// Empty where nothing is wrong.
    void setComplaint(const QString &complaint);
    const QString &complaint() const { return m_complaint; }
    void setShown(bool isShown);

Q_SIGNALS:
    /// The focus has left the field.
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showBelow();

    QWidget *m_field;
    QLabel *m_name;
    QLabel *m_below;
    QString m_hint;
    QString m_complaint;
};

} // namespace bookdesk::pages
