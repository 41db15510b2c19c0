#include "widgets/signed-out-hint.h"

#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::widgets {

SignedOutHint::SignedOutHint(const QString &text, QWidget *parent)
    : QWidget(parent)
{
    QPushButton *signIn = pushButton(tr("Go to sign-in"), u"sign-in"_s, ButtonLook::primary, this);
    signIn->setObjectName(u"goToSignIn"_s);
    connect(signIn, &QPushButton::clicked, this, &SignedOutHint::signInAsked);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(style::metricsOf(*this).gap());
    column->addStretch(1);
    column->addWidget(label(tr("Nobody is signed in"), Look::section, this), 0, Qt::AlignHCenter);
    column->addWidget(label(text, Look::muted, this), 0, Qt::AlignHCenter);
    column->addWidget(signIn, 0, Qt::AlignHCenter);
    column->addStretch(2);
}

} // namespace bookdesk::widgets
