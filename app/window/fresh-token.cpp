#include "window/fresh-token.h"

#include "identity/errors.h"
#include "window/notice-area.h"
#include "workspace/desk.h"

#include <QCoroTask>
#include <QPushButton>

namespace bookdesk::window {

using namespace Qt::StringLiterals;

namespace ids = identity::errors;

FreshToken::FreshToken(NoticeArea &notice, QObject *parent)
    : QObject(parent)
    , m_notice(notice)
{}

void FreshToken::setDesk(workspace::Desk *desk)
{
    if (m_desk == desk)
        return;
    if (m_isUnderWay)
        m_notice.hide();
    m_desk = desk;
    m_isUnderWay = false;
    ++m_generation;
}

void FreshToken::get()
{
    if (m_isUnderWay || !m_desk || !m_desk->session().current())
        return;
    m_isUnderWay = true;
    m_notice.tell({widgets::Kind::accent, tr("Getting a fresh token…"), {}, {}, u"refresh"_s});
    connect(m_notice.addButton(tr("Cancel"), u"stop"_s), &QPushButton::clicked, this, &FreshToken::cancel);
    QCoro::connect(m_desk->session().refresh(), this, [this, generation = m_generation](const Result<void> &result) {
        if (generation == m_generation)
            finish(result);
    });
}

/// Only the waiting ends: the refresh itself goes on, because a token that is on its way must not be lost.
void FreshToken::cancel()
{
    m_isUnderWay = false;
    ++m_generation;
    m_notice.hide();
}

void FreshToken::finish(const Result<void> &result)
{
    m_isUnderWay = false;
    if (!result)
        return report(result.error());
    if (m_desk->tokenFacts().verification.passed()) {
        m_notice.tellInPassing({widgets::Kind::ok,
                                tr("You have a fresh token"),
                                tr("It carries the roles and permissions that you have now."),
                                {},
                                {}});
        return;
    }
    m_notice.tell({widgets::Kind::warn,
                   tr("You have a fresh token, but it does not pass the checks"),
                   tr("The API decides whether to accept it; the Token page shows what is wrong."),
                   {},
                   {}});
    m_notice.setGivesWay();
    connect(m_notice.addButton(tr("Show token"), u"token"_s), &QPushButton::clicked, this, &FreshToken::tokenPageAsked);
}

void FreshToken::report(const Error &error)
{
    m_notice.hide();
    if (error.code == ids::signedOut)
        return;
    m_notice.report(tr("No fresh token"), error);
    if (ids::needsPerson(error.code))
        connect(m_notice.addButton(tr("Sign in again"), u"sign-in"_s), &QPushButton::clicked, this,
                &FreshToken::signInAsked);
}

} // namespace bookdesk::window
