/// StepsModel: the steps of a script, each with what it does.
#pragma once

#include "registration/script.h"

#include <QAbstractTableModel>

namespace bookdesk::pages {

/// GUI thread.
class StepsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { codeColumn, meaningColumn, columnCount_ };

    /// A std::vector<registration::Span> of the code; the number of a meaning's step.
    enum DataRole { spansRole = Qt::UserRole + 1, numberRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows stay where they are, so that what is selected and shown does, too.
    void setSteps(const std::vector<registration::Step> &steps);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<registration::Step> m_steps;
};

} // namespace bookdesk::pages
