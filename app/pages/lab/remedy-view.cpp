#include "pages/lab/remedy-view.h"

#include "style/colors.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/buttons.h"
#include "widgets/flow-layout.h"
#include "widgets/key-value-rows.h"
#include "widgets/labels.h"
#include "widgets/tab-bar.h"
#include "workspace/settings.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTextBlock>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using workspace::Setting;
using workspace::Settings;

namespace {

QList<QTextEdit::ExtraSelection> changesIn(const QPlainTextEdit &edit, const std::vector<lab::CodeLine> &lines)
{
    QList<QTextEdit::ExtraSelection> selections;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!lines[i].isChange)
            continue;
        QTextEdit::ExtraSelection change;
        change.cursor = QTextCursor(edit.document()->findBlockByNumber(static_cast<int>(i)));
        change.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        change.format.setBackground(style::color(style::Role::okGround));
        change.format.setForeground(style::color(style::Role::ok));
        change.format.setFontWeight(QFont::DemiBold);
        change.format.setProperty(QTextFormat::FullWidthSelection, true);
        selections += change;
    }
    return selections;
}

} // namespace

RemedyView::RemedyView(QWidget *parent)
    : QWidget(parent)
    , m_tabs(widgets::tabBar(u"frameworks"_s, tr("What to change, in"), this))
    , m_answer(new widgets::KeyValueRows(this))
    , m_code(new QPlainTextEdit(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    for (const lab::Framework framework : lab::allFrameworks)
        m_tabs->addTab(lab::frameworkName(framework));
    const QString remembered = Settings().text(Setting::remedyFramework);
    for (std::size_t i = 0; i < lab::allFrameworks.size(); ++i) {
        if (lab::frameworkCode(lab::allFrameworks.at(i)) == remembered)
            m_tabs->setCurrentIndex(static_cast<int>(i));
    }
    QToolButton *copyButton = widgets::toolButton(u"copy"_s, tr("Copy the code"), this);
    copyButton->setObjectName(u"copyCode"_s);
    m_answer->setObjectName(u"crashAnswer"_s);
    m_code->setObjectName(u"code"_s);
    m_code->setAccessibleName(tr("The code to change"));
    m_code->setReadOnly(true);
    m_code->setTabChangesFocus(true);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_code->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_code->setFont(style::monoFont(QApplication::font()));
    QLabel *title = widgets::label(tr("What to change"), widgets::Look::section, this);
    title->setMinimumHeight(m_tabs->sizeHint().height());
    // The frameworks go on below the title where they do not fit beside it.
    auto *titleAndTabs = new widgets::FlowLayout(metrics.px(6));
    titleAndTabs->addWidget(title);
    titleAndTabs->addWidget(m_tabs);
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics.px(6));
    row->addLayout(titleAndTabs, 1);
    row->addWidget(copyButton, 0, Qt::AlignBottom); // On the line of the frameworks.
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics.px(8));
    column->addLayout(row);
    column->addWidget(m_answer);
    column->addWidget(m_code, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, [this] {
        Settings().setText(Setting::remedyFramework, lab::frameworkCode(framework()));
        showCode();
    });
    connect(copyButton, &QToolButton::clicked, this, &RemedyView::copy);
}

lab::Framework RemedyView::framework() const
{
    return lab::allFrameworks.at(static_cast<std::size_t>(m_tabs->currentIndex()));
}

void RemedyView::setRemedy(const lab::Remedy &remedy, const QString &answer)
{
    m_remedy = remedy;
    m_answer->setVisible(!answer.isEmpty());
    m_answer->setRows({{tr("Server said"), answer, widgets::Look::mono}});
    showCode();
}

void RemedyView::showCode()
{
    const std::vector<lab::CodeLine> &lines = m_remedy.codeFor(framework());
    const QString text = lab::codeText(lines);
    if (text != m_code->toPlainText())
        m_code->setPlainText(text);
    m_code->setExtraSelections(changesIn(*m_code, lines));
    const auto shown = static_cast<int>(std::max<std::size_t>(lines.size(), 4));
    const style::Metrics metrics = style::metricsOf(*this);
    m_code->setFixedHeight(shown * QFontMetrics(m_code->font()).lineSpacing() + metrics.px(46));
    layout()->activate(); // What is around it makes room at once, and not for the code before.
}

void RemedyView::copy()
{
    QApplication::clipboard()->setText(lab::codeText(m_remedy.codeFor(framework())));
    widgets::announce(*this, tr("The code was copied."));
}

} // namespace bookdesk::pages
