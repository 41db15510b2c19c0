#include "pages/signin/page-text-field.h"

#include "pages/signin/page-text-marks.h"

#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QTextCursor>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

namespace {

constexpr std::chrono::milliseconds restBeforeReading{300};

} // namespace

PageTextField::PageTextField(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_marks(new PageTextMarks(*this))
{
    setAccessibleName(tr("What the browser's page says"));
    setTabChangesFocus(true);
    m_rest.setObjectName(u"pauseBeforeReading"_s);
    m_rest.setSingleShot(true);
    m_rest.setInterval(restBeforeReading);
    connect(&m_rest, &QTimer::timeout, this, &PageTextField::read);
    connect(this, &QPlainTextEdit::textChanged, &m_rest, qOverload<>(&QTimer::start));
}

void PageTextField::pasteFromClipboard()
{
    selectAll();
    insertFromMimeData(QApplication::clipboard()->mimeData());
    setFocus(Qt::OtherFocusReason);
}

void PageTextField::reset()
{
    setPlainText({});
    m_rest.stop();
    m_page = {};
    m_marks->setMarks({});
}

/// The rest of a huge clipboard is not even copied. One more character than is read shows that there was more.
void PageTextField::insertFromMimeData(const QMimeData *source)
{
    if (source && source->hasText())
        textCursor().insertText(source->text().left(identity::BrowserPage::mostCharacters + 1));
}

void PageTextField::read()
{
    const QString text = toPlainText();
    // Cutting and marking the text are changes, too. Read again, it would not show that there was more.
    if (text == m_page.text)
        return;
    m_page = identity::readBrowserPage(text);
    if (m_page.text != text) {
        const int position = textCursor().position();
        setPlainText(m_page.text); // It cannot be undone, so that no secret comes back.
        QTextCursor cursor = textCursor();
        cursor.setPosition(std::min(position, static_cast<int>(m_page.text.size())));
        setTextCursor(cursor);
    }
    m_marks->setMarks(m_page.marks);
    Q_EMIT pageRead();
}

} // namespace bookdesk::pages
