#include "pages/connections/authorities-field.h"

#include "core/off-thread.h"
#include "identity/connection-members.h"
#include "net/trusted-url.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"
#include "widgets/tab-order.h"

#include <QCoroTask>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <functional>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using Certificates = QList<QSslCertificate>;
using widgets::ButtonLook;
using widgets::Look;

AuthoritiesField::AuthoritiesField(QWidget *parent)
    : QWidget(parent)
    , m_text(new widgets::ValueLabel({}, Look::small, this))
    , m_choose(widgets::pushButton(tr("Choose a PEM file…"), u"file"_s, ButtonLook::plain, this))
    , m_remove(widgets::pushButton(tr("Remove"), {}, ButtonLook::plain, this))
{
    m_text->setObjectName(u"extraCa"_s);
    m_text->setWordWrap(true);
    m_choose->setObjectName(u"chooseCa"_s);
    m_choose->setAccessibleName(tr("Choose a PEM file with the extra CA"));
    m_remove->setObjectName(u"removeCa"_s);
    m_remove->setAccessibleName(tr("Remove the extra CA"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_choose);
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::metricsOf(*this).px(4));
    column->addLayout(buttons);
    column->addWidget(m_text);
    connect(m_choose, &QPushButton::clicked, this, &AuthoritiesField::choose);
    connect(m_remove, &QPushButton::clicked, this, &AuthoritiesField::remove);
    setCertificates({});
}

void AuthoritiesField::setCertificates(const Certificates &certificates)
{
    m_certificates = certificates;
    const QString text = certificates.isEmpty() ? tr("none: the system's certificates only")
                                                : net::certificateLines(certificates).join(u'\n');
    static_cast<widgets::ValueLabel *>(m_text)->setBreakableText(text);
    if (certificates.isEmpty() && m_remove->hasFocus())
        m_choose->setFocus(Qt::OtherFocusReason);
    m_remove->setVisible(!certificates.isEmpty());
}

void AuthoritiesField::setReadOnly(bool isReadOnly)
{
    m_choose->setVisible(!isReadOnly);
    m_remove->setVisible(!isReadOnly && !m_certificates.isEmpty());
}

void AuthoritiesField::choose()
{
    auto *dialog = new QFileDialog(this, tr("Extra CA"), {}, tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
    dialog->setObjectName(u"caDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &AuthoritiesField::load);
    dialog->open();
}

void AuthoritiesField::load(const QString &path)
{
    m_choose->setEnabled(false);
    const std::function<Result<Certificates>()> work = [path] { return identity::readAuthorities(path); };
    QCoro::connect(offThread<Result<Certificates>>(work, std::stop_token()), this,
                   [this](const std::optional<Result<Certificates>> &read) {
                       if (read)
                           take(*read);
                   });
}

void AuthoritiesField::take(const Result<Certificates> &read)
{
    m_choose->setEnabled(true);
    Q_EMIT refused(read ? QString() : advised(read.error()));
    if (!read)
        return;
    setCertificates(*read);
    Q_EMIT edited();
}

void AuthoritiesField::remove()
{
    setCertificates({});
    Q_EMIT refused({});
    Q_EMIT edited();
}

} // namespace bookdesk::pages
