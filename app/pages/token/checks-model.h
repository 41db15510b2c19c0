/// ChecksModel: the checks made of a token, in the order in which they are made.
#pragma once

#include "jose/verification.h"

#include <QAbstractListModel>

namespace bookdesk::pages {

/// DisplayRole is "Signature: valid, RSA 2048"; screen readers also get the result as a word. GUI thread.
class ChecksModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        nameRole = Qt::UserRole + 1,
        sentenceRole,
        resultRole, ///< A jose::CheckResult as an int.
        wordRole,   ///< "passed", "failed", "not applicable".
    };

    using QAbstractListModel::QAbstractListModel;

    /// Sentences name times relative to @p now.
    void setVerification(const jose::Verification &verification, TimePoint now);

    /// Its row; -1 where all checks passed.
    int firstFailure() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        jose::CheckKind kind;
        jose::CheckResult result;
        QString sentence;

        friend bool operator==(const Row &, const Row &) = default;
    };

    std::vector<Row> m_rows;
};

} // namespace bookdesk::pages
