// `copy-and-quit unchanged|changed` copies a token, may copy something else, quits, and prints what is left on the
// clipboard then.
#include "pages/token/token-clipboard.h"

#include <QApplication>
#include <QClipboard>
#include <QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace bookdesk;

int main(int count, char **arguments)
{
    QApplication application(count, arguments);
    pages::TokenClipboard clipboard;
    clipboard.copy(Secret("a token"));
    if (QApplication::clipboard()->text() != u"a token"_s)
        return 1;
    if (QApplication::arguments().contains(u"changed"_s))
        QApplication::clipboard()->setText(u"something else"_s);
    QTimer::singleShot(0, &application, &QApplication::quit);
    QApplication::exec();
    std::fputs(QApplication::clipboard()->text().toUtf8().constData(), stdout);
    return 0;
}
