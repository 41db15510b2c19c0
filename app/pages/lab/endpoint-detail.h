/// EndpointDetail: one endpoint: what is predicted and why, what the API did, and what can be done about it.
#pragma once

#include "books/scope-offer.h"
#include "lab/endpoint-result.h"
#include "widgets/card.h"

#include <cstdint>
#include <optional>

class QLabel;
class QPushButton;

namespace bookdesk::widgets {
class KeyValueRows;
}

namespace bookdesk::pages {

/// GUI thread.
class EndpointDetail : public widgets::Card
{
    Q_OBJECT

public:
    explicit EndpointDetail(QWidget *parent = nullptr);

    /// @param canRun whether a call can begin. @param offer about the scopes that the token lacks for it.
    void setResult(const std::optional<lab::EndpointResult> &result, bool canRun, const books::ScopeOffer &offer = {});
    const books::ScopeOffer &offer() const { return m_offer; }
    const std::optional<lab::EndpointResult> &result() const { return m_result; }

Q_SIGNALS:
    void runAsked();
    /// *Get this scope* was chosen: those of the offer.
    void scopesAsked();
    void editAsked();
    void removeAsked();
    void exchangeAsked(std::int64_t id);

private:
    QPushButton *add(const QString &name, const QString &text, const QString &icon);

    std::optional<lab::EndpointResult> m_result;
    books::ScopeOffer m_offer;
    QLabel *m_title;
    widgets::KeyValueRows *m_rows;
    QPushButton *m_run;
    QPushButton *m_scopes;
    QPushButton *m_edit;
    QPushButton *m_remove;
    QPushButton *m_exchange;
};

} // namespace bookdesk::pages
