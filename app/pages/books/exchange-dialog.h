/// ExchangeDialog: one recorded exchange as plain text.
#pragma once

#include "net/exchange.h"

#include <QDialog>

namespace bookdesk::pages {

/// GUI thread. Secrets were removed when the exchange was recorded.
class ExchangeDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ExchangeDialog(const net::Exchange &exchange, QWidget *parent = nullptr);
};

/// Request and response with their headers and bodies; JSON is indented, control characters are visible.
QString exchangeText(const net::Exchange &exchange);

} // namespace bookdesk::pages
