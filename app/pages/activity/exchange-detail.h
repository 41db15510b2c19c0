/// ExchangeDetail: one exchange: its timing, connection, request and response.
#pragma once

#include "core/clock.h"
#include "net/exchange.h"
#include "widgets/card.h"

#include <QString>

#include <optional>
#include <stop_token>

class QCheckBox;
class QLabel;
class QPushButton;
class QWidget;

namespace bookdesk::widgets {
class Chip;
class ElidedLabel;
class ValueLabel;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class BodyText;
class TimingView;

/// Large bodies are made readable on another thread. GUI thread.
class ExchangeDetail : public widgets::Card
{
    Q_OBJECT

public:
    explicit ExchangeDetail(QWidget *parent = nullptr);
    ~ExchangeDetail() override;

    /// @param exchange nullptr for none.
    void show(const net::Exchange *exchange, TimePoint now);

    const TimingView &timing() const { return *m_timing; }

private:
    QWidget *makeHeader();
    QWidget *makeFacts();
    QWidget *makeResponse();
    void showFacts(const net::Exchange &exchange, TimePoint now);
    void showBody();
    void copyAsCurl();

    std::optional<net::Exchange> m_exchange;
    QString m_shownBody; ///< The body that the text is made of.
    bool m_isShownPretty = false;
    std::stop_source m_making;

    QWidget *m_content;
    QLabel *m_hint;
    widgets::ElidedLabel *m_request;
    widgets::Chip *m_status;
    QPushButton *m_copy;
    TimingView *m_timing;
    widgets::ValueLabel *m_failure;
    widgets::ValueLabel *m_connection;
    widgets::ValueLabel *m_requestText;
    widgets::ValueLabel *m_responseHeaders;
    QLabel *m_responseFacts;
    QCheckBox *m_pretty;
    BodyText *m_body;
};

} // namespace bookdesk::pages
