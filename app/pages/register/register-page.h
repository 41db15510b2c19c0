/// RegisterPage: writes out what an administrator needs to make both registrations in Entra.
#pragma once

#include "pages/register/script-view.h"
#include "pages/register/tenant-state.h"
#include "registration/plan.h"

#include <QTimer>
#include <QWidget>

class QPushButton;

namespace bookdesk::widgets {
class PageHeader;
}

namespace bookdesk::pages {

class RegisterForm;

/// A page on top of another one; *Back* and Esc leave it. The texts follow the form after 300 ms. GUI thread.
class RegisterPage : public QWidget
{
    Q_OBJECT

public:
    explicit RegisterPage(QWidget *parent = nullptr);
    ~RegisterPage() override;

    /// Starts over.
    void begin(const registration::Plan &plan);
    RegisterForm &form() { return *m_form; }
    ScriptView &scripts() { return *m_scripts; }
    /// Writes a connection file on another thread, and says how that went.
    void saveConnectionTo(const QString &path, const QByteArray &text);

Q_SIGNALS:
    void left();
    /// A tenant was entered that may be looked up; it is a domain name or an ID.
    void tenantAsked(const registration::Plan &plan);
    void tenantCancelled();

private:
    void makeHeader(widgets::PageHeader &header);
    void follow();
    void askForIds();
    void askWhereToSave(const QByteArray &text);

    RegisterForm *m_form;
    ScriptView *m_scripts;
    QPushButton *m_save;
    QTimer m_wait;
};

} // namespace bookdesk::pages
