#include "pages/token/token-clipboard.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include <memory>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

TokenClipboard::TokenClipboard(std::chrono::milliseconds keptFor, QObject *parent)
    : QObject(parent)
{
    m_end.setSingleShot(true);
    m_end.setInterval(keptFor);
    connect(&m_end, &QTimer::timeout, this, [this] {
        clear();
        Q_EMIT cleared();
    });
}

TokenClipboard::~TokenClipboard() { clear(); }

void TokenClipboard::copy(const Secret &token)
{
    auto data = std::make_unique<QMimeData>();
    data->setText(QString::fromLatin1(token.reveal()));
    data->setData(u"x-kde-passwordManagerHint"_s, "secret"_ba);
    QGuiApplication::clipboard()->setMimeData(data.release());
    m_token = token;
    m_end.start();
}

void TokenClipboard::clear()
{
    m_end.stop();
    if (m_token.isEmpty() || !QGuiApplication::instance())
        return;
    QClipboard *clipboard = QGuiApplication::clipboard();
    if (Secret::taking(clipboard->text().toLatin1()) == m_token)
        clipboard->clear();
    m_token = {};
}

} // namespace bookdesk::pages
