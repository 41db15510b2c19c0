/// ProbeDetail: one probe: what came of it, what was sent, why that matters and what to change.
#pragma once

#include "lab/probe-result.h"
#include "lab/remedies.h"

#include <QFrame>

#include <cstdint>
#include <optional>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace bookdesk::widgets {
class IconLabel;
class KeyValueRows;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class RemedyView;

/// An accepted token is the loudest thing of the page. GUI thread.
class ProbeDetail : public QFrame
{
    Q_OBJECT

public:
    explicit ProbeDetail(QWidget *parent = nullptr);

    /// @param canRun whether the probe can be sent again.
    void setResult(const std::optional<lab::ProbeResult> &result, bool canRun);
    QString headline() const;

Q_SIGNALS:
    void copyAsked();
    void againAsked();
    void exchangeAsked(std::int64_t id);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeBody();
    QWidget *makeButtons();
    void showHead();
    void showWhy();
    void fitHead();
    void fitButtons();

    std::optional<lab::ProbeResult> m_result;
    std::optional<lab::Remedies> m_remedies; ///< Read when the first finding is shown, not when the window starts.
    QWidget *m_head = nullptr;
    widgets::IconLabel *m_icon;
    QLabel *m_headline;
    QLabel *m_expected;
    QLabel *m_sentTitle;
    widgets::KeyValueRows *m_sent;
    QWidget *m_why = nullptr;
    QLabel *m_source;
    QLabel *m_reason;
    RemedyView *m_remedy;
    QPushButton *m_copy;
    QPushButton *m_again;
    QPushButton *m_exchange;
    QWidget *m_buttons = nullptr;
};

} // namespace bookdesk::pages
