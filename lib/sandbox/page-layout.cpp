#include "sandbox/page-layout.h"

#include <QCoreApplication>
#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SandboxPageLayout)
};

const QByteArray &style()
{
    static const QByteArray css = R"css(
:root { color-scheme: light dark; --bg: #f3f5f8; --surface: #fff; --line: #d5dbe3; --control: #7d8896; --text: #18202b;
  --muted: #566273; --accent: #0b5cad; --on-accent: #fff; --accent-bg: #e6f0fa; --bad: #b3261e; --bad-bg: #fcebe9; }
@media (prefers-color-scheme: dark) { :root { --bg: #1a1e23; --surface: #22272e; --line: #3b434d; --control: #77828f;
  --text: #e7ebf0; --muted: #a3aebb; --accent: #6fb1fb; --on-accent: #0d1117; --accent-bg: #1d3247; --bad: #ff9088;
  --bad-bg: #42211f; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 32px 16px; background: var(--bg); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 560px; margin: 0 auto; padding: 24px; background: var(--surface); border: 1px solid var(--line);
  border-radius: 8px; }
h1 { margin: 0 0 4px; font-size: 1.5em; font-weight: 600; line-height: 1.25; }
h2 { margin: 24px 0 8px; font-size: 1em; font-weight: 600; }
p { margin: 0 0 12px; }
ul { margin: 0 0 12px; padding-left: 20px; }
code { font: 0.92em ui-monospace, monospace; overflow-wrap: anywhere; }
a { color: var(--accent); }
button { font: inherit; color: var(--text); background: var(--surface); border: 1px solid var(--control);
  border-radius: 6px; padding: 8px 12px; cursor: pointer; }
button:hover { background: var(--accent-bg); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button.persona { display: block; width: 100%; margin: 0 0 8px; text-align: left; }
button.persona strong, button.persona span { display: block; }
button.hinted { border: 2px solid var(--accent); background: var(--accent-bg); }
.muted { color: var(--muted); }
.bad { color: var(--bad); background: var(--bad-bg); border-radius: 6px; padding: 8px 12px; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 8px 8px 8px 0; border-top: 1px solid var(--line); text-align: left; vertical-align: middle; }
th { font-weight: 400; }
td { text-align: right; white-space: nowrap; }
footer { margin-top: 24px; font-size: 0.92em; color: var(--muted); }
)css";
    return css;
}

QByteArray policy(const PageFrame &frame)
{
    QByteArray directives = "default-src 'none'; style-src '" + contentHash(style()) +
                            "'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
    if (!frame.formTargets.isEmpty())
        directives += ' ' + frame.formTargets;
    if (!frame.scriptHash.isEmpty())
        directives += "; script-src '" + frame.scriptHash + '\'';
    return directives;
}

} // namespace

QString escaped(const QString &text)
{
    QString safe = text.toHtmlEscaped();
    safe.replace(u'\'', u"&#39;"_s);
    return safe;
}

Response framedPage(const PageFrame &frame)
{
    //: The language code of the pages that the Sandbox shows, such as "en" or "de".
    const QString language = Texts::tr("en");
    const QString html =
        u"<!DOCTYPE html>\n<html lang=\"%5\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>%1</title>\n%2<style>%3</style>\n</head>\n<body>\n<main>\n%4</main>\n</body>\n</html>\n"_s;
    return pageResponse(
        frame.status,
        html.arg(escaped(frame.title), frame.head, QString::fromLatin1(style()), frame.body, escaped(language)),
        policy(frame));
}

QByteArray contentHash(const QByteArray &content)
{
    return "sha256-" + QCryptographicHash::hash(content, QCryptographicHash::Sha256).toBase64();
}

} // namespace bookdesk::sandbox
