/// PortalView: what to enter where in the portal, each value with a button that copies it.
#pragma once

#include "registration/script.h"

#include <QScrollArea>

class QVBoxLayout;

namespace bookdesk::pages {

/// GUI thread.
class PortalView : public QScrollArea
{
    Q_OBJECT

public:
    explicit PortalView(QWidget *parent = nullptr);

    /// What is shown stays in its place.
    void setSteps(const std::vector<registration::PortalStep> &steps);
    /// Everything in grey: it is of the form as it was.
    void setOutdated(bool isOutdated);

Q_SIGNALS:
    void valueCopied(const QString &label);

private:
    QWidget *makeStep(int number, const registration::PortalStep &step);
    QLayout *makeValue(const registration::PortalValue &value, QWidget *parent);

    std::vector<registration::PortalStep> m_steps;
};

} // namespace bookdesk::pages
