/// AuthoritiesField: the private CA of a connection: none, or certificates from a PEM file.
#pragma once

#include "core/result.h"

#include <QList>
#include <QSslCertificate>
#include <QString>
#include <QWidget>

class QLabel;
class QPushButton;

namespace bookdesk::pages {

/// The file is read on another thread. GUI thread.
class AuthoritiesField : public QWidget
{
    Q_OBJECT

public:
    explicit AuthoritiesField(QWidget *parent = nullptr);

    void setCertificates(const QList<QSslCertificate> &certificates);
    const QList<QSslCertificate> &certificates() const { return m_certificates; }
    void setReadOnly(bool isReadOnly);
    void load(const QString &path);

Q_SIGNALS:
    /// The person has chosen others, or none.
    void edited();
    /// The file that was chosen cannot be used; what was there before stays. Empty for none.
    void refused(const QString &reason);

private:
    void choose();
    void take(const Result<QList<QSslCertificate>> &read);
    void remove();

    QList<QSslCertificate> m_certificates;
    QLabel *m_text;
    QPushButton *m_choose;
    QPushButton *m_remove;
};

} // namespace bookdesk::pages
