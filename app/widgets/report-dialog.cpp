#include "widgets/report-dialog.h"

#include <QCoreApplication>
#include <QFileDialog>

using namespace Qt::StringLiterals;

namespace bookdesk::widgets {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ReportDialog)
};

} // namespace

QFileDialog *reportDialog(const QString &title, const QString &path, QWidget *parent)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({Texts::tr("Markdown (*.md)"), Texts::tr("JSON (*.json)")});
    dialog->setDefaultSuffix(u"md"_s);
    dialog->selectFile(path);
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.contains(u"*.json"_s) ? u"json"_s : u"md"_s);
    });
    return dialog;
}

} // namespace bookdesk::widgets
