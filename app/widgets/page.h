/// Page: one of the window's pages, with what the side bar and the list of shortcuts need to know about it.
#pragma once

#include <QKeySequence>
#include <QString>
#include <QWidget>

#include <cstdint>
#include <vector>

namespace bookdesk::workspace {
class Desk;
}

namespace bookdesk::widgets {

/// A key and its action, for the list of shortcuts.
struct KeyHelp
{
    QKeySequence key;
    QString action; ///< "Reload the books".
};

/// While nobody is signed in, the window shows the sign-in page in place of a page that needs a person. GUI thread.
class Page : public QWidget
{
    Q_OBJECT

public:
    struct Description
    {
        QString id;    ///< A stable name for programs, also the name of its icon: "books".
        QString title; ///< In the side bar.
        QKeySequence shortcut;
        bool needsPerson = true;
    };

    explicit Page(Description description, QWidget *parent = nullptr);

    const Description &description() const { return m_description; }
    /// The keys that the page itself handles.
    virtual std::vector<KeyHelp> keys() const;

    /// The connection to show, or nullptr. It may be destroyed while it is shown.
    virtual void setDesk(workspace::Desk *desk) = 0;

    /// Shows a part of the page, by its stable name; by default a page has none.
    virtual void showPart(const QString &part);

Q_SIGNALS:
    /// The person, who is signed out, wants to sign in.
    void signInAsked();
    void freshTokenAsked();
    /// The person, who is signed in, wants to sign in once more.
    void signInAgainAsked();
    /// The outcome of a call is shown: it says more than what was told before.
    void outcomeShown();
    void addConnectionAsked();
    /// The person wants to see another page, by its ID, with a part of it behind a slash.
    void pageAsked(const QString &id);
    /// The person wants to see an exchange, by its number in the desk's log, and to come back.
    void exchangeAsked(std::int64_t id);

private:
    const Description m_description;
};

} // namespace bookdesk::widgets
