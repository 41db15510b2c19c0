/// JsonColors: the colours of indented JSON in a text.
#pragma once

#include <QSyntaxHighlighter>

class QPlainTextEdit;

namespace bookdesk::widgets {

/// Members' names have one colour, numbers and literals another. Follows the theme. GUI thread; belongs to the text.
class JsonColors : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    explicit JsonColors(QPlainTextEdit &text);

    /// For the text that is set next.
    void setJson(bool isJson) { m_isJson = isJson; }

    bool eventFilter(QObject *text, QEvent *event) override;

protected:
    void highlightBlock(const QString &line) override;

private:
    bool m_isJson = false;
};

} // namespace bookdesk::widgets
