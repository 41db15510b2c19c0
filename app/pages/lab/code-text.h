/// CodeText: lines of code with those to add marked; as high as its lines are.
#pragma once

#include "lab/remedies.h"

#include <QTextEdit>

namespace bookdesk::pages {

/// Read-only. Long lines continue below, set in further than they begin. Only plain text is copied. GUI thread.
class CodeText : public QTextEdit
{
    Q_OBJECT

public:
    explicit CodeText(QWidget *parent = nullptr);

    void setLines(const std::vector<lab::CodeLine> &lines);

protected:
    void resizeEvent(QResizeEvent *event) override;
    QMimeData *createMimeDataFromSelection() const override;

private:
    void formatLines(const std::vector<lab::CodeLine> &lines);
    void fitHeight();
};

} // namespace bookdesk::pages
