#include "pages/token/token-copier.h"

#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

TokenCopier::TokenCopier(QWidget *page)
    : QObject(page)
    , m_page(page)
{
    connect(&m_clipboard, &TokenClipboard::cleared, this, [this] { Q_EMIT said({}); });
}

void TokenCopier::forgetConsent()
{
    ++m_session;
    m_mayCopy = false;
    Q_EMIT said({});
}

void TokenCopier::copy(const Secret &text)
{
    if (m_mayCopy)
        return copyNow(text);
    auto *question = new QMessageBox(QMessageBox::Warning, tr("Copy token"), tr("Copy the token to the clipboard?"),
                                     QMessageBox::Cancel, m_page);
    question->setObjectName(u"confirmCopy"_s);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(
        tr("Anyone who has the token can act as you until it expires, and other programs can read the clipboard. "
           "Bookdesk clears the clipboard after 60 seconds. You are asked only once in this session."));
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *copy = question->addButton(tr("Copy token"), QMessageBox::AcceptRole);
    question->setDefaultButton(QMessageBox::Cancel);
    connect(copy, &QPushButton::clicked, this, [this, text, session = m_session] {
        if (session != m_session)
            return;
        m_mayCopy = true;
        copyNow(text);
    });
    question->open();
}

void TokenCopier::copyNow(const Secret &text)
{
    if (text.isEmpty())
        return;
    m_clipboard.copy(text);
    Q_EMIT said(tr("The token was copied; the clipboard is cleared in 60 s."));
}

} // namespace bookdesk::pages
