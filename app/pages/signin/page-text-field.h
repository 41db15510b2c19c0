/// PageTextField: a field for the text of the browser's error page that marks the number, the IDs and the time.
#pragma once

#include "identity/browser-page.h"

#include <QPlainTextEdit>
#include <QTimer>

namespace bookdesk::pages {

class PageTextMarks;

/// Reads its text once it has not changed for a moment; codes and tokens are then cut out. GUI thread.
class PageTextField : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit PageTextField(QWidget *parent = nullptr);

    void pasteFromClipboard();
    /// Forgets the text.
    void reset();

    const identity::BrowserPage &page() const { return m_page; }

Q_SIGNALS:
    void pageRead();

protected:
    void insertFromMimeData(const QMimeData *source) override;

private:
    void read();

    identity::BrowserPage m_page;
    PageTextMarks *m_marks;
    QTimer m_rest{this};
};

} // namespace bookdesk::pages
