#include "pages/books/outcome-text.h"

#include "core/isolation.h"
#include "pages/books/book-detail.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(OutcomeText)
};

/// True if the request may have taken effect although no success was reported.
bool mayHaveDeleted(books::OutcomeKind kind)
{
    switch (kind) {
    case books::OutcomeKind::network:
    case books::OutcomeKind::serverError:
    case books::OutcomeKind::claimsRejected:
    case books::OutcomeKind::unexpected:
    case books::OutcomeKind::stopped:
        return true;
    default:
        return false;
    }
}

QString booksText(int shown, int total)
{
    const QLocale locale;
    if (shown != total)
        return Texts::tr("%1 of %2").arg(locale.toString(shown), locale.toString(total));
    return Texts::tr("%Ln books", nullptr, total);
}

QString firstBooksText(int shown, int total)
{
    const QLocale locale;
    if (shown != total)
        return Texts::tr("%1 of the first %2; the API has more books")
            .arg(locale.toString(shown), locale.toString(total));
    return Texts::tr("The first %1 of more books").arg(locale.toString(total));
}

} // namespace

QString countText(int shown, int total, Unshown unshown)
{
    QString text = unshown.hasMore ? firstBooksText(shown, total) : booksText(shown, total);
    if (unshown.ignored > 0)
        text += u' ' + Texts::tr("(%Ln entries are not books and are not shown)", nullptr, unshown.ignored);
    return text;
}

QString remedyInWindow(const books::ApiOutcome &outcome)
{
    if (outcome.kind != books::OutcomeKind::withheld)
        return outcome.remedy;
    return Texts::tr("Check the scopes and the audience of the connection. Send the token anyway only if you trust the "
                     "API with it.");
}

bool isListOutdated(books::OutcomeKind kind)
{
    return mayHaveDeleted(kind) || kind == books::OutcomeKind::notFound || kind == books::OutcomeKind::conflict;
}

QString notDeletedText(books::OutcomeKind kind, const books::Book &book)
{
    if (kind == books::OutcomeKind::notFound)
        return {};
    if (mayHaveDeleted(kind))
        return Texts::tr("Nobody knows whether “%1” was deleted.").arg(isolated(bookName(book)));
    return Texts::tr("“%1” was not deleted.").arg(isolated(bookName(book)));
}

} // namespace bookdesk::pages
