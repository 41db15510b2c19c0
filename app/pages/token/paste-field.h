/// PasteField: a field that takes a token or a file by pasting and dropping.
#pragma once

#include <QPlainTextEdit>

class QMimeData;

namespace bookdesk::pages {

/// What it is given goes to received() and is not shown in it. GUI thread.
class PasteField : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit PasteField(QWidget *parent = nullptr);

Q_SIGNALS:
    void received(const QMimeData *data);

protected:
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace bookdesk::pages
