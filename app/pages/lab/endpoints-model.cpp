#include "pages/lab/endpoints-model.h"

#include "core/text.h"
#include "lab/endpoint-rules.h"
#include "lab/lab-words.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using lab::Comparison;
using lab::EndpointResult;
using widgets::Kind;
using widgets::PaintedChip;

namespace {

PaintedChip tokenChip(const EndpointResult &result)
{
    if (result.rule.isPublic)
        return {Kind::neutral, EndpointsModel::tr("not needed")};
    switch (result.prediction.status) {
    case 200:
        return {Kind::ok, EndpointsModel::tr("has it")};
    case 403:
        return {Kind::bad, EndpointsModel::tr("missing")};
    case 0:
        return {Kind::neutral, EndpointsModel::tr("unknown")};
    default:
        return {Kind::bad, EndpointsModel::tr("not valid")};
    }
}

Kind actualKind(const EndpointResult &result)
{
    if (result.comparison == Comparison::differs)
        return Kind::warn;
    const int status = result.outcome->status;
    if (status == 0)
        return Kind::neutral;
    return status >= 200 && status < 300 ? Kind::ok : Kind::bad;
}

QString actualText(const EndpointResult &result)
{
    return result.outcome->status ? lab::statusName(result.outcome->status) : EndpointsModel::tr("no answer");
}

QString differenceText(const EndpointResult &result)
{
    switch (result.comparison) {
    case Comparison::notRun:
        return QString();
    case Comparison::asPredicted:
        return EndpointsModel::tr("as predicted");
    case Comparison::differs:
        return EndpointsModel::tr("differs: %1").arg(visible(result.difference));
    case Comparison::unpredicted:
        break;
    }
    return EndpointsModel::tr("there was no prediction");
}

} // namespace

void EndpointsModel::setResults(std::vector<EndpointResult> results, const std::optional<books::AccessRule> &current,
                                bool canRun)
{
    const bool hasSameRows = results.size() == m_results.size() &&
                             std::ranges::equal(results, m_results, [](const auto &left, const auto &right) {
                                 return lab::isSameCall(left.rule.rule, right.rule.rule);
                             });
    if (!hasSameRows)
        beginResetModel();
    m_results = std::move(results);
    m_current = current ? rowOf(*current) : -1;
    m_canRun = canRun;
    if (!hasSameRows)
        endResetModel();
    else if (!m_results.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnsEnd - 1));
}

int EndpointsModel::rowOf(const books::AccessRule &rule) const
{
    const auto found = std::ranges::find_if(
        m_results, [&rule](const EndpointResult &result) { return lab::isSameCall(result.rule.rule, rule); });
    return found == m_results.end() ? -1 : static_cast<int>(found - m_results.begin());
}

std::optional<PaintedChip> EndpointsModel::chip(const QModelIndex &index) const
{
    const EndpointResult &shown = result(index.row());
    if (index.column() == tokenColumn)
        return tokenChip(shown);
    if (index.column() == actualColumn && shown.outcome && !isRunning(index.row()))
        return PaintedChip{actualKind(shown), actualText(shown), {}};
    return std::nullopt;
}

int EndpointsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_results.size());
}

int EndpointsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columnsEnd; }

QString EndpointsModel::text(const EndpointResult &result, int row, int column) const
{
    switch (column) {
    case methodColumn:
        return visible(QString::fromUtf8(result.rule.rule.method));
    case pathColumn:
        return visible(result.rule.rule.path);
    case needsColumn:
        return visible(lab::needsText(result.rule));
    case tokenColumn:
        return tokenChip(result).text;
    case predictedColumn:
        return result.prediction.isKnown() ? QString::number(result.prediction.status) : u"–"_s;
    case actualColumn:
        if (isRunning(row))
            return tr("running");
        return result.outcome ? actualText(result) : tr("not run");
    case differenceColumn:
        return differenceText(result);
    default:
        return tr("Run");
    }
}

QString EndpointsModel::accessibleText(const EndpointResult &result, int row, int column) const
{
    switch (column) {
    case tokenColumn:
        return tr("%1. %2").arg(tokenChip(result).text, visible(result.prediction.reason));
    case predictedColumn:
        return result.prediction.isKnown() ? tr("predicted %1").arg(result.prediction.status) : tr("no prediction");
    case differenceColumn:
        return result.comparison == Comparison::notRun ? tr("not compared yet") : differenceText(result);
    default:
        return text(result, row, column);
    }
}

QVariant EndpointsModel::data(const QModelIndex &index, int role) const
{
    const EndpointResult &shown = result(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(shown, index.row(), index.column());
    case Qt::AccessibleTextRole:
        return accessibleText(shown, index.row(), index.column());
    default:
        return {};
    }
}

QVariant EndpointsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (section) {
    case methodColumn:
        return tr("Method");
    case pathColumn:
        return tr("Path");
    case needsColumn:
        return tr("Needs");
    case tokenColumn:
        return tr("Your token");
    case predictedColumn:
        return tr("Predicted");
    case actualColumn:
        return tr("Actual");
    case differenceColumn:
        return role == Qt::AccessibleTextRole ? tr("Difference") : QString();
    default:
        return role == Qt::AccessibleTextRole ? tr("Run") : QString();
    }
}

} // namespace bookdesk::pages
