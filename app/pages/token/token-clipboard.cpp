#include "pages/token/token-clipboard.h"

#include "pages/token/concealed-type.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include <memory>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

/// What Qt on Windows writes as the clipboard format @p name.
QString windowsFormat(QLatin1StringView name) { return u"application/x-qt-windows-mime;value=\"%1\""_s.arg(name); }

/// On every system the marks of all: those of others are of no effect.
void markAsSecret(QMimeData &data)
{
    const QByteArray no(4, '\0'); // A DWORD.
    data.setData(u"x-kde-passwordManagerHint"_s, "secret"_ba);
    data.setData(windowsFormat("ExcludeClipboardContentFromMonitorProcessing"_L1), no);
    data.setData(windowsFormat("CanIncludeInClipboardHistory"_L1), no);
    data.setData(windowsFormat("CanUploadToCloudClipboard"_L1), no);
    data.setData(concealedFormat, "secret"_ba);
}

} // namespace

TokenClipboard::TokenClipboard(std::chrono::milliseconds keptFor, QObject *parent)
    : QObject(parent)
{
    knowConcealedFormat();
    connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, this, &TokenClipboard::clear);
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
    markAsSecret(*data);
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
