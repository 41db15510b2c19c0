#include "pages/token/paste-field.h"

#include <QKeyEvent>
#include <QMimeData>

namespace bookdesk::pages {

PasteField::PasteField(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setPlaceholderText(tr("Paste a token or drop a file here"));
    setAccessibleName(tr("Paste a token or drop a file here"));
    setTabChangesFocus(true);
    setContextMenuPolicy(Qt::NoContextMenu);
}

bool PasteField::canInsertFromMimeData(const QMimeData *source) const { return source->hasText() || source->hasUrls(); }

void PasteField::insertFromMimeData(const QMimeData *source) { Q_EMIT received(source); }

/// Nobody types a token.
void PasteField::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Paste))
        QPlainTextEdit::keyPressEvent(event);
    else
        event->ignore();
}

} // namespace bookdesk::pages
