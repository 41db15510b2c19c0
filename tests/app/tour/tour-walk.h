/// What tests that look at every state of the guided tour share: playing it, the windows of a state, and waiting.
#pragma once

#include "tour/chapters.h"
#include "tour/stage.h"

#include <QList>
#include <QStringList>

#include <chrono>
#include <functional>

class QWidget;

namespace bookdesk::test {

/// What is wrong after a step.
using LookAtStep = std::function<QStringList(tour::Stage &stage, const QString &step)>;

/// Plays the chapter on @p stage and looks after each step. A step that fails is a problem and the last one.
QStringList problemsOf(const tour::Chapter &chapter, tour::Stage &stage, const LookAtStep &look);

/// What @p look finds until it finds nothing: layouts of what has just changed need a moment, @p limit at most.
QStringList settledProblems(std::chrono::milliseconds limit, const std::function<QStringList()> &look);

/// The window and the dialogs over it.
QList<QWidget *> windowsOf(tour::Stage &stage);

} // namespace bookdesk::test
