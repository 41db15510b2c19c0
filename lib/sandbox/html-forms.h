/// readForms: finds the forms in an HTML page, as far as a sign-in needs them.
#pragma once

#include <QByteArray>
#include <QString>

#include <utility>
#include <vector>

namespace bookdesk::sandbox {

/// One form. Texts have their entities decoded. Any thread.
struct HtmlForm
{
    QString action;                                   ///< As written: possibly relative, empty for the page itself.
    QByteArray method;                                ///< "get" or "post".
    std::vector<std::pair<QString, QString>> fields;  ///< Inputs that are sent with every button.
    std::vector<std::pair<QString, QString>> buttons; ///< Submit buttons that have a name.
    bool submitsItself = false;                       ///< A script of the page submits its forms.
};

/// Tolerates everything and skips what it does not understand.
std::vector<HtmlForm> readForms(const QString &html);

/// `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;` and numeric references; others stay as they are.
QString decodedEntities(const QString &text);

} // namespace bookdesk::sandbox
