/// BodyText: the body of a response, with the colours of JSON.
#pragma once

#include <QPlainTextEdit>
#include <QString>
#include <QTimer>

namespace bookdesk::widgets {
class JsonColors;
}

namespace bookdesk::pages {

/// Read-only. A large text comes piece by piece, because laying it out at once would hold up the window. GUI thread.
class BodyText : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit BodyText(QWidget *parent = nullptr);

    /// @param text with lines that are not too long.
    void show(const QString &text, bool isJson);
    bool isComplete() const { return m_rest.isEmpty(); }

private:
    QString nextPiece();
    void appendPiece();

    widgets::JsonColors *m_colors;
    QString m_rest; ///< What is not shown yet.
    QTimer m_timer;
};

} // namespace bookdesk::pages
