#include "window/shortcuts-dialog.h"

#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/key-value-rows.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace bookdesk::window {

using widgets::Look;

ShortcutsDialog::ShortcutsDialog(QWidget *parent)
    : QDialog(parent)
{
    const style::Metrics metrics = style::metricsOf(*this);
    setWindowTitle(tr("Keyboard shortcuts"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.marginX(), metrics.marginY(), metrics.marginX(), metrics.marginY());
    column->setSpacing(metrics.gap());
    column->addWidget(widgets::label(tr("Keyboard shortcuts"), Look::section, this));
    auto *rows = new widgets::KeyValueRows(this);
    rows->setRows({
        {tr("Ctrl+1"), tr("Books"), Look::body},
        {tr("Ctrl+2"), tr("Token"), Look::body},
        {tr("Ctrl+Return"), tr("Sign in"), Look::body},
        {tr("Ctrl+F"), tr("Search"), Look::body},
        {tr("F5"), tr("Reload the books"), Look::body},
        {tr("Del"), tr("Try to delete the selected book"), Look::body},
        {tr("Ctrl+C"), tr("Copy the value that has the focus"), Look::body},
        {tr("Esc"), tr("Close a panel, or cancel"), Look::body},
        {tr("F1"), tr("This list"), Look::body},
    });
    column->addWidget(rows);
    column->addWidget(
        widgets::label(tr("Bookdesk %1").arg(QApplication::applicationVersion()), Look::smallMuted, this));
    QPushButton *close = widgets::pushButton(tr("Close"), {}, widgets::ButtonLook::plain, this);
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(close);
    column->addLayout(buttons);
    setMinimumWidth(metrics.px(420));
    close->setFocus();
}

} // namespace bookdesk::window
