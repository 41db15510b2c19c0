#include "pages/register/steps-model.h"

namespace bookdesk::pages {

void StepsModel::setSteps(const std::vector<registration::Step> &steps)
{
    const auto before = static_cast<int>(m_steps.size());
    const auto now = static_cast<int>(steps.size());
    if (now > before)
        beginInsertRows({}, before, now - 1);
    else if (now < before)
        beginRemoveRows({}, now, before - 1);
    m_steps = steps;
    if (now > before)
        endInsertRows();
    else if (now < before)
        endRemoveRows();
    if (now > 0)
        Q_EMIT dataChanged(index(0, 0), index(now - 1, columnCount_ - 1));
    Q_EMIT headerDataChanged(Qt::Horizontal, codeColumn, codeColumn);
}

int StepsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_steps.size());
}

int StepsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columnCount_; }

QVariant StepsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const registration::Step &step = m_steps.at(static_cast<std::size_t>(index.row()));
    const bool isCode = index.column() == codeColumn;
    switch (role) {
    case Qt::DisplayRole:
        return isCode ? step.code.text : step.meaning;
    case Qt::AccessibleTextRole:
        return isCode ? tr("Step %1: %2").arg(index.row() + 1).arg(step.code.text) : step.meaning;
    case spansRole:
        return isCode ? QVariant::fromValue(step.code.spans) : QVariant();
    case numberRole:
        return isCode ? QVariant() : QVariant(index.row() + 1);
    default:
        return {};
    }
}

QVariant StepsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    return section == codeColumn ? tr("%n steps; the values of your tenant in violet", nullptr, rowCount())
                                 : tr("What it does");
}

} // namespace bookdesk::pages
