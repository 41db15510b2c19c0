#include "pages/token/claims-model.h"

#include "core/text.h"
#include "style/colors.h"

#include <QBrush>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

/// Strings as they are, anything else as JSON.
QString valueText(const Json &value)
{
    return visible(value.asString() ? *value.asString() : QString::fromUtf8(toCompactJson(value)));
}

/// The claim that the check is about; empty where it is about none or about several.
QString claimOf(const jose::Check &check)
{
    switch (check.kind) {
    case jose::CheckKind::issuer:
        return check.fault == jose::CheckFault::tenant ? u"tid"_s : u"iss"_s;
    case jose::CheckKind::issuedAt:
        return u"iat"_s;
    case jose::CheckKind::notBefore:
        return u"nbf"_s;
    case jose::CheckKind::expiry:
        return u"exp"_s;
    case jose::CheckKind::audience:
        return u"aud"_s;
    case jose::CheckKind::tenant:
        return u"tid"_s;
    case jose::CheckKind::nonce:
        return u"nonce"_s;
    case jose::CheckKind::authorizedParty:
        return u"azp"_s;
    case jose::CheckKind::accessTokenHash:
        return u"at_hash"_s;
    case jose::CheckKind::subject:
    case jose::CheckKind::claimTypes:
        return check.expected;
    default:
        return {};
    }
}

} // namespace

QStringList failedClaims(const jose::Verification &verification)
{
    QStringList names;
    for (const jose::Check &check : verification.checks) {
        if (check.result == jose::CheckResult::failed)
            names += claimOf(check);
    }
    return names;
}

ClaimsModel::ClaimsModel(jose::ClaimMeanings meanings, QObject *parent)
    : QAbstractTableModel(parent)
    , m_meanings(std::move(meanings))
{}

void ClaimsModel::showClaims(const JsonObject &claims, const jose::ClaimContext &context, TimePoint now)
{
    m_context = context;
    m_showsClaims = true;
    std::vector<Row> rows;
    for (const auto &[name, value] : claims.members())
        rows.push_back(claimRow(name, value, now));
    setRows(std::move(rows));
}

ClaimsModel::Row ClaimsModel::claimRow(const QString &name, const Json &value, TimePoint now) const
{
    return {name, value, valueText(value), m_meanings.claim(name, value, m_context, now),
            jose::warningOf(name, value, now)};
}

void ClaimsModel::showHeader(const JsonObject &header)
{
    m_showsClaims = false;
    std::vector<Row> rows;
    for (const auto &[name, value] : header.members())
        rows.push_back({name, value, valueText(value), m_meanings.headerMember(name)});
    setRows(std::move(rows));
}

void ClaimsModel::clear()
{
    m_context = {};
    setRows({});
}

void ClaimsModel::setFailedClaims(const QStringList &names)
{
    if (names == m_failed)
        return;
    m_failed = names;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, meaningColumn), index(rowCount() - 1, meaningColumn),
                           {Qt::FontRole, Qt::ForegroundRole});
}

void ClaimsModel::setRows(std::vector<Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void ClaimsModel::updateTimes(TimePoint now)
{
    if (!m_showsClaims)
        return;
    for (std::size_t number = 0; number < m_rows.size(); ++number) {
        Row &row = m_rows[number];
        QString meaning = m_meanings.claim(row.name, row.value, m_context, now);
        if (meaning == row.meaning)
            continue;
        row.meaning = std::move(meaning);
        row.warning = jose::warningOf(row.name, row.value, now);
        const QModelIndex cell = index(static_cast<int>(number), meaningColumn);
        Q_EMIT dataChanged(cell, cell, {Qt::DisplayRole, Qt::AccessibleTextRole, Qt::FontRole, Qt::ForegroundRole});
    }
}

void ClaimsModel::setValueFont(const QFont &font)
{
    m_valueFont = font;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnsEnd - 1), {Qt::FontRole});
}

JsonMember ClaimsModel::memberAt(int row) const
{
    const Row &shown = m_rows.at(static_cast<std::size_t>(row));
    return {shown.name, shown.value};
}

int ClaimsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ClaimsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columnsEnd; }

QString ClaimsModel::cellText(const Row &row, int column) const
{
    switch (column) {
    case nameColumn:
        return visible(row.name);
    case valueColumn:
        return row.valueText;
    default:
        return row.meaning;
    }
}

style::Role ClaimsModel::inkOf(const Row &row) const
{
    if (row.warning == jose::ClaimWarning::expired || (m_showsClaims && m_failed.contains(row.name)))
        return style::Role::bad;
    return row.warning == jose::ClaimWarning::version1 ? style::Role::warn : style::Role::muted;
}

QVariant ClaimsModel::cellFont(const Row &row, int column) const
{
    if (column != meaningColumn) {
        QFont font = m_valueFont;
        font.setBold(column == nameColumn);
        return font;
    }
    if (inkOf(row) == style::Role::muted)
        return {};
    QFont font; // Only its weight is set, so that the view adds its own family and size.
    font.setWeight(QFont::DemiBold);
    return font;
}

QVariant ClaimsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    const QString text = cellText(row, index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text;
    case Qt::AccessibleTextRole: {
        if (text.isEmpty())
            return index.column() == meaningColumn ? tr("no known meaning") : tr("empty");
        return text;
    }
    case Qt::FontRole:
        return cellFont(row, index.column());
    case Qt::ForegroundRole:
        return index.column() == meaningColumn ? QBrush(style::color(inkOf(row))) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignLeft | Qt::AlignTop);
    default:
        return {};
    }
}

QVariant ClaimsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    if (orientation != Qt::Horizontal)
        return section + 1;
    switch (section) {
    case nameColumn:
        return m_showsClaims ? tr("Claim") : tr("Member");
    case valueColumn:
        return tr("Value");
    case meaningColumn:
        return tr("Meaning");
    default:
        return {};
    }
}

} // namespace bookdesk::pages
