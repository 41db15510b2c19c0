#include "sandbox/pages.h"

#include "core/text.h"
#include "sandbox/page-layout.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SandboxPages)
};

/// The client listens on loopback, on a port of its own.
constexpr const char *clientListener = "http://localhost:*";

QString paragraph(const QString &text, const QString &cssClass = {})
{
    return cssClass.isEmpty() ? u"<p>%1</p>\n"_s.arg(escaped(text))
                              : u"<p class=\"%1\">%2</p>\n"_s.arg(cssClass, escaped(text));
}

QString heading(const QString &text) { return u"<h1>%1</h1>\n"_s.arg(escaped(text)); }

QString hiddenField(const QString &name, const QString &value)
{
    return u"<input type=\"hidden\" name=\"%1\" value=\"%2\">\n"_s.arg(escaped(name), escaped(value));
}

bool isHinted(const Persona &persona, const QString &hint)
{
    return hint.compare(persona.userName, Qt::CaseInsensitive) == 0 ||
           hint.compare(persona.id, Qt::CaseInsensitive) == 0;
}

QString personaButton(const Persona &persona, bool hinted)
{
    return u"<button class=\"persona%1\" type=\"submit\" name=\"persona\" value=\"%2\"%3><strong>%4</strong>"
           "<span class=\"muted\">%5</span><span>%6</span></button>\n"_s.arg(
               hinted ? u" hinted"_s : QString(), escaped(persona.id), hinted ? u" autofocus"_s : QString(),
               escaped(persona.name), escaped(persona.userName), escaped(persona.about));
}

/// What consenting to a scope allows; empty where the tenant has no words for it.
QString allowedBy(const QString &scope)
{
    if (scope == "openid"_L1)
        return Texts::tr("Sign you in");
    if (scope == "profile"_L1)
        return Texts::tr("See your name");
    if (scope == "email"_L1)
        return Texts::tr("See your email address");
    if (scope == "offline_access"_L1)
        return Texts::tr("Keep what you allow until you take it back");
    if (scope == "Books.Read"_L1)
        return Texts::tr("Read books in your name");
    if (scope == "Books.Write"_L1)
        return Texts::tr("Change books in your name");
    return {};
}

/// A line for each scope.
QString askedList(const AskedScopes &scopes)
{
    QString items;
    for (const QString &scope : scopes.oidc + scopes.api)
        items += u"<li><code>%1</code> %2</li>\n"_s.arg(escaped(visible(scope)), escaped(allowedBy(scope)));
    return u"<ul>\n%1</ul>\n"_s.arg(items);
}

} // namespace

Response signInPage(const SignInPage &page)
{
    QString body =
        heading(page.asksForConsent ? Texts::tr("Permissions requested") : Texts::tr("Sign in")) +
        paragraph(Texts::tr("Bookdesk's Sandbox, a tenant on this computer. Nobody here is real."), u"muted"_s) +
        u"<form method=\"post\" action=\"%1\">\n"_s.arg(escaped(page.action)) +
        hiddenField(page.requestName, page.requestId);
    for (const Persona &persona : page.personas)
        body += personaButton(persona, isHinted(persona, page.loginHint));
    body += u"<h2>%1</h2>\n"_s.arg(escaped(Texts::tr("The application asks for"))) + askedList(page.scopes) +
            u"<button type=\"submit\" name=\"decline\" value=\"1\">%1</button>\n</form>\n"_s.arg(
                escaped(Texts::tr("Decline"))) +
            u"<footer><a href=\"/control\">%1</a></footer>\n"_s.arg(escaped(Texts::tr("Roles, faults and keys")));
    return framedPage({200, Texts::tr("Sign in to the Sandbox"), body, {}, {}, clientListener});
}

Response formPostPage(const QString &target, const std::vector<std::pair<QByteArray, QByteArray>> &fields)
{
    static const QByteArray script = "document.forms[0].submit();";
    QString inputs;
    for (const auto &[name, value] : fields)
        inputs += hiddenField(QString::fromUtf8(name), QString::fromUtf8(value));
    const QString body =
        u"<form method=\"post\" name=\"hiddenform\" action=\"%1\">\n%2<noscript>\n%3"
        "<button type=\"submit\">%4</button>\n</noscript>\n</form>\n<script>%5</script>\n"_s.arg(
            escaped(target), inputs,
            paragraph(Texts::tr("Scripts are off in this browser. Continue to return to the application.")),
            escaped(Texts::tr("Continue")), QString::fromLatin1(script));
    return framedPage({200, Texts::tr("Working…"), body, {}, contentHash(script), clientListener});
}

Response failurePage(const OAuthFailure &failure, const FailureTrace &trace)
{
    const QString body =
        heading(Texts::tr("This sign-in cannot continue")) +
        paragraph(visible(u"AADSTS%1: %2"_s.arg(QString::number(failure.number), failure.text)), u"bad"_s) +
        paragraph(u"Request Id: "_s + trace.traceId) + paragraph(u"Correlation Id: "_s + trace.correlationId) +
        paragraph(u"Timestamp: "_s + trace.timestamp) +
        paragraph(Texts::tr("The application is not informed. Close this page and return to it."));
    return framedPage({failure.status, Texts::tr("Sign-in error"), body});
}

Response signedOutPage(bool isOut)
{
    const QString title = isOut ? Texts::tr("You have signed out") : Texts::tr("Nobody was signed out");
    const QString body =
        heading(title) +
        paragraph(isOut ? Texts::tr("It is a good idea to close all windows of the browser.")
                        : Texts::tr("The account that was to be signed out is not signed in in this browser."));
    return framedPage({200, title, body});
}

} // namespace bookdesk::sandbox
