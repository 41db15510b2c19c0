/// ErrorCard: why a sign-in failed, what to do, and the details for support.
#pragma once

#include "core/error.h"
#include "identity/advice-context.h"
#include "widgets/card.h"
#include "widgets/kind.h"

#include <optional>

class QPushButton;

namespace bookdesk::widgets {
class FittingArea;
class IconLabel;
class KeyValueRows;
class ValueLabel;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

/// GUI thread.
class ErrorCard : public widgets::Card
{
    Q_OBJECT

public:
    explicit ErrorCard(QWidget *parent = nullptr);

    /// Shows the error and has it announced to screen readers. @p host is the authority's, for network errors.
    void show(const Error &error, const QString &host);
    /// What is filled into the request that *Copy request for admin* copies, for the errors shown from now on.
    void setContext(const identity::AdviceContext &context);
    /// Offers *Copy link* below the error while the sign-in that the link belongs to is under way.
    void offerLink(bool isOffered);
    /// Offers *New code* in place of *Try again*; after a code that has expired it is the primary button.
    void offerNewCode(bool isOffered);
    void takeFocus();
    /// The height below which something other than the details would be cut off.
    int leastHeight() const;

    /// What it shows; nothing before the first error.
    const std::optional<Error> &error() const { return m_shown; }
    QString headline() const;
    QString advice() const;
    /// The text that *Copy* puts on the clipboard.
    QString report() const;

Q_SIGNALS:
    void againAsked();
    /// The browser shows an error, and the person wants it explained.
    void browserErrorAsked();
    void linkAsked();
    void newCodeAsked();

private:
    void addButtons();

    std::optional<Error> m_shown;
    identity::AdviceContext m_context;
    QString m_request; ///< For the administrator; empty where none can help.
    widgets::IconLabel *m_icon;
    widgets::ValueLabel *m_headline;
    widgets::ValueLabel *m_advice;
    widgets::FittingArea *m_area; ///< Where a small window has no room for all details, they scroll.
    widgets::KeyValueRows *m_details;
    QPushButton *m_explain; ///< Comes first, where the browser gave no answer.
    QPushButton *m_again;
    QPushButton *m_new;
    QPushButton *m_link;
    QPushButton *m_copyRequest;
    QPushButton *m_showDetails;
    QPushButton *m_copy;
    QString m_report;
};

/// The headline for a failed sign-in. Source: UI specification section 4.
QString signInHeadline(const Error &error, const QString &host);

} // namespace bookdesk::pages
