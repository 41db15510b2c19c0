#include "core/address-text.h"
#include "core/redaction.h"
#include "net/errors.h"
#include "net/exchange-log.h"
#include "pages/activity/activity-page.h"
#include "pages/activity/exchanges-table.h"
#include "pages/activity/running-strip.h"
#include "tour/chapters.h"
#include "tour/scenes.h"
#include "tour/stage.h"
#include "widgets/banner.h"
#include "widgets/outcome-panel.h"
#include "window/main-window.h"

#include <QCoreApplication>

namespace bookdesk::tour {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using books::OutcomeKind;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Tour)
};

pages::ActivityPage &page(Stage &stage) { return stage.window().page<pages::ActivityPage>(); }

void showEmpty(Stage &stage)
{
    startSandbox(stage);
    stage.window().showPage(u"activity"_s);
    stage.expect(Texts::tr("nothing has been sent"),
                 [&stage] { return page(stage).isVisible() && page(stage).table().shown() == 0; });
}

void showRefusal(Stage &stage)
{
    stage.window().showPage(u"books"_s);
    stage.signInAs(u"riley"_s);
    selectFirstBook(stage);
    tryToDelete(stage);
    expectOutcome(stage, OutcomeKind::roleMissing);
    stage.click(u"showExchange"_s);
    stage.expect(Texts::tr("the refused deletion is selected"), [&stage] {
        const net::Exchange *selected = page(stage).table().selected();
        return page(stage).isVisible() && selected && selected->status == 403;
    });
}

/// An exchange as the log would have it. It begins now, because the list is in the order of the beginnings.
net::Exchange begun(Stage &stage, const QByteArray &method, const QString &path)
{
    net::Exchange exchange;
    exchange.started = systemNow();
    exchange.method = method;
    exchange.url = stage.workspace().desk()->connection().apiBaseUrl.toString(QUrl::FullyEncoded) + path;
    exchange.requestHeaders = {{"Authorization"_ba, redactedHeader(u"Authorization", "Bearer of the tour"_ba).toUtf8()},
                               {"Accept"_ba, "application/json"_ba},
                               {"User-Agent"_ba, "Bookdesk/"_ba + BOOKDESK_VERSION}};
    exchange.patience = 20s;
    exchange.milestones = {12ms, {}, 26ms, {}};
    return exchange;
}

void showTimeOut(Stage &stage)
{
    net::ExchangeLog &log = stage.workspace().desk()->exchanges();
    net::Exchange exchange = begun(stage, "GET"_ba, u"/api/v1/books"_s);
    exchange.id = log.begin(exchange);
    exchange.duration = 20s;
    exchange.failure = Texts::tr("%1 did not answer in time.").arg(hostText(QUrl(exchange.url)));
    exchange.failureCode = u"net.timed-out"_s;
    log.end(exchange);
    page(stage).showExchange(exchange.id, Texts::tr("Books"));
    stage.expect(Texts::tr("nothing is running"), [&stage] { return !page(stage).strip().isVisible(); });
}

void showRunning(Stage &stage)
{
    const auto id = stage.workspace().desk()->exchanges().begin(begun(stage, "DELETE"_ba, u"/api/v1/books/bk-0003"_s));
    page(stage).showExchange(id, Texts::tr("Books"));
    stage.expect(Texts::tr("the strip shows what is running"),
                 [&stage] { return page(stage).strip().isVisible() && page(stage).table().selected()->isUnderWay(); });
}

void cancelRunning(Stage &stage)
{
    net::Exchange exchange = *page(stage).table().selected();
    stage.click(u"cancelExchange"_s);
    // What the network would do: nothing is really under way.
    exchange.duration = std::chrono::duration_cast<std::chrono::milliseconds>(systemNow() - exchange.started);
    exchange.failure = Texts::tr("The request was stopped.");
    exchange.failureCode = net::errors::stopped.toString();
    stage.workspace().desk()->exchanges().end(exchange);
    stage.expect(Texts::tr("the fate of the deletion is unknown"), [&stage] {
        return page(stage).notice().isVisible() && page(stage).notice().kind() == widgets::Kind::warn &&
               !page(stage).table().selected()->isUnderWay() && !page(stage).strip().isVisible();
    });
}

void saveToNowhere(Stage &stage)
{
    page(stage).saveHarTo(u"/nowhere/bookdesk.har"_s);
    stage.expect(Texts::tr("the file cannot be written"), [&stage] {
        return page(stage).notice().isVisible() && page(stage).notice().kind() == widgets::Kind::bad;
    });
}

void filterAll(Stage &stage)
{
    stage.write(u"activityFilter"_s, u"nothing like that"_s);
    stage.expect(Texts::tr("no row matches"), [&stage] { return page(stage).table().shown() == 0; });
}

} // namespace

Chapter activityChapter()
{
    return {
        {u"activity-empty"_s, Texts::tr("Activity before anything was sent"), showEmpty},
        {u"activity"_s, Texts::tr("A refused deletion in Activity"), showRefusal},
        {u"activity-time-out"_s, Texts::tr("A request without an answer"), showTimeOut},
        {u"activity-running"_s, Texts::tr("A request under way"), showRunning},
        {u"activity-cancelled"_s, Texts::tr("A deletion that was stopped"), cancelRunning},
        {u"activity-not-saved"_s, Texts::tr("An archive that cannot be written"), saveToNowhere},
        {u"activity-filtered"_s, Texts::tr("A filter that hides all exchanges"), filterAll},
    };
}

} // namespace bookdesk::tour
