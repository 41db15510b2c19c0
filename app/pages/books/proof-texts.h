/// What the panel about a kept call says.
#pragma once

#include "pages/books/kept-call.h"
#include "widgets/key-value-rows.h"
#include "widgets/step-row.h"

#include <QString>

#include <chrono>
#include <vector>

namespace bookdesk::pages {

/// One line of the steps. A plain value.
struct ProofStep
{
    widgets::RowState state;
    QString name;
    QString note;
};

QString proofHeadline(const KeptCall &kept);
/// "Sign in with more proof", "Get this scope", "Get these scopes": what the person can do.
QString proofAction(const WaitingCall &call);
/// What has to be done and why, or why the last try failed; and that nothing was deleted.
QString proofText(const KeptCall &kept);
std::vector<widgets::KeyValue> proofRows(const WaitingCall &call);
std::vector<ProofStep> proofSteps(const KeptCall &kept);
/// "call kept, 4:48 left"
QString keptText(std::chrono::seconds left);

} // namespace bookdesk::pages
