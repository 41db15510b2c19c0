/// StepsTable: a script's steps in one column and what they do in the other.
#pragma once

#include "registration/script.h"
#include "widgets/tall-rows-table.h"

namespace bookdesk::pages {

class StepDelegate;
class StepsModel;

/// Ctrl+C copies the step that is selected. GUI thread.
class StepsTable : public widgets::TallRowsTable
{
    Q_OBJECT

public:
    explicit StepsTable(QWidget *parent = nullptr);

    /// What is shown stays in its place.
    void setSteps(const std::vector<registration::Step> &steps);
    /// Everything in grey: it is of the form as it was.
    void setOutdated(bool isOutdated);

Q_SIGNALS:
    void stepCopied();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void copyStep();
    void fitRows();

    StepsModel *m_steps;
    StepDelegate *m_delegate;
};

} // namespace bookdesk::pages
