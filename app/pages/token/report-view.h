/// ReportView: a report in Markdown, to be read before it is copied, or saved as Markdown or JSON.
#pragma once

#include "core/result.h"
#include "pages/token/sub-page.h"

#include <QByteArray>
#include <QString>

class QLabel;
class QPlainTextEdit;

namespace bookdesk::pages {

/// A plain value.
struct SharedReport
{
    QString markdown;
    QByteArray json;
    QString fileName; ///< To be saved under, without its ending: "token-report".
};

/// GUI thread.
class ReportView : public SubPage
{
    Q_OBJECT

public:
    explicit ReportView(QWidget *parent = nullptr);

    void setReport(const SharedReport &report);
    /// Writes it on another thread, as JSON where the name ends so, and says how that went.
    void saveTo(const QString &path);

private:
    void askWhereToSave();
    void say(const QString &text);

    SharedReport m_report;
    QPlainTextEdit *m_text;
    QLabel *m_outcome;
};

} // namespace bookdesk::pages
