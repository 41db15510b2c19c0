#include "pages/token/report-view.h"

#include "core/off-thread.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"
#include "widgets/report-dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

namespace {

/// Why it could not be written; empty where it was.
QString problemOfWriting(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
    return isWritten ? QString() : file.errorString();
}

} // namespace

ReportView::ReportView(QWidget *parent)
    : SubPage(tr("Report"), tr("without values that name a person, and without signatures"), parent)
    , m_text(new QPlainTextEdit(this))
    , m_outcome(widgets::label({}, widgets::Look::muted, this))
{
    m_text->setObjectName(u"report"_s);
    m_text->setAccessibleName(tr("Report"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setFont(style::monoFont(QApplication::font()));
    auto *copy = widgets::pushButton(tr("Copy"), u"copy"_s, widgets::ButtonLook::plain, this);
    copy->setObjectName(u"copyReport"_s);
    auto *save = widgets::pushButton(tr("Save…"), u"export"_s, widgets::ButtonLook::plain, this);
    save->setObjectName(u"saveReport"_s);
    addAction(copy);
    addAction(save);
    body()->addWidget(m_outcome);
    body()->addWidget(m_text, 1);
    connect(copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_text->toPlainText());
        say(tr("The report was copied."));
    });
    connect(save, &QPushButton::clicked, this, &ReportView::askWhereToSave);
}

void ReportView::setReport(const SharedReport &report)
{
    m_report = report;
    m_text->setPlainText(report.markdown);
    m_outcome->hide();
}

void ReportView::say(const QString &text)
{
    m_outcome->setText(text);
    m_outcome->show();
    widgets::announce(*m_outcome, text);
}

void ReportView::askWhereToSave()
{
    QFileDialog *dialog = widgets::reportDialog(tr("Save report"), m_report.fileName + u".md"_s, this);
    connect(dialog, &QFileDialog::fileSelected, this, &ReportView::saveTo);
    dialog->open();
}

void ReportView::saveTo(const QString &path)
{
    const bool isJson = path.endsWith(u".json"_s, Qt::CaseInsensitive);
    const std::function<QString()> work = [path, text = isJson ? m_report.json : m_report.markdown.toUtf8()] {
        return problemOfWriting(path, text);
    };
    QCoro::connect(offThread<QString>(work, std::stop_token()), this, [this](const std::optional<QString> &problem) {
        say(problem && problem->isEmpty() ? tr("The report was saved.")
                                          : tr("The report could not be saved: %1").arg(problem.value_or(QString())));
    });
}

} // namespace bookdesk::pages
