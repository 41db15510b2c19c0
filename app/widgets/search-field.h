/// SearchField: a field for searching that shows its shortcut while it is empty.
#pragma once

#include <QLineEdit>

class QLabel;

namespace bookdesk::widgets {

/// GUI thread.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    /// @param purpose the placeholder and the accessible name: "Search title, author, ISBN".
    explicit SearchField(const QString &purpose, QWidget *parent = nullptr);

    /// On this key, moves the focus here and selects all text, while the field is visible.
    void setShortcut(const QKeySequence &key);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void placeHint();

    QLabel *m_hint;
};

} // namespace bookdesk::widgets
