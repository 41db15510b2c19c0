#include "widgets/question-dialog.h"

#include "style/metrics.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::widgets {

QuestionDialog::QuestionDialog(const Question &question, QWidget *details, QWidget *parent)
    : QDialog(parent)
{
    const style::Metrics metrics = style::metricsOf(*this);
    setWindowTitle(question.title);
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleDescription(question.text);
    QLabel *text = label(question.text, Look::muted, this);
    text->setWordWrap(true);
    auto *cancel = pushButton(tr("Cancel"), {}, ButtonLook::plain, this);
    cancel->setObjectName(u"cancel"_s);
    cancel->setDefault(true);
    auto *confirm = pushButton(question.confirm, question.icon, question.look, this);
    confirm->setObjectName(u"confirm"_s);
    connect(confirm, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(confirm);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.px(20), metrics.px(16), metrics.px(20), metrics.px(16));
    column->setSpacing(metrics.gap());
    column->addWidget(label(question.question, Look::section, this));
    column->addWidget(text);
    if (details)
        column->addWidget(details);
    column->addStretch(1);
    column->addLayout(buttons);
    const int width = metrics.px(440);
    setMinimumWidth(width);
    // The layout's own guess is made for narrower text, which takes more lines.
    resize(width, column->totalHeightForWidth(width));
    cancel->setFocus();
}

} // namespace bookdesk::widgets
