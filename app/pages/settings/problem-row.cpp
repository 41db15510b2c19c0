#include "pages/settings/problem-row.h"

#include "style/metrics.h"
#include "widgets/labels.h"

#include <QGridLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using style::Role;
using widgets::Look;
using workspace::Health;

namespace {

struct HealthLook
{
    QString icon;
    Role ink;
    QString tone;
};

HealthLook lookOf(Health health)
{
    switch (health) {
    case Health::waiting:
    case Health::notChecked:
        return {u"dash"_s, Role::muted, u"muted"_s};
    case Health::running:
        return {u"clock"_s, Role::accent, u"accent"_s};
    case Health::fine:
        return {u"check"_s, Role::ok, u"ok"_s};
    case Health::look:
        return {u"warning"_s, Role::warn, u"warn"_s};
    }
    return {};
}

} // namespace

ProblemRow::ProblemRow(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_subject(name)
    , m_icon(new widgets::IconLabel({}, Role::text, this))
    , m_name(widgets::label(name, Look::strong, this))
    , m_text(widgets::label({}, Look::smallMuted, this))
    , m_word(widgets::label({}, Look::small, this))
    , m_remedy(widgets::label({}, Look::small, this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_text->setWordWrap(true);
    m_remedy->setWordWrap(true);
    m_remedy->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics.px(8));
    grid->setVerticalSpacing(metrics.px(2));
    grid->setColumnStretch(2, 1);
    grid->addWidget(m_icon, 0, 0, Qt::AlignTop);
    grid->addWidget(m_name, 0, 1, Qt::AlignTop);
    grid->addWidget(m_text, 0, 2, Qt::AlignTop);
    grid->addWidget(m_word, 0, 3, Qt::AlignTop | Qt::AlignRight);
    grid->addWidget(m_remedy, 1, 1, 1, 3);
    show({});
}

void ProblemRow::show(const workspace::ProblemFinding &finding)
{
    const HealthLook look = lookOf(finding.health);
    m_icon->setIcon(look.icon, look.ink);
    m_text->setText(finding.text);
    m_word->setText(workspace::healthWord(finding.health));
    widgets::setTone(*m_word, look.tone);
    m_remedy->setText(finding.remedy);
    m_remedy->setVisible(!finding.remedy.isEmpty());
    setAccessibleName(sentence());
}

QString ProblemRow::sentence() const
{
    QStringList parts{m_subject, m_word->text(), m_text->text(), m_remedy->text()};
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

} // namespace bookdesk::pages
