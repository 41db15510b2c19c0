#include "app/tour/tour-walk.h"

#include "window/main-window.h"

#include <QDialog>
#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::test {

QStringList problemsOf(const tour::Chapter &chapter, tour::Stage &stage, const LookAtStep &look)
{
    QStringList problems;
    for (const tour::Step &step : chapter) {
        stage.beginStep();
        step.play(stage);
        if (!stage.failure().isEmpty())
            return problems + QStringList{step.name + u": "_s + stage.failure()};
        problems += look(stage, step.name);
    }
    problems.removeDuplicates();
    return problems;
}

QStringList settledProblems(std::chrono::milliseconds limit, const std::function<QStringList()> &look)
{
    QStringList problems;
    const auto hasNone = [&] { return (problems = look()).isEmpty(); };
    [[maybe_unused]] const bool isFine = QTest::qWaitFor(hasNone, static_cast<int>(limit.count()));
    return problems;
}

QList<QWidget *> windowsOf(tour::Stage &stage)
{
    QList<QWidget *> windows{&stage.window()};
    const QList<QDialog *> dialogs = stage.window().findChildren<QDialog *>();
    for (QDialog *dialog : dialogs)
        if (dialog->isVisible())
            windows += dialog;
    return windows;
}

} // namespace bookdesk::test
