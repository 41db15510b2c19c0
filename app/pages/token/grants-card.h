/// GrantsCard: the scopes and roles that a token carries, and those that it lacks.
#pragma once

#include "jose/grants.h"
#include "widgets/card.h"

#include <QStringList>

class QLabel;

namespace bookdesk::widgets {
class FlowLayout;
}

namespace bookdesk::pages {

class GrantsArea;

/// The scopes and roles that the API is known to have. A plain value.
struct KnownGrants
{
    QStringList scopes;
    QStringList roles;
};

/// Those of the books API, and the API scopes that a connection asks for.
KnownGrants knownGrants(const QStringList &connectionScopes);

/// GUI thread.
class GrantsCard : public widgets::Card
{
    Q_OBJECT

public:
    explicit GrantsCard(QWidget *parent = nullptr);

    void setGrants(const jose::Grants &grants, const KnownGrants &known);

private:
    /// What screen readers say of a scope or role, with a place for its name.
    struct Sentences
    {
        QString held;
        QString lacking;
    };
    struct Line
    {
        QWidget *area;
        widgets::FlowLayout *chips;
    };

    /// A longer name is shortened; it is among the claims in full.
    QString fitting(const QString &name) const;
    Line makeLine(const QString &name);
    void fill(const Line &line, const QStringList &held, const QStringList &known, const Sentences &sentences);

    GrantsArea *m_area;
    Line m_scopes;
    Line m_roles;
    QLabel *m_legend;
};

} // namespace bookdesk::pages
