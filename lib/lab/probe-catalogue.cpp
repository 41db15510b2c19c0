#include "lab/probe-catalogue.h"

#include "lab/probe-rows.h"

#include <QCoreApplication>

namespace bookdesk::lab {
namespace {

std::vector<ProbeRow> allRows()
{
    std::vector<ProbeRow> all;
    for (const auto group : {rows::signature, rows::algorithm, rows::key, rows::claims, rows::form, rows::transport}) {
        for (ProbeRow &row : group())
            all.push_back(std::move(row));
    }
    return all;
}

QString translated(const char *text, const QString &argument)
{
    const QString whole = QCoreApplication::translate("Probe", text);
    return argument.isEmpty() ? whole : whole.arg(argument);
}

} // namespace

const std::vector<ProbeRow> &probeRows()
{
    static const std::vector<ProbeRow> rows = allRows();
    return rows;
}

Probe probeOf(const ProbeRow &row)
{
    return {.id = QString::fromLatin1(row.id),
            .group = row.group,
            .title = translated(row.title, row.argument),
            .accepted = translated(row.accepted, row.argument),
            .source = QString::fromLatin1(row.source),
            .remedy = QString::fromLatin1(row.remedy)};
}

} // namespace bookdesk::lab
