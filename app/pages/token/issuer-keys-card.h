/// IssuerKeysCard: what is known about one issuer's keys: ages, usable keys, those left out, history.
#pragma once

#include "core/clock.h"
#include "pages/token/issuers-list.h"
#include "widgets/card.h"

#include <array>
#include <vector>

class QLabel;
class QLayout;
class QPushButton;
class QTableView;

namespace bookdesk::widgets {
class Banner;
class ValueLabel;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class TextRows;

/// GUI thread.
class IssuerKeysCard : public widgets::Card
{
    Q_OBJECT

public:
    explicit IssuerKeysCard(QWidget *parent = nullptr);

    void showIssuer(const IssuerEntry &issuer, TimePoint now);
    const widgets::Banner &news() const { return *m_news; }
    /// Announces the outcome of a refresh.
    void say(const QString &text);

Q_SIGNALS:
    void refreshAsked();
    void exchangesAsked();

private:
    struct Figure
    {
        QLabel *name;
        QLabel *value;
        QLabel *note;
    };

    QWidget *makeTop();
    QWidget *makeFigures();
    QWidget *makeTitle(const QString &title, QLabel *note);
    QWidget *makeBottom();
    QTableView *makeTable(const QString &name, TextRows *rows, const std::vector<int> &shares);
    void showFigures();
    void showKeys();
    void showNews();

    IssuerEntry m_issuer;
    TimePoint m_now;
    QLabel *m_name;
    widgets::ValueLabel *m_address;
    QPushButton *m_refresh;
    widgets::Banner *m_news;
    QString m_newsShown;
    std::array<Figure, 4> m_figures{};
    QLabel *m_keysNote;
    TextRows *m_keys;
    QLabel *m_leftOutNote;
    TextRows *m_leftOut;
    QWidget *m_leftOutTitle;
    QTableView *m_keysTable;
    QTableView *m_leftOutTable;
    QLabel *m_history;
};

} // namespace bookdesk::pages
