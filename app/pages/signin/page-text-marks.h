/// PageTextMarks: shows in a pasted page what was recognized.
#pragma once

#include "identity/browser-page.h"

#include <QSyntaxHighlighter>

#include <vector>

class QPlainTextEdit;

namespace bookdesk::pages {

/// What was recognized is bold, the number on a ground of its own. Follows the theme. GUI thread; belongs to the text.
class PageTextMarks : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    explicit PageTextMarks(QPlainTextEdit &text);

    /// @p marks by the characters of the whole text.
    void setMarks(std::vector<identity::PageMark> marks);

    bool eventFilter(QObject *text, QEvent *event) override;

protected:
    void highlightBlock(const QString &line) override;

private:
    std::vector<identity::PageMark> m_marks;
};

} // namespace bookdesk::pages
