#include "pages/signin/advice-card.h"

#include "core/off-thread.h"
#include "core/private-file.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/buttons.h"
#include "widgets/chip.h"
#include "widgets/fitting-area.h"
#include "widgets/key-value-rows.h"
#include "widgets/labels.h"
#include "widgets/line-cover.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;
using widgets::Look;

namespace {

constexpr int leastDetails = 70; ///< Some rows, so that it is seen that there are more.
constexpr int leastMessage = 70;

std::vector<widgets::KeyValue> rowsOf(const Facts &facts)
{
    std::vector<widgets::KeyValue> rows;
    for (const Fact &fact : facts)
        rows.push_back({factLabel(fact.name), fact.value, Look::mono});
    return rows;
}

void empty(QLayout &layout)
{
    while (QLayoutItem *item = layout.takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

} // namespace

AdviceCard::AdviceCard(QWidget *parent)
    : Card({}, parent)
    , m_icon(new widgets::IconLabel({}, style::Role::bad, this))
    , m_headline(new widgets::ValueLabel({}, Look::section, this))
    , m_code(new widgets::Chip(widgets::Kind::bad, {}, {}, this))
    , m_explanation(new widgets::ValueLabel({}, Look::body, this))
    , m_facts(new QWidget(this))
    , m_who(new widgets::ValueLabel({}, Look::strong, this))
    , m_whoNote(new widgets::ValueLabel({}, Look::body, this))
    , m_where(new widgets::ValueLabel({}, Look::body, this))
    , m_text(new QPlainTextEdit(this))
    , m_outcome(widgets::label({}, Look::smallMuted, this))
    , m_details(new widgets::KeyValueRows(nullptr, widgets::KeyValueRows::Placing::below))
    , m_area(new widgets::FittingArea(leastDetails, QWIDGETSIZE_MAX, this))
{
    body()->setSpacing(style::metricsOf(*this).px(12));
    addHead();
    addFacts();
    m_message = makeMessage();
    m_values = makeValues();
    body()->addWidget(m_message, 1);
    body()->addWidget(m_values);
    m_outcome->setWordWrap(true);
    m_outcome->hide();
    body()->addWidget(m_outcome);
    m_area->setContent(m_details);
    new widgets::LineCover(*m_area);
    m_area->hide();
    body()->addWidget(m_area);
    body()->addStretch();
    addButtons();
    showHint();
}

void AdviceCard::addHead()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *head = new QHBoxLayout;
    head->setSpacing(metrics.px(8) - widgets::headlineMargins().left());
    m_icon->setLogicalSize(20);
    m_headline->setWordWrap(true);
    widgets::makeHeadline(*m_headline);
    head->addWidget(m_icon, 0, Qt::AlignTop);
    head->addWidget(m_headline, 1);
    head->addWidget(m_code, 0, Qt::AlignTop);
    body()->addLayout(head);
    m_explanation->setWordWrap(true);
    body()->addWidget(m_explanation);
}

void AdviceCard::addFacts()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *grid = new QGridLayout(m_facts);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics.px(12));
    grid->setVerticalSpacing(0);
    grid->setColumnStretch(1, 1);
    const auto addName = [this, grid](const QString &text, int row) {
        QLabel *name = widgets::label(text, Look::muted);
        name->setContentsMargins(0, m_who->margin(), 0, 0);
        grid->addWidget(name, row, 0, Qt::AlignTop);
    };
    addName(tr("Who acts"), 0);
    grid->addWidget(m_who, 0, 1);
    grid->addWidget(m_whoNote, 1, 1);
    addName(tr("Where"), 2);
    grid->addWidget(m_where, 2, 1);
    for (widgets::ValueLabel *value : {m_who, m_whoNote, m_where})
        value->setWordWrap(true);
    body()->addWidget(m_facts);
}

QWidget *AdviceCard::makeMessage()
{
    auto *message = new QWidget(this);
    auto *column = new QVBoxLayout(message);
    column->setContentsMargins(0, 0, 0, 0);
    auto *copy = widgets::pushButton(tr("Copy"), u"copy"_s, ButtonLook::primary, this);
    auto *save = widgets::pushButton(tr("Save…"), u"export"_s, ButtonLook::plain, this);
    copy->setObjectName(u"copyMessage"_s);
    save->setObjectName(u"saveMessage"_s);
    auto *head = new QHBoxLayout;
    head->addWidget(widgets::label(tr("Message for your admin"), Look::section), 1);
    head->addWidget(copy);
    head->addWidget(save);
    column->addLayout(head);
    m_text->setObjectName(u"adminMessage"_s);
    m_text->setAccessibleName(tr("Message for your admin"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setMinimumHeight(style::metricsOf(*this).px(leastMessage));
    column->addWidget(m_text, 1);
    connect(copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_text->toPlainText());
        say(tr("The message was copied."));
    });
    connect(save, &QPushButton::clicked, this, &AdviceCard::askWhereToSave);
    return message;
}

QWidget *AdviceCard::makeValues()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *values = new QWidget(this);
    auto *column = new QVBoxLayout(values);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(widgets::label(tr("Values to register or compare"), Look::section));
    m_rows = new QGridLayout;
    m_rows->setHorizontalSpacing(metrics.px(12));
    m_rows->setVerticalSpacing(metrics.px(4));
    m_rows->setColumnStretch(1, 1);
    column->addLayout(m_rows);
    return values;
}

void AdviceCard::addButtons()
{
    auto *another = widgets::pushButton(tr("Use another account"), u"account"_s, ButtonLook::plain, this);
    another->setObjectName(u"anotherAfterAdvice"_s);
    m_showDetails = widgets::pushButton(tr("Details"), {}, ButtonLook::flat, this);
    m_showDetails->setObjectName(u"adviceDetails"_s);
    m_showDetails->setCheckable(true);
    auto *row = new QHBoxLayout;
    row->addWidget(another);
    row->addStretch(1);
    row->addWidget(m_showDetails);
    body()->addLayout(row);
    connect(another, &QPushButton::clicked, this, &AdviceCard::anotherAccountAsked);
    connect(m_showDetails, &QPushButton::toggled, m_area, &QWidget::setVisible);
}

void AdviceCard::setHead(const QString &icon, const QString &headline, const QString &explanation)
{
    const bool isHint = icon == "info"_L1;
    m_icon->setIcon(icon, isHint ? style::Role::muted : style::Role::bad);
    m_headline->setText(headline);
    m_explanation->setText(explanation);
}

void AdviceCard::showHint()
{
    setHead(u"info"_s, tr("Paste what the browser's page says"),
            tr("Some errors never leave the browser. Copy the whole page there and paste it at the left; Bookdesk then "
               "explains it. The text is not sent anywhere."));
    for (QWidget *part : {static_cast<QWidget *>(m_code), m_facts, m_message, m_values,
                          static_cast<QWidget *>(m_showDetails), static_cast<QWidget *>(m_outcome)})
        part->hide();
    m_showDetails->setChecked(false);
}

void AdviceCard::show(const identity::SignInAdvice &advice)
{
    const bool isNew = m_headline->text() != advice.headline;
    setHead(advice.code.isEmpty() ? u"warning"_s : u"cross"_s, advice.headline, advice.explanation);
    m_code->set(widgets::Kind::bad, advice.code, tr("Error %1").arg(advice.code));
    m_code->setIcon({});
    m_code->setVisible(!advice.code.isEmpty());
    m_facts->setVisible(!advice.who.isEmpty());
    m_who->setText(advice.who);
    m_whoNote->setText(advice.whoNote);
    m_whoNote->setVisible(!advice.whoNote.isEmpty());
    m_where->setText(advice.where);
    m_text->setPlainText(advice.message);
    m_message->setVisible(!advice.message.isEmpty());
    showValues(advice.values);
    m_details->setRows(rowsOf(advice.facts));
    m_showDetails->setVisible(!advice.facts.empty());
    m_area->setVisible(m_showDetails->isChecked() && !advice.facts.empty());
    m_outcome->hide();
    if (isNew)
        widgets::announce(*this, widgets::headlineAndText(advice.headline, advice.explanation));
}

void AdviceCard::showValues(const std::vector<identity::AdviceValue> &values)
{
    empty(*m_rows);
    int row = 0;
    for (const identity::AdviceValue &value : values) {
        auto *shown = new widgets::ValueLabel({}, Look::mono);
        shown->setWordWrap(true);
        shown->setBreakableText(value.value);
        shown->setAccessibleName(tr("%1: %2").arg(value.label, value.value));
        auto *copy = widgets::toolButton(u"copy"_s, tr("Copy %1").arg(value.label));
        connect(copy, &QToolButton::clicked, this, [this, value] {
            QApplication::clipboard()->setText(value.value);
            say(tr("Copied: %1").arg(value.label));
        });
        m_rows->addWidget(widgets::label(value.label, Look::muted), row, 0);
        m_rows->addWidget(shown, row, 1);
        m_rows->addWidget(copy, row, 2);
        ++row;
    }
    m_values->setVisible(!values.empty());
}

void AdviceCard::say(const QString &text)
{
    m_outcome->setText(text);
    m_outcome->show();
    widgets::announce(*this, text);
}

void AdviceCard::askWhereToSave()
{
    auto *dialog = new QFileDialog(this, tr("Save message"), {}, tr("Text files (*.txt);;All files (*)"));
    dialog->setObjectName(u"saveMessageDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"txt"_s);
    dialog->selectFile(u"bookdesk-sign-in.txt"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &AdviceCard::saveTo);
    dialog->open();
}

void AdviceCard::saveTo(const QString &path)
{
    const std::function<Result<void>()> work = [path, text = m_text->toPlainText().toUtf8() + '\n'] {
        return writePrivately(path, text);
    };
    QCoro::connect(
        offThread<Result<void>>(work, std::stop_token()), this, [this](const std::optional<Result<void>> &saved) {
            say(saved && *saved
                    ? tr("The message was saved.")
                    : tr("The message could not be saved. %1").arg(saved ? advised(saved->error()) : QString()));
        });
}

QString AdviceCard::code() const { return m_code->isHidden() ? QString() : m_code->text(); }

QString AdviceCard::headline() const { return m_headline->text(); }

QString AdviceCard::message() const { return m_message->isHidden() ? QString() : m_text->toPlainText(); }

} // namespace bookdesk::pages
