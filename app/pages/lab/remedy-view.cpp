#include "pages/lab/remedy-view.h"

#include "pages/lab/code-text.h"
#include "style/icons.h"
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
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using workspace::Setting;
using workspace::Settings;

RemedyView::RemedyView(QWidget *parent)
    : QWidget(parent)
    , m_tabs(widgets::tabBar(u"frameworks"_s, tr("What to change, in"), this))
    , m_answer(new widgets::KeyValueRows(this))
    , m_code(new CodeText(this))
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
    m_code->setLines(m_remedy.codeFor(framework()));
    layout()->activate(); // What is around it makes room at once, and not for the code before.
}

void RemedyView::copy()
{
    QApplication::clipboard()->setText(lab::codeText(m_remedy.codeFor(framework())));
    widgets::announce(*this, tr("The code was copied."));
}

} // namespace bookdesk::pages
