/// readForms: finds the forms of an HTML page, as much of it as a sign-in needs.
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
    std::vector<std::pair<QString, QString>> fields;  ///< Inputs that are sent whatever is clicked.
    std::vector<std::pair<QString, QString>> buttons; ///< Submit buttons that have a name.
    bool submitsItself = false;                       ///< A script of the page submits its forms.
};

/// Tolerates everything; what it does not understand it leaves out.
std::vector<HtmlForm> readForms(const QString &html);

/// `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;` and numeric references; others stay as they are.
QString decodedEntities(const QString &text);

} // namespace bookdesk::sandbox
