/// ClaimsModel: a token's claims (or its header's members) with their values in full and their meanings.
#pragma once

#include "core/clock.h"
#include "core/json.h"
#include "jose/claim-meanings.h"
#include "jose/verification.h"
#include "style/colors.h"

#include <QAbstractTableModel>
#include <QFont>
#include <QStringList>

#include <vector>

namespace bookdesk::pages {

/// The claims that failed a check on them alone.
QStringList failedClaims(const jose::Verification &verification);

/// Values are plain text with control characters made visible. GUI thread.
class ClaimsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { nameColumn, valueColumn, meaningColumn, columnsEnd };

    explicit ClaimsModel(jose::ClaimMeanings meanings, QObject *parent = nullptr);

    void showClaims(const JsonObject &claims, const jose::ClaimContext &context, TimePoint now);
    void showHeader(const JsonObject &header);
    void clear();
    /// Their meanings stand out, because a check on them failed.
    void setFailedClaims(const QStringList &names);
    /// Meanings name times relative to now.
    void updateTimes(TimePoint now);
    void setValueFont(const QFont &font);
    JsonMember memberAt(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        QString name;
        Json value;
        QString valueText;
        QString meaning;
        jose::ClaimWarning warning = jose::ClaimWarning::none;
    };

    Row claimRow(const QString &name, const Json &value, TimePoint now) const;
    void setRows(std::vector<Row> rows);
    QString cellText(const Row &row, int column) const;
    style::Role inkOf(const Row &row) const;
    QVariant cellFont(const Row &row, int column) const;

    jose::ClaimMeanings m_meanings;
    jose::ClaimContext m_context;
    std::vector<Row> m_rows;
    QStringList m_failed;
    bool m_showsClaims = true;
    QFont m_valueFont;
};

} // namespace bookdesk::pages
