/// SearchField: a line to search with, its shortcut shown while it is empty.
#pragma once

#include <QLineEdit>

class QLabel;

namespace bookdesk::widgets {

/// GUI thread.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    /// @param purpose the place-holder and the accessible name: "Search title, author, ISBN".
    explicit SearchField(const QString &purpose, QWidget *parent = nullptr);

    /// Puts the focus here, all text selected, on this key while the field is visible.
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
