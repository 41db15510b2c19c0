// Plays the browser of a persona: `cli-visit-as PERSONA URL` goes through the Sandbox's page and exits.
#include "sandbox/visitor.h"

#include <QCoreApplication>
#include <QCoroTask>

using namespace bookdesk;

int main(int count, char **arguments)
{
    const QCoreApplication application(count, arguments);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() != 3)
        return 2;
    sandbox::Visitor visitor({});
    const auto page = QCoro::waitFor(visitor.visit(QUrl(words.at(2)), {words.at(1), false}));
    return page ? 0 : 1;
}
