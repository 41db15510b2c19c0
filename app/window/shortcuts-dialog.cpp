#include "window/shortcuts-dialog.h"

#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/key-value-rows.h"
#include "widgets/page.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace bookdesk::window {

using namespace Qt::StringLiterals;
using widgets::Look;

namespace {

widgets::KeyValue row(const QKeySequence &key, const QString &action)
{
    return {key.toString(QKeySequence::NativeText), action, Look::body};
}

/// The pages first, then the keys of each page, then those of the whole window.
std::vector<widgets::KeyValue> rowsOf(const std::vector<widgets::Page *> &pages)
{
    std::vector<widgets::KeyValue> rows;
    rows.reserve(pages.size());
    for (const widgets::Page *page : pages)
        rows.push_back(row(page->description().shortcut, page->description().title));
    for (const widgets::Page *page : pages) {
        for (const widgets::KeyHelp &help : page->keys())
            rows.push_back(row(help.key, help.action));
    }
    rows.push_back(row(Qt::CTRL | Qt::Key_Return, ShortcutsDialog::tr("Sign in")));
    rows.push_back(row(QKeySequence::Copy, ShortcutsDialog::tr("Copy the value that has the focus")));
    rows.push_back(row(Qt::Key_Escape, ShortcutsDialog::tr("Close a panel, or cancel")));
    rows.push_back(row(QKeySequence::HelpContents, ShortcutsDialog::tr("This list")));
    return rows;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const std::vector<widgets::Page *> &pages, QWidget *parent)
    : QDialog(parent)
{
    const style::Metrics metrics = style::metricsOf(*this);
    setWindowTitle(tr("Keyboard shortcuts"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.marginX(), metrics.marginY(), metrics.marginX(), metrics.marginY());
    column->setSpacing(metrics.gap());
    column->addWidget(widgets::label(tr("Keyboard shortcuts"), Look::section, this));
    column->addWidget(makeList(pages), 1);
    column->addWidget(
        widgets::label(tr("Bookdesk %1").arg(QApplication::applicationVersion()), Look::smallMuted, this));
    QPushButton *close = widgets::pushButton(tr("Close"), {}, widgets::ButtonLook::plain, this);
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(close);
    column->addLayout(buttons);
    close->setFocus();
}

QScrollArea *ShortcutsDialog::makeList(const std::vector<widgets::Page *> &pages)
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *rows = new widgets::KeyValueRows;
    rows->setProperty("ground", u"clear"_s);
    rows->setRows(rowsOf(pages));
    auto *area = new QScrollArea(this);
    area->setWidget(rows);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    const int width = metrics.px(420);
    area->setMinimumWidth(width + area->verticalScrollBar()->sizeHint().width());
    area->setMinimumHeight(std::min(rows->heightForWidth(width), metrics.px(440)));
    return area;
}

} // namespace bookdesk::window
