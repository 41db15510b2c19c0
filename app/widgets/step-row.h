/// StepRow: one named step or check, with its state as icon and word.
#pragma once

#include <QString>
#include <QWidget>

class QLabel;

namespace bookdesk::widgets {

class IconLabel;

/// How far a step or check has come.
enum class RowState {
    pending, ///< Not yet, or not applicable.
    next,    ///< It is up to the person.
    active,
    done,
    failed,
};

/// One line with an icon for the state, a name and a note. GUI thread.
class StepRow : public QWidget
{
    Q_OBJECT

public:
    explicit StepRow(const QString &name, QWidget *parent = nullptr);

    /// @p note is shown at the right in a muted colour; may be empty. Screen readers get "name, state, note".
    void set(RowState state, const QString &name, const QString &note);
    RowState state() const { return m_state; }
    QString name() const;
    QString note() const;

private:
    RowState m_state = RowState::pending;
    IconLabel *m_icon;
    QLabel *m_name;
    QLabel *m_note;
};

} // namespace bookdesk::widgets
