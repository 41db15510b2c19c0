#include "widgets/key-value-rows.h"

#include "core/isolation.h"
#include "core/text.h"
#include "style/metrics.h"

#include <QGridLayout>

namespace bookdesk::widgets {

std::vector<KeyValue> errorRows(const Error &error)
{
    std::vector<KeyValue> rows{{KeyValueRows::tr("Error code"), error.code.toString(), Look::mono}};
    for (const Fact &fact : error.facts)
        rows.push_back({factLabel(fact.name), fact.value, Look::mono});
    return rows;
}

KeyValueRows::KeyValueRows(QWidget *parent, Placing placing)
    : QWidget(parent)
    , m_placing(placing)
    , m_grid(new QGridLayout(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(metrics.px(12));
    m_grid->setVerticalSpacing(placing == Placing::beside ? metrics.px(2) : 0);
    m_grid->setColumnMinimumWidth(0, placing == Placing::beside ? metrics.px(76) : 0);
    m_grid->setColumnStretch(1, 1);
}

void KeyValueRows::setRows(const std::vector<KeyValue> &rows)
{
    m_values.clear();
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int row = 0; row < m_grid->rowCount(); ++row)
        m_grid->setRowStretch(row, 0);
    int row = 0;
    for (const KeyValue &entry : rows) {
        QLabel *key = label(entry.key, Look::muted, this);
        key->setAccessibleName(withoutIsolates(entry.key));
        auto *value = new ValueLabel({}, entry.look, this);
        const bool isIsolated = entry.direction == Direction::isolated;
        value->setBreakableText(isIsolated ? isolatedLines(entry.value) : visibleLines(entry.value));
        value->setWordWrap(true);
        value->setMinimumWidth(style::metricsOf(*this).px(60));
        key->setBuddy(value);
        place(*key, *value, row);
        m_values.emplace_back(entry.key, value);
        row += m_placing == Placing::beside ? 1 : 2;
    }
    m_grid->setRowStretch(row, 1);
}

void KeyValueRows::place(QLabel &key, ValueLabel &value, int row)
{
    const int margin = value.margin();
    if (m_placing == Placing::beside) {
        // On the value's line, and below a title at the same left edge.
        key.setContentsMargins(0, margin, 0, margin);
        m_grid->addWidget(&key, row, 0, Qt::AlignTop);
        m_grid->addWidget(&value, row, 1);
    } else {
        key.setMargin(margin);
        // Each name stays close to its own value.
        key.setContentsMargins(0, row == 0 ? 0 : style::metricsOf(*this).px(6), 0, 0);
        m_grid->addWidget(&key, row, 0, 1, 2);
        m_grid->addWidget(&value, row + 1, 0, 1, 2);
    }
    // Shown at once, because a layout leaves hidden rows out of its height.
    key.show();
    value.show();
}

ValueLabel *KeyValueRows::value(const QString &key) const
{
    for (const auto &[name, value] : m_values)
        if (name == key)
            return value;
    return nullptr;
}

} // namespace bookdesk::widgets
