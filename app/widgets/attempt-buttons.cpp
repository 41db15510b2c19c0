#include "widgets/attempt-buttons.h"

#include "widgets/announcement.h"
#include "widgets/banner.h"
#include "workspace/desk.h"

#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QPointer>
#include <QPushButton>

#include <functional>

using namespace Qt::StringLiterals;

namespace bookdesk::widgets {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(AttemptButtons)
};

using WithAttempt = std::function<void(identity::SignIn &)>;

void openAgain(Banner &banner, identity::SignIn &attempt)
{
    attempt.openAgain().failure().whenSet([banner = QPointer(&banner)](const std::optional<Error> &error) {
        if (banner && error)
            announce(*banner, advised(*error));
    });
}

/// For as long as the attempt lasts.
void onClick(QPushButton &button, workspace::Desk &desk, const WithAttempt &act)
{
    QObject::connect(&button, &QPushButton::clicked, &button, [desk = QPointer(&desk), act] {
        if (desk && desk->attempt())
            act(*desk->attempt());
    });
}

} // namespace

void addAttemptButtons(Banner &banner, workspace::Desk &desk)
{
    QPushButton *cancel = banner.addButton(Texts::tr("Cancel"), u"stop"_s);
    cancel->setObjectName(u"cancelAttempt"_s);
    QObject::connect(cancel, &QPushButton::clicked, &desk, &workspace::Desk::cancelSignIn);
    if (!desk.attempt() || !desk.attempt()->hasLink())
        return;
    QPushButton *again = addOpenAgainButton(banner);
    again->setObjectName(u"openAttemptAgain"_s);
    onClick(*again, desk, [&banner](identity::SignIn &attempt) { openAgain(banner, attempt); });
    QPushButton *link = addLinkButton(banner);
    link->setObjectName(u"copyAttemptLink"_s);
    onClick(*link, desk, [&banner](identity::SignIn &attempt) { announce(banner, copyLink(attempt.newLink())); });
}

QPushButton *addOpenAgainButton(Banner &banner) { return banner.addButton(Texts::tr("Open again"), u"browser"_s); }

QPushButton *addLinkButton(Banner &banner)
{
    QPushButton *link = banner.addButton(Texts::tr("Link"), u"copy"_s);
    describeLinkButton(*link);
    return link;
}

void describeLinkButton(QPushButton &link)
{
    link.setAccessibleName(Texts::tr("Copy the link"));
    link.setToolTip(Texts::tr("Copies a new link, for another browser on this computer. It works once."));
}

QString copyLink(const QUrl &link)
{
    QApplication::clipboard()->setText(link.toString(QUrl::FullyEncoded));
    return Texts::tr("Link copied. Open it in a browser on this computer.");
}

} // namespace bookdesk::widgets
