/// KeysView: the issuers whose keys are cached, and what is known about one issuer's keys.
#pragma once

#include "core/clock.h"
#include "pages/token/issuers-list.h"
#include "workspace/desks.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <vector>

class QLabel;

namespace bookdesk::widgets {
class Banner;
}

namespace bookdesk::pages {

class IssuerKeysCard;

/// Looks once a second while it is visible. GUI thread.
class KeysView : public QWidget
{
    Q_OBJECT

public:
    KeysView(workspace::Desks desks, Clock clock, QWidget *parent = nullptr);

    void refresh();
    const widgets::Banner &news() const;

Q_SIGNALS:
    /// The person wants to see the requests for keys.
    void exchangesAsked();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeIssuers();
    void showDetail();
    /// Of the chosen issuer, or -1.
    int chosen() const;
    void refreshKeys();

    const workspace::Desks m_desks;
    const Clock m_clock;
    std::vector<IssuerEntry> m_issuers;
    std::vector<QPointer<workspace::Desk>> m_owners; ///< In the order of the issuers.
    QTimer m_tick;
    QLabel *m_count;
    IssuersList *m_list;
    IssuerKeysCard *m_card;
};

} // namespace bookdesk::pages
