#include "widgets/step-row.h"

#include "style/metrics.h"
#include "widgets/labels.h"

#include <QApplication>
#include <QHBoxLayout>

namespace bookdesk::widgets {

using namespace Qt::StringLiterals;
using style::Role;

namespace {

struct Face
{
    QString icon;
    Role role;
    QString word;
};

Face faceOf(RowState state)
{
    switch (state) {
    case RowState::pending:
        return {u"dash"_s, Role::muted, StepRow::tr("not yet")};
    case RowState::next:
        return {u"play"_s, Role::warn, StepRow::tr("next")};
    case RowState::active:
        return {u"refresh"_s, Role::accent, StepRow::tr("under way")};
    case RowState::done:
        return {u"check"_s, Role::ok, StepRow::tr("done")};
    case RowState::failed:
        return {u"cross"_s, Role::bad, StepRow::tr("failed")};
    }
    return {};
}

} // namespace

StepRow::StepRow(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_icon(new IconLabel({}, Role::muted, this))
    , m_name(label({}, Look::body, this))
    , m_note(label({}, Look::smallMuted, this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, metrics.px(5), 0, metrics.px(5));
    row->setSpacing(metrics.px(10));
    row->addWidget(m_icon, 0, Qt::AlignTop);
    m_name->setWordWrap(true);
    row->addWidget(m_name, 1);
    row->addWidget(m_note);
    set(RowState::pending, name, {});
}

void StepRow::set(RowState state, const QString &name, const QString &note)
{
    const Face face = faceOf(state);
    m_state = state;
    m_icon->setIcon(face.icon, face.role);
    m_name->setText(name);
    m_name->setAccessibleName(note.isEmpty() || note == face.word ? tr("%1: %2").arg(name, face.word)
                                                                  : tr("%1: %2, %3").arg(name, face.word, note));
    setLook(*m_name, state == RowState::active || state == RowState::next ? Look::strong : Look::body);
    setTone(*m_name, state == RowState::pending ? u"muted"_s : QString());
    m_note->setText(note);
}

QString StepRow::name() const { return m_name->text(); }

QString StepRow::note() const { return m_note->text(); }

} // namespace bookdesk::widgets
