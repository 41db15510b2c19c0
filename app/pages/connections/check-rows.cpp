#include "pages/connections/check-rows.h"

#include "style/metrics.h"
#include "widgets/labels.h"

#include <QGridLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using style::Role;
using widgets::Look;
using workspace::CheckState;

CheckLook lookOf(CheckState state)
{
    switch (state) {
    case CheckState::waiting:
    case CheckState::notDone:
        return {u"dash"_s, Role::muted, u"muted"_s};
    case CheckState::running:
        return {u"clock"_s, Role::accent, u"accent"_s};
    case CheckState::passed:
        return {u"check"_s, Role::ok, u"ok"_s};
    case CheckState::warning:
        return {u"warning"_s, Role::warn, u"warn"_s};
    case CheckState::failed:
        return {u"cross"_s, Role::bad, u"bad"_s};
    case CheckState::cannotBeChecked:
        return {u"info"_s, Role::warn, u"warn"_s};
    }
    return {};
}

/// Icon, name, what was found, and the time that it took; a remedy below.
class CheckRow : public QWidget
{
public:
    CheckRow(workspace::CheckSubject subject, QWidget *parent)
        : QWidget(parent)
        , m_subject(workspace::checkTitle(subject))
        , m_icon(new widgets::IconLabel({}, Role::muted, this))
        , m_name(widgets::label(m_subject, Look::strong, this))
        , m_detail(widgets::label({}, Look::smallMuted, this))
        , m_took(widgets::label({}, Look::smallMuted, this))
        , m_remedy(widgets::label({}, Look::small, this))
    {
        const style::Metrics metrics = style::metricsOf(*this);
        m_detail->setWordWrap(true);
        m_remedy->setWordWrap(true);
        m_remedy->setTextInteractionFlags(Qt::TextSelectableByMouse);
        // All lines of small text begin where those of the name do.
        const int drop = m_name->fontMetrics().ascent() - m_detail->fontMetrics().ascent();
        m_detail->setContentsMargins(0, drop, 0, 0);
        m_took->setContentsMargins(0, drop, 0, 0);
        auto *grid = new QGridLayout(this);
        grid->setContentsMargins(0, metrics.px(3), 0, metrics.px(3));
        grid->setHorizontalSpacing(metrics.px(8));
        grid->setVerticalSpacing(metrics.px(2));
        grid->setColumnStretch(2, 1);
        grid->addWidget(m_icon, 0, 0, Qt::AlignTop);
        grid->addWidget(m_name, 0, 1, Qt::AlignTop);
        grid->addWidget(m_detail, 0, 2, Qt::AlignTop);
        grid->addWidget(m_took, 0, 3, Qt::AlignTop | Qt::AlignRight);
        grid->addWidget(m_remedy, 1, 1, 1, 3);
    }

    void show(const workspace::CheckFinding &finding)
    {
        const CheckLook look = lookOf(finding.state);
        const QString word = workspace::stateWord(finding.state);
        m_icon->setIcon(look.icon, look.ink);
        m_detail->setText(finding.detail.isEmpty() ? word : finding.detail);
        m_took->setText(finding.took ? CheckRows::tr("%1 ms").arg(finding.took->count()) : QString());
        m_remedy->setText(finding.remedy);
        m_remedy->setVisible(!finding.remedy.isEmpty());
        QStringList parts{m_subject, word, finding.detail, m_took->text(), finding.remedy};
        parts.removeAll(QString());
        m_sentence = finding.state == CheckState::waiting ? QString() : parts.join(u", "_s);
        setAccessibleName(m_sentence);
        setVisible(finding.state != CheckState::waiting);
    }

    const QString &sentence() const { return m_sentence; }

private:
    const QString m_subject;
    QString m_sentence;
    widgets::IconLabel *m_icon;
    QLabel *m_name;
    QLabel *m_detail;
    QLabel *m_took;
    QLabel *m_remedy;
};

CheckRows::CheckRows(QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (const workspace::CheckSubject subject : workspace::allCheckSubjects) {
        m_rows.push_back(new CheckRow(subject, this));
        column->addWidget(m_rows.back());
    }
    clear();
}

void CheckRows::show(const workspace::CheckFindings &findings)
{
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        m_rows[row]->show(findings.at(row));
}

QString CheckRows::sentence(workspace::CheckSubject subject) const
{
    return m_rows.at(static_cast<std::size_t>(subject))->sentence();
}

} // namespace bookdesk::pages
