#include "pages/signin/sign-in-head.h"

#include "style/metrics.h"
#include "widgets/labels.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace bookdesk::pages {

using namespace Qt::StringLiterals;
using widgets::Look;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SignInHead)
};

} // namespace

QWidget *makeSignInHead()
{
    auto *head = new QWidget;
    const style::Metrics metrics = style::metricsOf(*head);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics.px(14));
    auto *mark = new widgets::IconLabel(u"app"_s);
    mark->setLogicalSize(52);
    row->addWidget(mark);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(metrics.px(4));
    texts->addStretch(1);
    texts->addWidget(widgets::label(Texts::tr("Sign in to browse books"), Look::title));
    QLabel *subtitle =
        widgets::label(Texts::tr("You sign in in your own browser. Bookdesk never sees your password."), Look::muted);
    subtitle->setWordWrap(true);
    texts->addWidget(subtitle);
    texts->addStretch(1);
    row->addLayout(texts, 1);
    return head;
}

} // namespace bookdesk::pages
