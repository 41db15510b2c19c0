#include "jose/base64url.h"
#include "pages/token/claims-card.h"
#include "pages/token/compare-view.h"
#include "pages/token/keys-view.h"
#include "pages/token/report-view.h"
#include "pages/token/token-page.h"
#include "tour/chapters.h"
#include "tour/scenes.h"
#include "tour/stage.h"
#include "widgets/banner.h"
#include "window/main-window.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QLabel>
#include <QListWidget>
#include <QTabBar>

namespace bookdesk::tour {

using namespace Qt::StringLiterals;
using sandbox::Fault;
using sandbox::FaultSpan;
using widgets::Kind;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Tour)
};

void showTab(Stage &stage, pages::TokenPage::Tab tab)
{
    stage.window().page<pages::TokenPage>().findChild<QTabBar *>(u"tokenTabs"_s)->setCurrentIndex(tab);
}

void expectVerdict(Stage &stage, Kind kind)
{
    stage.expect(Texts::tr("the token page gives its verdict"), [&stage, kind] {
        const pages::TokenPage &page = stage.window().page<pages::TokenPage>();
        return page.isVisible() && page.verdict().isVisible() && page.verdict().kind() == kind;
    });
}

void showAccessToken(Stage &stage)
{
    showBooksOf(stage, u"riley"_s);
    stage.window().showPage(u"token"_s);
    expectVerdict(stage, Kind::ok);
}

void showIdToken(Stage &stage)
{
    showTab(stage, pages::TokenPage::idTab);
    expectVerdict(stage, Kind::ok);
}

void diagnoseWrongAudience(Stage &stage)
{
    stage.sandbox().arm(Fault::accessTokenWrongAudience, FaultSpan::once);
    showTab(stage, pages::TokenPage::accessTab);
    stage.click(u"getFreshToken"_s);
    expectVerdict(stage, Kind::bad);
    stage.expect(Texts::tr("the verdict is about the audience"), [&stage] {
        const std::optional<books::Diagnosis> &diagnosis = stage.window().page<pages::TokenPage>().diagnosis();
        return diagnosis && diagnosis->code == u"other-audience"_s;
    });
}

void paste(Stage &stage, const QByteArray &text)
{
    QApplication::clipboard()->setText(QString::fromUtf8(text));
    stage.click(u"paste"_s);
    QApplication::clipboard()->clear();
}

void showRawToken(Stage &stage)
{
    showTab(stage, pages::TokenPage::accessTab);
    auto *views = stage.window().page<pages::TokenPage>().findChild<QTabBar *>(u"tokenViews"_s);
    views->setCurrentIndex(pages::ClaimsCard::rawView);
    expectVerdict(stage, Kind::ok);
}

void showEmptyPaste(Stage &stage)
{
    stage.window()
        .page<pages::TokenPage>()
        .findChild<QTabBar *>(u"tokenViews"_s)
        ->setCurrentIndex(pages::ClaimsCard::claimsView);
    showTab(stage, pages::TokenPage::pasteTab);
}

void pasteOwnToken(Stage &stage)
{
    const identity::SignedIn &person = *stage.workspace().desk()->session().current();
    paste(stage, "Authorization: Bearer \"" + person.tokens.accessToken.reveal().toByteArray() + '"');
    expectVerdict(stage, Kind::ok);
}

void pasteStrangersToken(Stage &stage)
{
    const QByteArray header = jose::toBase64Url(R"({"alg":"RS256","kid":"7f3a"})");
    const QByteArray claims = jose::toBase64Url(
        R"({"iss":"https://login.contoso.example/v2.0","sub":"somebody","aud":"another-api","exp":1795691640})");
    paste(stage, header + '.' + claims + ".c2lnbmF0dXJl");
    stage.expect(Texts::tr("no connection trusts its issuer"), [&stage] {
        return stage.window().page<pages::TokenPage>().verdict().headline().contains(u"issuer"_s);
    });
}

void pasteOpaqueToken(Stage &stage)
{
    paste(stage, "0.AXoAduqXopaqueReferenceToken");
    expectVerdict(stage, Kind::warn);
}

void pasteSomethingElse(Stage &stage)
{
    paste(stage, "<!doctype html><title>Sign in</title>");
    stage.expect(Texts::tr("it says what was pasted"), [&stage] {
        const auto *problem = stage.window().page<pages::TokenPage>().findChild<QLabel *>(u"noToken"_s);
        return problem && problem->isVisible();
    });
}

void showKeys(Stage &stage)
{
    stage.window().showPage(u"token/keys"_s);
    stage.expect(Texts::tr("the issuer is listed"), [&stage] {
        const auto *issuers = stage.window().page<pages::TokenPage>().findChild<QListWidget *>(u"issuers"_s);
        return issuers->isVisible() && issuers->count() > 0;
    });
}

void meetUnknownKey(Stage &stage)
{
    identity::KeyStore &keys = stage.workspace().desk()->keys();
    keys.keysFor(keys.snapshots().front().source, u"b81e3c0d"_s);
    stage.expect(Texts::tr("the unknown key is named"),
                 [&stage] { return stage.window().findChild<pages::KeysView *>()->news().isVisible(); });
}

void compareTokens(Stage &stage)
{
    showTab(stage, pages::TokenPage::accessTab);
    stage.sandbox().grantRole(u"riley"_s, u"Books.Admin"_s);
    stage.click(u"getFreshToken"_s);
    stage.expect(Texts::tr("the token was renewed"),
                 [&stage] { return stage.workspace().desk()->session().current()->accessTokenBefore.has_value(); });
    stage.click(u"compareTokens"_s);
    stage.expect(Texts::tr("the comparison is shown"),
                 [&stage] { return stage.window().findChild<pages::CompareView *>()->summary().isVisible(); });
}

void reportToken(Stage &stage)
{
    stage.click(u"back"_s);
    stage.click(u"reportToken"_s);
    stage.expect(Texts::tr("the report is shown"),
                 [&stage] { return stage.window().findChild<pages::ReportView *>()->isVisible(); });
}

void leaveReport(Stage &stage)
{
    stage.window().findChild<pages::ReportView *>()->findChild<QAbstractButton *>(u"back"_s)->click();
    showIdToken(stage);
}

} // namespace

Chapter tokenChapter()
{
    return {
        {u"access-token"_s, Texts::tr("The access token, verified"), showAccessToken},
        {u"raw-token"_s, Texts::tr("The token as received, its signature masked"), showRawToken},
        {u"paste"_s, Texts::tr("Waiting for a token to be pasted"), showEmptyPaste},
        {u"pasted"_s, Texts::tr("A pasted token, verified by the connection that trusts its issuer"), pasteOwnToken},
        {u"pasted-stranger"_s, Texts::tr("A pasted token that no connection trusts"), pasteStrangersToken},
        {u"pasted-opaque"_s, Texts::tr("A pasted token that nobody but the API can read"), pasteOpaqueToken},
        {u"pasted-no-token"_s, Texts::tr("Something pasted that is no token"), pasteSomethingElse},
        {u"keys"_s, Texts::tr("The issuer's keys in the cache"), showKeys},
        {u"keys-unknown"_s, Texts::tr("A token named a key that is not published"), meetUnknownKey},
        {u"compare"_s, Texts::tr("Two tokens compared: a role was granted"), compareTokens},
        {u"report"_s, Texts::tr("A report of the token that can be shared"), reportToken},
        {u"id-token"_s, Texts::tr("The ID token, verified"), leaveReport},
        {u"wrong-audience"_s, Texts::tr("A token for another API, diagnosed"), diagnoseWrongAudience},
    };
}

} // namespace bookdesk::tour
