#include "sandbox/device-pages.h"

#include "core/text.h"
#include "sandbox/page-layout.h"
#include "sandbox/pages.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SandboxDevicePages)
};

constexpr qsizetype longestShown = 40;

Response endPage(const QString &headline)
{
    return framedPage(
        {200, headline,
         u"<h1>%1</h1>\n<p>%2</p>\n"_s.arg(
             escaped(headline), escaped(Texts::tr("Close this page and return to the device that showed the code.")))});
}

} // namespace

Response deviceCodePage(const DeviceCodePage &page)
{
    const QString shown = visible(shortened(page.refused, longestShown));
    QString body = u"<h1>%1</h1>\n<p class=\"muted\">%2</p>\n"_s.arg(
        escaped(Texts::tr("Type the code")),
        escaped(Texts::tr("Your other device shows it. Never type a code that somebody sent you: it would sign "
                          "that person in as you.")));
    if (!page.refused.isEmpty())
        body += u"<p class=\"bad\">%1</p>\n"_s.arg(
            escaped(Texts::tr("No device waits for the code “%1”. It may have expired.").arg(shown)));
    body +=
        u"<form method=\"post\" action=\"%1\">\n<p><label>%2 <input type=\"text\" name=\"user_code\" value=\"%3\" "
        "autocomplete=\"off\" required autofocus></label></p>\n<button type=\"submit\">%4</button>\n</form>\n"_s.arg(
            escaped(page.action), escaped(Texts::tr("Code")), escaped(shown), escaped(Texts::tr("Next")));
    return framedPage({200, Texts::tr("Sign in on another device"), body});
}

Response deviceSignInPage(const DeviceSignInPage &page)
{
    SignInPage signIn{page.action, page.userCode, page.personas, {}, page.scopes};
    signIn.requestName = u"user_code"_s;
    return signInPage(signIn);
}

Response deviceDonePage() { return endPage(Texts::tr("You are signed in on your other device")); }

Response deviceDeclinedPage() { return endPage(Texts::tr("You have declined, and nobody is signed in")); }

} // namespace bookdesk::sandbox
