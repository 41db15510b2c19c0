#include "pages/books/delete-dialog.h"

#include "core/text.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/key-value-rows.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::KeyValue;
using widgets::Look;

namespace {

std::vector<KeyValue> rowsOf(const DeleteQuestion &question)
{
    // One line each, so that a line feed in a name cannot pass for another row.
    constexpr qsizetype longestId = 1'000;
    std::vector<KeyValue> rows{{DeleteDialog::tr("Book"), visible(question.book), Look::strong},
                               {DeleteDialog::tr("ID"), visible(shortened(question.bookId, longestId)), Look::mono},
                               {DeleteDialog::tr("Account"), visible(question.account), Look::body},
                               {DeleteDialog::tr("Connection"), visible(question.connection), Look::body},
                               {DeleteDialog::tr("API"), visible(question.api), Look::mono},
                               {DeleteDialog::tr("Expect"), question.prediction, Look::body}};
    if (!question.warning.isEmpty())
        rows.push_back({DeleteDialog::tr("Warning"), question.warning, Look::body});
    return rows;
}

} // namespace

DeleteDialog::DeleteDialog(const DeleteQuestion &question, QWidget *parent)
    : QDialog(parent)
{
    const style::Metrics metrics = style::metricsOf(*this);
    setWindowTitle(tr("Try to delete"));
    setObjectName(u"confirmDelete"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    QLabel *title = widgets::label(tr("Try to delete this book?"), Look::section, this);
    QLabel *text = widgets::label(
        tr("This sends a real request to the API. If the API allows it, the book is deleted for everyone."),
        Look::muted, this);
    text->setWordWrap(true);
    auto *rows = new widgets::KeyValueRows(this);
    rows->setRows(rowsOf(question));
    auto *remove = widgets::pushButton(tr("Try to delete"), u"trash"_s, widgets::ButtonLook::danger, this);
    remove->setObjectName(u"confirm"_s);
    auto *cancel = widgets::pushButton(tr("Cancel"), {}, widgets::ButtonLook::plain, this);
    cancel->setObjectName(u"cancel"_s);
    cancel->setDefault(true);
    connect(remove, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(remove);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.px(20), metrics.px(16), metrics.px(20), metrics.px(16));
    column->setSpacing(metrics.gap());
    for (QWidget *widget : {static_cast<QWidget *>(title), static_cast<QWidget *>(text), static_cast<QWidget *>(rows)})
        column->addWidget(widget);
    column->addStretch(1);
    column->addLayout(buttons);
    setMinimumWidth(metrics.px(440));
    cancel->setFocus();
}

} // namespace bookdesk::pages
