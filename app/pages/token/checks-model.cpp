#include "pages/token/checks-model.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
void ChecksModel::setVerification(const jose::Verification &verification, TimePoint now)
{
    std::vector<Row> rows;
    for (const jose::Check &check : verification.checks)
        rows.push_back({check.kind, check.result, jose::checkSentence(check, now)});
    if (rows == m_rows)
        return;
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    m_rows = std::move(rows);
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int ChecksModel::firstFailure() const
{
    const auto failure = std::find_if(m_rows.begin(), m_rows.end(),
                                      [](const Row &row) { return row.result == jose::CheckResult::failed; });
    return failure == m_rows.end() ? -1 : static_cast<int>(failure - m_rows.begin());
}

int ChecksModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ChecksModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return tr("%1: %2").arg(jose::checkName(row.kind), row.sentence);
    case Qt::AccessibleTextRole:
        return tr("%1 %2: %3").arg(jose::checkName(row.kind), jose::checkResultName(row.result), row.sentence);
    case nameRole:
        return jose::checkName(row.kind);
    case sentenceRole:
        return row.sentence;
    case resultRole:
        return static_cast<int>(row.result);
    case wordRole:
        return jose::checkResultName(row.result);
    default:
        return {};
    }
}

} // namespace bookdesk::pages
