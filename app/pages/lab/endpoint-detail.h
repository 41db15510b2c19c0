/// EndpointDetail: one endpoint: what is predicted and why, what the API did, and what can be done about it.
#pragma once

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

    /// @param canRun whether a call can begin.
    void setResult(const std::optional<lab::EndpointResult> &result, bool canRun);
    const std::optional<lab::EndpointResult> &result() const { return m_result; }

Q_SIGNALS:
    void runAsked();
    void editAsked();
    void removeAsked();
    void exchangeAsked(std::int64_t id);

private:
    QPushButton *add(const QString &name, const QString &text, const QString &icon);

    std::optional<lab::EndpointResult> m_result;
    QLabel *m_title;
    widgets::KeyValueRows *m_rows;
    QPushButton *m_run;
    QPushButton *m_edit;
    QPushButton *m_remove;
    QPushButton *m_exchange;
};

} // namespace bookdesk::pages
