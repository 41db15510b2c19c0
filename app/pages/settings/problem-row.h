/// ProblemRow: what *Check for problems* has found about one subject.
#pragma once

#include "workspace/problem-rows.h"

#include <QWidget>

class QLabel;

namespace bookdesk::widgets {
class IconLabel;
class ValueLabel;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

/// Icon, name, finding, and a word for the state; a remedy below. GUI thread.
class ProblemRow : public QWidget
{
    Q_OBJECT

public:
    explicit ProblemRow(const QString &name, QWidget *parent = nullptr);

    void show(const workspace::ProblemFinding &finding);
    /// The whole row as a sentence.
    QString sentence() const;

private:
    const QString m_subject;
    widgets::IconLabel *m_icon;
    QLabel *m_name;
    QLabel *m_text;
    QLabel *m_word;
    QLabel *m_remedy;
};

} // namespace bookdesk::pages
