#include "pages/connections/connection-editor.h"

#include "pages/connections/connection-form.h"
#include "pages/connections/editor-side.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/key-value-rows.h"
#include "widgets/labels.h"
#include "widgets/question-dialog.h"
#include "widgets/round-frame.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;
using widgets::Look;

namespace {

constexpr int cardWidth = 900;
constexpr int sideWidth = 320;

/// Scrolls up and down where there is little room; takes no focus.
QScrollArea *scrolling(QWidget *content, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    content->setProperty("ground", u"clear"_s);
    return area;
}

} // namespace

ConnectionEditor::ConnectionEditor(workspace::Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_title(widgets::label({}, Look::section, this))
    , m_banner(new widgets::Banner(this))
    , m_form(new ConnectionForm)
    , m_side(new EditorSide(workspace))
{
    const style::Metrics metrics = style::metricsOf(*this);
    setObjectName(u"connectionEditor"_s);
    auto *card = new widgets::Card({}, this);
    card->setMaximumWidth(metrics.px(cardWidth));
    card->body()->setContentsMargins(0, 0, 0, 0);
    card->body()->setSpacing(0);
    auto *head = new QWidget(card);
    style::setEdge(*head, u"bottom"_s);
    auto *top = new QVBoxLayout(head);
    top->setContentsMargins(metrics.px(14), metrics.px(12), metrics.px(14), metrics.px(12));
    top->setSpacing(metrics.px(8));
    top->addWidget(m_title);
    top->addWidget(m_banner);
    card->body()->addWidget(head);
    card->body()->addWidget(makeContent(), 1);
    card->body()->addWidget(makeFoot());
    new widgets::RoundFrame(card);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics.marginX(), metrics.marginY(), metrics.marginX(), metrics.marginY());
    row->addStretch(1);
    row->addWidget(card, 1000);
    row->addStretch(1);
    connect(m_form, &ConnectionForm::edited, this, &ConnectionEditor::follow);
    auto *escape = new QShortcut(Qt::Key_Escape, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, [this] { leave(); });
}

QWidget *ConnectionEditor::makeContent()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *content = new QWidget(this);
    auto *columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    auto *fields = new QWidget;
    auto *around = new QVBoxLayout(fields);
    around->setContentsMargins(metrics.px(14), metrics.px(12), metrics.px(14), metrics.px(12));
    around->addWidget(m_form);
    columns->addWidget(scrolling(fields, content), 1);
    auto *side = new QWidget(content);
    side->setProperty("ground", u"raised"_s);
    style::setEdge(*side, u"left"_s);
    side->setFixedWidth(metrics.px(sideWidth));
    auto *inSide = new QVBoxLayout(side);
    inSide->setContentsMargins(1, 0, 0, 0);
    inSide->addWidget(scrolling(m_side, side));
    columns->addWidget(side);
    return content;
}

QWidget *ConnectionEditor::makeFoot()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *foot = new QWidget(this);
    style::setEdge(*foot, u"top"_s);
    m_export = widgets::pushButton(tr("Export…"), u"export"_s, ButtonLook::plain, foot);
    m_export->setObjectName(u"exportWritten"_s);
    m_missing = widgets::label({}, Look::smallMuted, foot);
    m_missing->setObjectName(u"unfinishedFields"_s);
    m_missing->setWordWrap(true);
    m_missing->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_cancel = widgets::pushButton(tr("Cancel"), {}, ButtonLook::plain, foot);
    m_cancel->setObjectName(u"leaveEditor"_s);
    m_save = widgets::pushButton(tr("Save"), {}, ButtonLook::primary, foot);
    m_save->setObjectName(u"saveConnection"_s);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(metrics.px(14), metrics.px(12), metrics.px(14), metrics.px(12));
    row->setSpacing(metrics.px(8));
    row->addWidget(m_export);
    row->addWidget(m_missing, 1);
    row->addWidget(m_cancel);
    row->addWidget(m_save);
    connect(m_export, &QPushButton::clicked, this, [this] {
        if (const Result<identity::Connection> written = connection())
            Q_EMIT exportAsked(*written);
    });
    connect(m_cancel, &QPushButton::clicked, this, [this] { leave(); });
    connect(m_save, &QPushButton::clicked, this, &ConnectionEditor::save);
    return foot;
}

void ConnectionEditor::add()
{
    m_original.reset();
    const QStringList ids = identity::providerIds();
    const QString usual = u"entra"_s;
    const Result<identity::Provider> provider = identity::findProvider(ids.contains(usual) ? usual : ids.value(0));
    open(tr("Add connection"), newForm(provider.value_or(identity::Provider())), false);
}

void ConnectionEditor::add(const identity::Connection &connection)
{
    m_original = connection;
    open(tr("Add connection"), writtenForm(connection), false);
}

void ConnectionEditor::edit(const identity::Connection &connection)
{
    m_original = connection;
    open(tr("Edit connection"), writtenForm(connection), false);
}

void ConnectionEditor::showReadOnly(const identity::Connection &connection)
{
    m_original = connection;
    open(tr("Connection"), writtenForm(connection), true);
}

void ConnectionEditor::open(const QString &title, const WrittenConnection &written, bool isReadOnly)
{
    m_isReadOnly = isReadOnly;
    m_before = written;
    m_title->setText(title);
    m_banner->hide();
    m_form->setReadOnly(false);
    m_form->setWritten(written);
    m_form->setReadOnly(isReadOnly);
    m_save->setVisible(!isReadOnly);
    m_export->setVisible(!isReadOnly);
    m_cancel->setText(isReadOnly ? tr("Close") : tr("Cancel"));
    follow();
}

/// What is written, if it makes a connection. A missing name is no reason not to test the rest.
Result<identity::Connection> ConnectionEditor::connection() const
{
    if (m_isReadOnly)
        return *m_original;
    WrittenConnection written = m_form->written();
    if (!complaintAbout(Field::name, written, m_form->provider()).isEmpty())
        written.name = u"-"_s;
    return readForm(written, m_original);
}

void ConnectionEditor::follow()
{
    const QStringList unfinished = m_isReadOnly ? QStringList() : m_form->unfinished();
    const Result<identity::Connection> written = connection();
    m_side->show(m_form->provider(), written ? std::optional(*written) : std::nullopt);
    const bool isComplete = unfinished.isEmpty() && written;
    m_save->setEnabled(isComplete);
    m_export->setEnabled(isComplete);
    QString missing;
    if (!unfinished.isEmpty())
        missing = tr("Missing or wrong: %1").arg(QLocale().createSeparatedList(unfinished));
    else if (!written)
        missing = written.error().message;
    m_missing->setText(missing);
    m_save->setAccessibleDescription(missing);
}

bool ConnectionEditor::hasChanges() const { return !m_isReadOnly && m_form->written() != m_before; }

void ConnectionEditor::discard()
{
    m_side->cancel();
    m_before = m_form->written();
    Q_EMIT left();
}

void ConnectionEditor::leave(std::function<void()> then)
{
    const auto go = [this, then = std::move(then)] {
        discard();
        if (then)
            then();
    };
    if (!hasChanges())
        return go();
    if (m_question)
        return;
    auto *question = new widgets::QuestionDialog({.title = tr("Unsaved changes"),
                                                  .question = tr("Leave without saving?"),
                                                  .text = tr("What you have written has not been saved and is lost."),
                                                  .confirm = tr("Leave"),
                                                  .look = ButtonLook::danger},
                                                 nullptr, this);
    question->setObjectName(u"confirmLeave"_s);
    m_question = question;
    connect(question, &QDialog::accepted, this, go);
    question->open();
}

void ConnectionEditor::cancelTest() { m_side->cancel(); }

void ConnectionEditor::save()
{
    const Result<identity::Connection> written = readForm(m_form->written(), m_original);
    if (!written)
        return showError(written.error());
    m_banner->hide();
    Q_EMIT saveAsked(*written);
}

void ConnectionEditor::showError(const Error &error)
{
    m_banner->show(
        {widgets::Kind::bad, tr("The connection was not saved"), advised(error), widgets::errorRows(error), {}});
    m_banner->takeFocus();
}

void ConnectionEditor::takeFocus()
{
    if (m_isReadOnly)
        m_cancel->setFocus(Qt::OtherFocusReason);
    else
        m_form->takeFocus();
}

} // namespace bookdesk::pages
