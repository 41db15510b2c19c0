/// BrowserErrorView: takes the text of the browser's error page and explains it, while the sign-in goes on waiting.
#pragma once

#include "core/clock.h"
#include "identity/sign-in-advice.h"

#include <QWidget>

class QLabel;

namespace bookdesk::pages {

class AdviceCard;
class PageTextField;
class WaitingStrip;

/// The text stays here, and is forgotten when the view is opened the next time. GUI thread.
class BrowserErrorView : public QWidget
{
    Q_OBJECT

public:
    explicit BrowserErrorView(Clock clock, QWidget *parent = nullptr);

    /// @p context of the connection of the sign-in.
    void open(const identity::AdviceContext &context);

    /// The height below which something other than texts that scroll would be cut off.
    int leastHeight() const;

    WaitingStrip &strip() const { return *m_strip; }
    PageTextField &field() const { return *m_field; }
    const AdviceCard &advice() const { return *m_advice; }

Q_SIGNALS:
    void anotherAccountAsked();

private:
    QWidget *makeLeft();
    void explain();

    identity::AdviceContext m_context;
    QLabel *m_hint;
    PageTextField *m_field;
    WaitingStrip *m_strip;
    AdviceCard *m_advice;
};

} // namespace bookdesk::pages
