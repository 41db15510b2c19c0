#include "pages/lab/left-out-dialog.h"

#include "core/text.h"

#include <QCoreApplication>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(LeftOutDialog)
};

constexpr qsizetype longestText = 4'000;

QString leftOutText(const lab::OpenApiRules &rules)
{
    QStringList lines;
    for (const lab::LeftOut &entry : rules.leftOut)
        lines += Texts::tr("%1: %2").arg(entry.what, entry.why);
    if (rules.moreLeftOut > 0)
        lines += Texts::tr("And %1 more.").arg(rules.moreLeftOut);
    return lines.join(u'\n');
}

} // namespace

void showLeftOut(const lab::OpenApiRules &rules, QWidget *parent)
{
    auto *box =
        new QMessageBox(QMessageBox::Information, Texts::tr("Left out of the rules"),
                        Texts::tr("These parts of the API's /openapi.json are not used."), QMessageBox::Close, parent);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(u"leftOutDialog"_s);
    box->setInformativeText(shortened(leftOutText(rules), longestText));
    box->open();
}

} // namespace bookdesk::pages
